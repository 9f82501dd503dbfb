import Diagnostics
import Notebooks

extension YAMLScan {
  /// Moves behind a collection in brackets; false when the block cannot be read on.
  mutating func scanFlow() -> Bool {
    let known = problems.count
    var openers: [Int] = []
    // Whether a key or value may begin here, and where the last one began.
    var isStart = true
    var wordStart = position
    // Whether what begins is a key of a mapping.
    var isKey = false
    while let byte = at(position) {
      switch byte {
      case .space, .tab: position += 1
      case 0x0A, 0x0D:
        position += 1
        lineStart = position
      case .hash where position > 0 && bytes[position - 1].isBlankOrLineEnd:
        while let next = at(position), !next.isLineEnd { position += 1 }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        openers.append(position)
        guard checkDepth(flow: openers.count) else { return false }
        position += 1
        isStart = true
        isKey = byte == UInt8(ascii: "{")
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard let opener = openers.popLast(), bytes[opener] == byte - 2 else {
          return reportMismatch()
        }
        position += 1
        if openers.isEmpty { return true }
        isStart = false
      case UInt8(ascii: ","):
        position += 1
        isStart = true
        isKey = openers.last.map { bytes[$0] == UInt8(ascii: "{") } ?? false
      case .colon:
        guard scanFlowColon(isKey ? wordStart : position, isStart: &isStart) else { return false }
        if isStart { isKey = false }
      case .quote where isStart, .apostrophe where isStart:
        guard scanQuoted() else { return false }
        isStart = false
        wordStart = position
      default:
        guard let isRead = scanFlowStart(byte, isStart: isStart) else { return false }
        if isRead { continue }
        if isStart { wordStart = position }
        position += 1
        isStart = false
      }
    }
    // What was found behind a bracket that never closes need not be wrong.
    problems.removeSubrange(known...)
    let opener = openers.first ?? 0
    problems.append(
      .unclosed(
        source.range(opener..<opener + 1), bytes[opener] == UInt8(ascii: "{") ? "{" : "[",
        wide: nil))
    isUsable = false
    return false
  }

  /// Passes a colon; false when the block cannot be read on.
  ///
  /// - Parameters:
  ///   - start: where the key began that the colon may end; the colon itself outside keys.
  ///   - isStart: becomes true when a value follows.
  private mutating func scanFlowColon(_ start: Int, isStart: inout Bool) -> Bool {
    let colon = position
    position += 1
    let isAfterQuote = colon > 0 && (bytes[colon - 1] == .quote || bytes[colon - 1] == .apostrophe)
    if isAfterQuote || at(position)?.isBlankOrLineEnd ?? true || at(position) == UInt8(ascii: ",") {
      isStart = true
    } else if let end = foreignSpace(from: position, tabs: false) {
      problems.append(.space(source.range(position..<end)))
      blank(position..<end)
      isStart = true
    } else if isWord(start..<colon, ascii: false) {
      problems.append(.missingSpace(source.range(colon..<position)))
      isUsable = false
      return false
    }
    return true
  }

  /// Looks at what is not plain text: true when it was passed or repaired, false when it is text,
  /// nil when the block cannot be read on.
  private mutating func scanFlowStart(_ byte: UInt8, isStart: Bool) -> Bool? {
    if isStart {
      switch byte {
      case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
        return skipProperties() ? true : nil
      case UInt8(ascii: "?") where at(position + 1)?.isBlankOrLineEnd ?? true:
        problems.append(.complexKey(source.range(position..<position + 1)))
        isUsable = false
        return nil
      case UInt8(ascii: "<") where isMergeKey:
        problems.append(.mergeKey(source.range(position..<position + 2)))
        isUsable = false
        return nil
      default: break
      }
    }
    return repairFlowCharacter(isStart: isStart)
  }

  private var isMergeKey: Bool {
    guard at(position + 1) == UInt8(ascii: "<") else { return false }
    var index = position + 2
    while at(index) == .space { index += 1 }
    return at(index) == .colon
  }

  private mutating func reportMismatch() -> Bool {
    problems.append(
      .mismatch(
        source.range(position..<position + 1),
        String(decoding: [bytes[position]], as: UTF8.self)))
    isUsable = false
    return false
  }

  /// Reports and repairs full-width punctuation and foreign white space; true when the position
  /// has something new to look at.
  private mutating func repairFlowCharacter(isStart: Bool) -> Bool {
    if let mark = wide(at: position) {
      switch mark {
      case .colon, .comma, .openBrace, .closeBrace, .openBracket, .closeBracket:
        repairFullWidth(mark)
        return true
      case .openQuote where isStart:
        repairWideQuotes(wholeValue: false)
        return true
      default: return false
      }
    }
    guard let end = foreignSpace(from: position, tabs: false) else { return false }
    let isBoundary = at(end).map { $0.isFlowIndicator || $0 == .colon || $0.isLineEnd } ?? true
    guard isStart || isBoundary else { return false }
    problems.append(.space(source.range(position..<end)))
    blank(position..<end)
    return true
  }
}

/// Full-width punctuation that is typed where YAML needs an ASCII character.
enum WideMark: CaseIterable {
  case colon, comma, openBracket, closeBracket, openBrace, closeBrace, openQuote, closeQuote

  var bytes: (UInt8, UInt8, UInt8) {
    switch self {
    case .colon: (0xEF, 0xBC, 0x9A)
    case .comma: (0xEF, 0xBC, 0x8C)
    case .openBracket: (0xEF, 0xBC, 0xBB)
    case .closeBracket: (0xEF, 0xBC, 0xBD)
    case .openBrace: (0xEF, 0xBD, 0x9B)
    case .closeBrace: (0xEF, 0xBD, 0x9D)
    case .openQuote: (0xE2, 0x80, 0x9C)
    case .closeQuote: (0xE2, 0x80, 0x9D)
    }
  }

  var ascii: UInt8 {
    switch self {
    case .colon: .colon
    case .comma: UInt8(ascii: ",")
    case .openBracket: UInt8(ascii: "[")
    case .closeBracket: UInt8(ascii: "]")
    case .openBrace: UInt8(ascii: "{")
    case .closeBrace: UInt8(ascii: "}")
    case .openQuote, .closeQuote: .quote
    }
  }

  var text: String {
    let (first, second, third) = bytes
    return String(decoding: [first, second, third], as: UTF8.self)
  }
}

extension YAMLScan {
  /// The full-width mark that begins at a byte.
  func wide(at index: Int) -> WideMark? {
    guard let first = at(index), first == 0xEF || first == 0xE2, index + 2 < bytes.count else {
      return nil
    }
    return WideMark.allCases.first { $0.bytes == (first, bytes[index + 1], bytes[index + 2]) }
  }

  /// Reports a full-width mark at the position and puts the ASCII one there, if it is that mark.
  mutating func repairFullWidth(_ mark: WideMark) {
    guard wide(at: position) == mark else { return }
    reportFullWidth(mark, at: position)
    blank(position..<position + 3)
    bytes[position] = mark.ascii
  }

  /// Reports `“…”` around a text and makes ASCII quotes of them; the position is at `“`.
  ///
  /// - Parameter wholeValue: repair only when the rest of the line ends with `”`.
  mutating func repairWideQuotes(wholeValue: Bool) {
    var end = position + 3
    var close: Int?
    while let byte = at(end), !byte.isLineEnd {
      if byte == .hash, at(end - 1) == .space { break }
      if wide(at: end) == .closeQuote, close == nil || wholeValue { close = end }
      end += 1
    }
    let start = position
    guard let close else {
      guard !wholeValue else { return }
      reportFullWidth(.openQuote, at: start)
      return blank(start..<start + 3)
    }
    let rest = bytes[close + 3..<end]
    if wholeValue, rest.contains(where: { $0 != .space }) { return }
    // A quote or backslash inside would end or change the text.
    let hasSpecial = bytes[start..<close].contains { $0 == .quote || $0 == UInt8(ascii: "\\") }
    reportFullWidth(.openQuote, at: start)
    reportFullWidth(.closeQuote, at: close)
    blank(start..<start + 3)
    blank(close..<close + 3)
    guard !hasSpecial else { return }
    bytes[start + 2] = .quote
    bytes[close] = .quote
    position = start + 2
  }

  private mutating func reportFullWidth(_ mark: WideMark, at index: Int) {
    let ascii = String(decoding: [mark.ascii], as: UTF8.self)
    problems.append(.fullWidth(source.range(index..<index + 3), mark.text, ascii))
  }
}
