import Diagnostics
import Notebooks

// What the scan sees of single bytes: ends, white space, control characters.

extension YAMLScan {
  func at(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func skipBlanks() {
    while let byte = at(position), byte == .space || byte == .tab { position += 1 }
  }

  var isAtLineEnd: Bool {
    guard let byte = at(position), !byte.isLineEnd else { return true }
    return byte == .hash && (position == 0 || bytes[position - 1].isBlankOrLineEnd)
  }

  /// Overwrites bytes with spaces.
  mutating func blank(_ range: Range<Int>) {
    for index in range { bytes[index] = .space }
  }

  /// The end of a run of tabs, U+3000 and no-break spaces (with plain spaces between) at `start`.
  func foreignSpace(from start: Int, tabs: Bool) -> Int? {
    var index = start
    var end: Int?
    while let byte = at(index) {
      if byte == .space {
        index += 1
      } else if tabs, byte == .tab {
        index += 1
        end = index
      } else if byte == 0xC2, at(index + 1) == 0xA0 {
        index += 2
        end = index
      } else if byte == 0xE3, at(index + 1) == 0x80, at(index + 2) == 0x80 {
        index += 3
        end = index
      } else {
        break
      }
    }
    return end
  }

  /// Reports foreign white space at the end of a key or text, and blanks it.
  mutating func repairTrailingSpace(_ range: Range<Int>) {
    var end = range.upperBound
    while end > range.lowerBound, at(end - 1) == .space { end -= 1 }
    var start = end
    while true {
      if start - 2 >= range.lowerBound, at(start - 2) == 0xC2, at(start - 1) == 0xA0 {
        start -= 2
      } else if start - 3 >= range.lowerBound, at(start - 3) == 0xE3, at(start - 2) == 0x80,
        at(start - 1) == 0x80
      {
        start -= 3
      } else {
        break
      }
    }
    guard start < end else { return }
    problems.append(.space(source.range(start..<end)))
    blank(start..<end)
  }

  /// Reports characters that YAML does not allow, and the line separators that it would obey.
  mutating func replaceControlCharacters() {
    var index = 0
    while index < bytes.count {
      let length = controlCharacterLength(at: index)
      if length > 0 {
        let text = String(decoding: bytes[index..<index + length], as: UTF8.self)
        problems.append(.controlCharacter(source.range(index..<index + length), text))
        blank(index..<index + length)
      }
      index += max(1, length)
    }
  }

  private func controlCharacterLength(at index: Int) -> Int {
    switch bytes[index] {
    case .tab, 0x0A, 0x0D: 0
    case 0..<0x20, 0x7F: 1
    case 0xC2: (0x80..<0xA0).contains(at(index + 1) ?? 0) ? 2 : 0
    case 0xE2: at(index + 1) == 0x80 && (at(index + 2) == 0xA8 || at(index + 2) == 0xA9) ? 3 : 0
    case 0xEF:
      (at(index + 1) == 0xBB && at(index + 2) == 0xBF)
        || (at(index + 1) == 0xBF && (at(index + 2) ?? 0) >= 0xBE) ? 3 : 0
    default: 0
    }
  }
}

extension UInt8 {
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let hash = UInt8(ascii: "#")
  static let colon = UInt8(ascii: ":")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")

  var isLineEnd: Bool { self == 0x0A || self == 0x0D }
  var isBlankOrLineEnd: Bool { self == .space || self == .tab || isLineEnd }
  var isFlowIndicator: Bool {
    switch self {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }
}
