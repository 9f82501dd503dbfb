/// What a header says, checked against the size of the data that follows it.
struct SafetensorsHeader {
  /// The key beside the tensors' names that holds text about the file.
  static let metadataKey = "__metadata__"

  private(set) var metadata: [String: String] = [:]
  /// In the order of their names' UTF-8 bytes.
  private(set) var entries: [SafetensorsFile.Entry] = []

  /// - Parameters:
  ///   - bytes: the JSON text, trailing spaces included.
  ///   - dataCount: bytes after the header.
  init(_ bytes: [UInt8], dataCount: Int) throws(SafetensorsError) {
    var scanner = HeaderScanner(bytes)
    guard bytes.first == UInt8(ascii: "{") else { throw scanner.error("`{`") }
    var entries: [SafetensorsFile.Entry] = []
    var metadata: [String: String]?
    var names: Set<String> = []
    try scanner.list(from: "{", to: "}") { scanner throws(SafetensorsError) in
      scanner.skipSpace()
      let name = try scanner.string()
      guard names.insert(name).inserted else { throw .duplicateName(name) }
      try scanner.expect(":")
      if name == Self.metadataKey {
        metadata = try Self.metadata(&scanner)
      } else {
        entries.append(try Self.entry(name, &scanner))
      }
    }
    scanner.skipSpace()
    if !scanner.isAtEnd { throw scanner.error("the end of the header") }
    try Self.checkPlaces(entries, dataCount: dataCount)
    self.metadata = metadata ?? [:]
    self.entries = entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func metadata(
    _ scanner: inout HeaderScanner
  ) throws(SafetensorsError) -> [String: String] {
    var result: [String: String] = [:]
    try scanner.list(from: "{", to: "}") { scanner throws(SafetensorsError) in
      scanner.skipSpace()
      let key = try scanner.string()
      try scanner.expect(":")
      scanner.skipSpace()
      let value = try scanner.string()
      if result.updateValue(value, forKey: key) != nil { throw .duplicateName(key) }
    }
    return result
  }

  private static func entry(
    _ name: String, _ scanner: inout HeaderScanner
  ) throws(SafetensorsError) -> SafetensorsFile.Entry {
    var type: SafetensorsType?
    var shape: [Int]?
    var offsets: [Int]?
    try scanner.list(from: "{", to: "}") { scanner throws(SafetensorsError) in
      scanner.skipSpace()
      let key = try scanner.string()
      try scanner.expect(":")
      switch key {
      case "dtype" where type == nil:
        scanner.skipSpace()
        let text = try scanner.string()
        type = SafetensorsType(rawValue: text)
        if type == nil { throw .unknownType(tensor: name, type: text) }
      case "shape" where shape == nil: shape = try integers(&scanner)
      case "data_offsets" where offsets == nil: offsets = try integers(&scanner)
      default: throw scanner.error("dtype, shape and data_offsets, each once")
      }
    }
    guard let type, let shape, let offsets else {
      throw scanner.error("dtype, shape and data_offsets before this")
    }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw scanner.error("two ascending data_offsets before this")
    }
    let count = try elementCount(shape, of: name)
    let entry = SafetensorsFile.Entry(
      name: name, type: type, dimensions: shape, bytes: offsets[0]..<offsets[1])
    guard count * type.byteCount == entry.bytes.count else {
      throw .wrongSize(
        tensor: name, expected: count * type.byteCount, found: entry.bytes.count)
    }
    return entry
  }

  private static func integers(
    _ scanner: inout HeaderScanner
  ) throws(SafetensorsError) -> [Int] {
    var result: [Int] = []
    try scanner.list(from: "[", to: "]") { scanner throws(SafetensorsError) in
      result.append(try scanner.integer())
    }
    return result
  }

  /// The product of a shape; below 2⁴⁰ even without its zeros, so no product of parts overflows.
  private static func elementCount(
    _ shape: [Int], of name: String
  ) throws(SafetensorsError) -> Int {
    var product = 1
    for size in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: max(1, size))
      if overflow || next > 1 << 40 { throw .tooManyElements(tensor: name) }
      product = next
    }
    return shape.contains(0) ? 0 : product
  }

  /// Tensors fill the data from its first byte to its last, without gap or overlap.
  private static func checkPlaces(
    _ entries: [SafetensorsFile.Entry], dataCount: Int
  ) throws(SafetensorsError) {
    let placed = entries.sorted {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }
    var end = 0
    for entry in placed {
      guard entry.bytes.lowerBound == end else {
        throw .misplaced(tensor: entry.name, expected: end, found: entry.bytes.lowerBound)
      }
      end = entry.bytes.upperBound
    }
    if end > dataCount { throw .truncated(expected: end, found: dataCount) }
    if end < dataCount { throw .trailingBytes(dataCount - end) }
  }
}
