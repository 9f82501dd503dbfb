/// Reads the tokens of JSON (RFC 8259) from bytes, strictly; what they mean is the caller's.
struct HeaderScanner {
  private let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { offset == bytes.count }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func error(_ expected: String) -> SafetensorsError {
    .malformedHeader(offset: offset, expected: expected)
  }

  mutating func skipSpace() {
    while let next, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { offset += 1 }
  }

  /// Takes a punctuation mark and the space before it, if it is what comes next.
  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: mark) else { return false }
    offset += 1
    return true
  }

  mutating func expect(_ mark: Unicode.Scalar) throws(SafetensorsError) {
    if !take(mark) { throw error("`\(mark)`") }
  }

  /// A list between marks, its elements read by `element`.
  mutating func list(
    from opening: Unicode.Scalar, to closing: Unicode.Scalar,
    _ element: (inout HeaderScanner) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    try expect(opening)
    if take(closing) { return }
    repeat { try element(&self) } while take(",")
    if !take(closing) { throw error("`,` or `\(closing)`") }
  }

  /// A whole number from 0 to 2⁶³ − 1, written as such.
  mutating func integer() throws(SafetensorsError) -> Int {
    skipSpace()
    let start = offset
    var value = 0
    while let digit = next, (0x30...0x39).contains(digit) {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(digit - 0x30))
      if overflow || carry { throw error("a number below 2^63") }
      value = sum
      offset += 1
    }
    let digits = offset - start
    if digits == 0 || (digits > 1 && bytes[start] == 0x30) {
      offset = start
      throw error("a whole number")
    }
    return value
  }

  /// A string, its escapes resolved.
  mutating func string() throws(SafetensorsError) -> String {
    try expect("\"")
    let start = offset
    var content: [UInt8] = []
    while true {
      guard let byte = next else { throw error("the end of a string") }
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        guard let text = String(validating: content, as: UTF8.self) else {
          offset = start
          throw error("a string of UTF-8")
        }
        return text
      case UInt8(ascii: "\\"):
        offset += 1
        try escape(into: &content)
      case 0..<0x20: throw error("an escaped control character")
      default:
        content.append(byte)
        offset += 1
      }
    }
  }

  private mutating func escape(into content: inout [UInt8]) throws(SafetensorsError) {
    guard let byte = next else { throw error("an escape sequence") }
    if let character = Self.character(escapedAs: byte) {
      content.append(character)
      offset += 1
      return
    }
    guard byte == UInt8(ascii: "u") else { throw error("an escape sequence") }
    offset += 1
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code) {
      guard next == UInt8(ascii: "\\"), offset + 1 < bytes.count,
        bytes[offset + 1] == UInt8(ascii: "u")
      else { throw error("the second half of a surrogate pair") }
      offset += 2
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else {
        throw error("the second half of a surrogate pair")
      }
      code = 0x1_0000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw error("a Unicode scalar") }
    content += UTF8.encode(scalar).map(Array.init) ?? []
  }

  /// The character that a backslash and one letter stand for.
  private static func character(escapedAs byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// Four hexadecimal digits.
  private mutating func hexadecimal() throws(SafetensorsError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("a hexadecimal digit")
      }
      code = code << 4 | UInt32(digit)
      offset += 1
    }
    return code
  }
}
