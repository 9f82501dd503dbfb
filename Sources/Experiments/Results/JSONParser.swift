internal import Diagnostics

/// Reads JSON (RFC 8259) strictly: one value, distinct keys, bounded depth.
struct JSONParser {
  /// Containers inside containers that a file may have.
  static let deepest = 32

  private let file: SourceFile
  private let bytes: [UInt8]
  private var position = 0

  private init(_ file: SourceFile) {
    self.file = file
    bytes = Array(file.text.utf8)
  }

  /// The value of a whole file.
  ///
  /// - Complexity: O(bytes), with hashing for the keys of an object.
  static func parse(_ file: SourceFile) throws(JSONFault) -> JSONNode {
    var parser = JSONParser(file)
    parser.skipSpace()
    let node = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == parser.bytes.count else {
      throw parser.fault("a JSON file ends after its value")
    }
    return node
  }

  private func fault(_ message: String) -> JSONFault {
    let end = min(bytes.count, position + 1)
    return JSONFault(message, at: SourceRange(file, min(position, end)..<end), id: "json.syntax")
  }

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONFault) -> JSONNode {
    guard depth <= Self.deepest else {
      throw fault("at most \(Self.deepest) levels of nesting are read")
    }
    let start = position
    let value: JSONNode.Value
    switch peek() {
    case UInt8(ascii: "{"): value = .object(try object(depth: depth))
    case UInt8(ascii: "["): value = .array(try array(depth: depth))
    case UInt8(ascii: "\""): value = .string(try string())
    case UInt8(ascii: "t"): value = try word("true", .bool(true))
    case UInt8(ascii: "f"): value = try word("false", .bool(false))
    case UInt8(ascii: "n"): value = try word("null", .null)
    default: value = .number(try number())
    }
    return JSONNode(value: value, range: SourceRange(file, start..<position))
  }

  private mutating func word(_ word: String, _ value: JSONNode.Value) throws(JSONFault)
    -> JSONNode.Value
  {
    guard bytes[position...].starts(with: word.utf8) else {
      throw fault("a value is a string, number, object, array, `true`, `false` or `null`")
    }
    position += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONFault) -> [JSONNode.Member] {
    var members: [JSONNode.Member] = []
    var keys: Set<String> = []
    position += 1
    skipSpace()
    if take("}") { return [] }
    while true {
      skipSpace()
      guard peek() == UInt8(ascii: "\"") else { throw fault("a key is a string") }
      let start = position
      let key = try string()
      guard keys.insert(key).inserted else {
        throw JSONFault(
          "a key stands once in an object", at: SourceRange(file, start..<position),
          id: "json.syntax")
      }
      skipSpace()
      guard take(":") else { throw fault("a `:` follows a key") }
      skipSpace()
      members.append(JSONNode.Member(key: key, node: try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return members }
      guard take(",") else { throw fault("`,` or `}` follows a member") }
    }
  }

  private mutating func array(depth: Int) throws(JSONFault) -> [JSONNode] {
    var nodes: [JSONNode] = []
    position += 1
    skipSpace()
    if take("]") { return [] }
    while true {
      skipSpace()
      nodes.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return nodes }
      guard take(",") else { throw fault("`,` or `]` follows an element") }
    }
  }

  private mutating func number() throws(JSONFault) -> String {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(JSONFault) {
    let start = position
    while let byte = peek(), byte >= 0x30, byte <= 0x39 { position += 1 }
    guard position > start else {
      throw fault("a value is a string, number, object, array, `true`, `false` or `null`")
    }
  }

  private mutating func string() throws(JSONFault) -> String {
    position += 1
    var content: [UInt8] = []
    while true {
      guard let byte = peek() else { throw fault("a string ends with `\"`") }
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"):
        position += 1
        content += Array(String(try escaped()).utf8)
      case 0..<0x20: throw fault("control characters in a string are escaped")
      default:
        content.append(byte)
        position += 1
      }
    }
  }

  private mutating func escaped() throws(JSONFault) -> Unicode.Scalar {
    guard let byte = peek() else { throw fault("a string ends with `\"`") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default:
      position -= 1
      throw fault("an escape is one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX")
    }
  }

  private mutating func unicodeEscape() throws(JSONFault) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take("\\"), take("u") else {
      throw fault("a surrogate stands in a pair")
    }
    let second = try codeUnit()
    guard (0xDC00...0xDFFF).contains(second) else { throw fault("a surrogate stands in a pair") }
    let value = 0x10000 + (UInt32(first - 0xD800) << 10 | UInt32(second - 0xDC00))
    guard let scalar = Unicode.Scalar(value) else { throw fault("a surrogate stands in a pair") }
    return scalar
  }

  private mutating func codeUnit() throws(JSONFault) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("four hexadecimal digits follow \\u")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}
