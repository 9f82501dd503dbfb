/// Reads JSON (RFC 8259) strictly: one value, distinct keys, bounded depth.
package struct JSONParser {
  /// Containers inside containers that a file may have.
  static let deepest = 32

  private let text: JSONText
  private let bytes: [UInt8]
  private var position = 0

  private init(_ text: JSONText) {
    self.text = text
    bytes = text.bytes
  }

  /// The value of a whole file.
  ///
  /// - Parameter path: how messages name the file.
  /// - Complexity: O(bytes), with hashing for the keys of an object.
  package static func parse(_ bytes: [UInt8], path: String) throws(JSONFault) -> JSONNode {
    var parser = JSONParser(JSONText(path: path, bytes: bytes))
    guard bytes.count <= Int(UInt32.max) else { throw parser.fault("a JSON file has below 4 GiB") }
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
    return JSONFault(message, at: JSONRange(text, min(position, end)..<end), id: "json.syntax")
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
    case UInt8(ascii: "["): value = try array(depth: depth)
    case UInt8(ascii: "\""): value = .string(try string())
    case UInt8(ascii: "t"): value = try word("true", .bool(true))
    case UInt8(ascii: "f"): value = try word("false", .bool(false))
    case UInt8(ascii: "n"): value = try word("null", .null)
    default:
      try number()
      value = .number
    }
    return JSONNode(value, in: text, start..<position)
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
    var keys = DistinctKeys()
    position += 1
    skipSpace()
    if take("}") { return [] }
    while true {
      skipSpace()
      guard peek() == UInt8(ascii: "\"") else { throw fault("a key is a string") }
      let start = position
      let key = try string()
      guard keys.insert(key, after: members) else {
        throw JSONFault(
          "a key stands once in an object", at: JSONRange(text, start..<position),
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

  private mutating func array(depth: Int) throws(JSONFault) -> JSONNode.Value {
    position += 1
    skipSpace()
    if take("]") { return .array([]) }
    if let numbers = numbers() { return .numbers(numbers) }
    var nodes: [JSONNode] = []
    while true {
      skipSpace()
      nodes.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(nodes) }
      guard take(",") else { throw fault("`,` or `]` follows an element") }
    }
  }

  /// The rest of an array when it holds numbers alone; nil, at the same position, when it does not.
  private mutating func numbers() -> [JSONNumber]? {
    let (numbers, end) = bytes.withUnsafeBufferPointer { text in
      var scan = NumberScan(text, at: position)
      return (scan.numbers(), scan.position)
    }
    if numbers != nil { position = end }
    return numbers
  }

  private mutating func number() throws(JSONFault) {
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
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
    let start = position
    var all: UInt8 = 0
    while let byte = peek(), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      all |= byte
      position += 1
    }
    if take("\"") {
      let content = bytes[start..<(position - 1)]
      return all < 0x80 ? String(decoding: content, as: UTF8.self) : try validated(content)
    }
    var content = Array(bytes[start..<position])
    while true {
      guard let byte = peek() else { throw fault("a string ends with `\"`") }
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return try validated(content[...])
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

  private func validated(_ content: ArraySlice<UInt8>) throws(JSONFault) -> String {
    guard let text = String(validating: content, as: UTF8.self) else {
      throw fault("a JSON file is UTF-8 text")
    }
    return text
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

/// The keys of an object so far: a look at each while they are few, a set when they are many.
private struct DistinctKeys {
  private static let few = 16
  private var set: Set<Key> = []

  /// Whether the key differs from those of the members so far.
  mutating func insert(_ key: String, after members: [JSONNode.Member]) -> Bool {
    let key = Key(text: key)
    if members.count < Self.few { return !members.contains { Key(text: $0.key) == key } }
    if set.isEmpty { set = Set(members.map { Key(text: $0.key) }) }
    return set.insert(key).inserted
  }

  /// A key by its scalars: to JSON, unlike to `String`, two spellings of `é` are two keys, and a
  /// vocabulary may have both.
  private struct Key: Hashable {
    var text: String

    static func == (left: Key, right: Key) -> Bool {
      left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }
}
