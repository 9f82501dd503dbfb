package import Tensors

/// Tensors by name, in the safetensors format of Hugging Face.
///
/// Eight bytes with the header's length, the header in JSON, then the elements of all tensors. The
/// header is checked when the file is opened: the file's length first, then that of the header, its
/// UTF-8 and its JSON, each tensor's type and its size by its shape, and last that the tensors fill
/// the data without gap, overlap or rest. A file on disk is mapped: tensors of float32 are pieces of
/// it, which cost nothing before they are used, and the first write copies them; see
/// ``checkUnchanged()``.
package struct SafetensorsFile: Sendable {
  /// One tensor of the file.
  package struct Entry: Sendable, Hashable {
    package let name: String
    package let type: SafetensorsType
    package let dimensions: [Int]
    /// Its place in the data, which begins after the header.
    package let bytes: Range<Int>

    /// Number of elements.
    package var count: Int { bytes.count / type.byteCount }
  }

  /// Text about the file.
  package let metadata: [String: String]
  /// In the order of their names' UTF-8 bytes.
  package let entries: [Entry]
  private let source: SafetensorsSource
  private let dataStart: Int
  private let places: [String: Int]

  /// Reads the header of a file in memory.
  package init(
    _ bytes: [UInt8], limits: SafetensorsLimits = SafetensorsLimits()
  ) throws(SafetensorsError) {
    try self.init(.memory(bytes), limits: limits)
  }

  /// Reads the header of a file on disk, which stays open while this value or a tensor of it lives.
  package init(
    path: String, limits: SafetensorsLimits = SafetensorsLimits()
  ) throws(SafetensorsError) {
    try self.init(SafetensorsSource(OpenFile(path: path)), limits: limits)
  }

  /// Reads the header of an open file; the descriptor stays the caller's, who may close it.
  package init(
    descriptor: Int32, limits: SafetensorsLimits = SafetensorsLimits()
  ) throws(SafetensorsError) {
    try self.init(SafetensorsSource(OpenFile(descriptor: descriptor)), limits: limits)
  }

  /// Throws when the file on disk was written to since it was opened.
  ///
  /// What was computed from tensors of a mapped file is its contents' only if this passes
  /// afterwards. A file that is replaced by renaming another one to its place is not written to.
  package func checkUnchanged() throws(SafetensorsError) { try source.checkUnchanged() }

  private init(
    _ source: SafetensorsSource, limits: SafetensorsLimits
  ) throws(SafetensorsError) {
    if source.count > limits.bytes { throw .tooManyBytes(limit: limits.bytes) }
    if source.count < 8 { throw .truncated(expected: 8, found: source.count) }
    let length = try source.bytes(at: 0, count: 8).reversed().reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    guard length <= UInt64(max(0, limits.headerBytes)) else {
      throw .headerTooLong(limit: limits.headerBytes)
    }
    let start = 8 + Int(length)
    if start > source.count { throw .truncated(expected: start, found: source.count) }
    let header = try SafetensorsHeader(
      source.bytes(at: 8, count: Int(length)), dataCount: source.count - start)
    metadata = header.metadata
    entries = header.entries
    var places: [String: Int] = [:]
    for (index, entry) in header.entries.enumerated() { places[entry.name] = index }
    self.places = places
    self.source = source
    dataStart = start
  }

  /// The tensor of a name, without its elements.
  package subscript(_ name: String) -> Entry? {
    places[name].map { entries[$0] }
  }

  /// A tensor of any float type, as float32: half-precision numbers exactly, doubles rounded once.
  package func tensor(_ name: String) throws(SafetensorsError) -> Tensor {
    let entry = try self.entry(name)
    guard entry.dimensions.count <= 4 else {
      throw .rankAboveFour(tensor: name, rank: entry.dimensions.count)
    }
    if entry.type == .float32, case .mapped(let file) = source {
      let offset = dataStart + entry.bytes.lowerBound
      // The header's length is the writer's choice; the official one makes this true.
      if offset.isMultiple(of: MemoryLayout<Float>.alignment) {
        try checkUnchanged()
        return Tensor(file, at: offset, shape: Shape(entry.dimensions))
      }
    }
    var result = Tensor(uninitialized: Shape(entry.dimensions))
    switch entry.type {
    case .float32:
      try result.withMutableElements { elements in
        Result { () throws(SafetensorsError) in
          try source.read(
            at: dataStart + entry.bytes.lowerBound, into: UnsafeMutableRawBufferPointer(elements))
        }
      }.get()
    case .float16: try convert(entry, to: &result, HalfPrecision.float(binary16:))
    case .bfloat16: try convert(entry, to: &result, HalfPrecision.float(bfloat16:))
    case .float64:
      try convert(entry, to: &result) { (bits: UInt64) in Float(Double(bitPattern: bits)) }
    case .int64, .uint64, .int32, .uint32, .int16, .uint16, .int8, .uint8, .bool:
      throw .wrongType(tensor: name, found: entry.type)
    }
    return result
  }

  /// The doubles of a tensor of type F64, bit for bit, in row-major order.
  package func doubles(_ name: String) throws(SafetensorsError) -> [Double] {
    try elements(name, .float64, zero: 0)
  }

  /// The numbers of a tensor of type I64 in row-major order.
  package func integers(_ name: String) throws(SafetensorsError) -> [Int64] {
    try elements(name, .int64, zero: 0)
  }

  /// The bytes of a tensor of any type.
  package func bytes(_ name: String) throws(SafetensorsError) -> [UInt8] {
    let place = try entry(name).bytes
    return try source.bytes(at: dataStart + place.lowerBound, count: place.count)
  }

  private func entry(_ name: String) throws(SafetensorsError) -> Entry {
    guard let entry = self[name] else { throw .noTensor(name) }
    return entry
  }

  private func elements<Element: BitwiseCopyable>(
    _ name: String, _ type: SafetensorsType, zero: Element
  ) throws(SafetensorsError) -> [Element] {
    let entry = try self.entry(name)
    guard entry.type == type else { throw .wrongType(tensor: name, found: entry.type) }
    var result = [Element](repeating: zero, count: entry.count)
    try result.withUnsafeMutableBytes { buffer in
      Result { () throws(SafetensorsError) in
        try source.read(at: dataStart + entry.bytes.lowerBound, into: buffer)
      }
    }.get()
    return result
  }

  /// Fills a tensor from elements of another type, a piece of the file at a time.
  private func convert<Bits: FixedWidthInteger & BitwiseCopyable>(
    _ entry: Entry, to tensor: inout Tensor, _ value: (Bits) -> Float
  ) throws(SafetensorsError) {
    let piece = 1 << 14
    let size = MemoryLayout<Bits>.size
    for start in stride(from: 0, to: entry.count, by: piece) {
      let count = min(piece, entry.count - start)
      let bytes = try source.bytes(
        at: dataStart + entry.bytes.lowerBound + start * size, count: count * size)
      bytes.withUnsafeBytes { raw in
        tensor.withMutableElements { elements in
          for index in 0..<count {
            elements[start + index] = value(
              raw.loadUnaligned(fromByteOffset: index * size, as: Bits.self))
          }
        }
      }
    }
  }
}
