/// When numbers leave memory for a temporary file, and where it lies.
package struct SpillPolicy: Sendable, Hashable {
  /// Bytes of an array that stay in memory; default 64 MiB.
  package var bytesInMemory: Int
  /// nil: `TMPDIR`, else `/var/tmp`.
  package var folder: String?

  package init(bytesInMemory: Int = 1 << 26, folder: String? = nil) {
    self.bytesInMemory = bytesInMemory
    self.folder = folder
  }
}

/// Elements in order: in memory while they are few, beyond that in a temporary file that is mapped.
struct SpilledArray<Element: BitwiseCopyable & Sendable>: Sendable {
  private enum Storage: Sendable {
    case memory([Element])
    case file(MappedBytes)
  }

  private let storage: Storage
  let count: Int

  /// Whether the elements lie in a file.
  var isSpilled: Bool { if case .file = storage { true } else { false } }

  fileprivate init(_ elements: [Element]) {
    storage = .memory(elements)
    count = elements.count
  }

  fileprivate init(_ mapping: MappedBytes) {
    storage = .file(mapping)
    count = mapping.bytes.count / MemoryLayout<Element>.stride
  }

  subscript(index: Int) -> Element {
    switch storage {
    case .memory(let elements): return elements[index]
    case .file(let mapping):
      precondition(index >= 0 && index < count, "element \(index) of \(count)")
      return mapping.bytes.load(
        fromByteOffset: index * MemoryLayout<Element>.stride, as: Element.self)
    }
  }

  /// Lets go of the memory that elements of a file have taken since they were looked at.
  func releasePages() {
    if case .file(let mapping) = storage { mapping.releasePages() }
  }

  /// Contiguous elements, in place.
  func withElements<Result>(
    _ range: Range<Int>, _ body: (UnsafeBufferPointer<Element>) -> Result
  ) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) of \(count)")
    switch storage {
    case .memory(let elements):
      return elements.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    case .file(let mapping):
      let elements = mapping.bytes.bindMemory(to: Element.self)
      return withExtendedLifetime(mapping) { body(UnsafeBufferPointer(rebasing: elements[range])) }
    }
  }
}

/// Takes the elements of a ``SpilledArray`` one after another.
struct SpilledArrayBuilder<Element: BitwiseCopyable & Sendable> {
  private let policy: SpillPolicy
  /// What is not in the file yet.
  private var pending: [Element] = []
  private var file: TemporaryFile?
  private(set) var count = 0

  /// Written at a time once there is a file.
  private static var pieceBytes: Int { 1 << 20 }

  init(_ policy: SpillPolicy) {
    self.policy = policy
  }

  mutating func append(_ element: Element) throws(SpillError) {
    pending.append(element)
    count += 1
    try spillIfFull()
  }

  mutating func append(contentsOf elements: some Collection<Element>) throws(SpillError) {
    pending.append(contentsOf: elements)
    count += elements.count
    try spillIfFull()
  }

  private mutating func spillIfFull() throws(SpillError) {
    let limit = file == nil ? policy.bytesInMemory : Self.pieceBytes
    if pending.count * MemoryLayout<Element>.stride > limit { try spill() }
  }

  private mutating func spill() throws(SpillError) {
    let file: TemporaryFile
    if let open = self.file {
      file = open
    } else {
      file = try TemporaryFile(in: policy.folder)
      self.file = file
    }
    try pending.withUnsafeBytes { bytes in
      Result { () throws(SpillError) in try file.append(bytes) }
    }.get()
    // The memory of a whole array is not kept for pieces.
    pending.removeAll(keepingCapacity: pending.capacity <= 2 * Self.pieceBytes)
  }

  /// All elements; the builder takes no more.
  mutating func finish() throws(SpillError) -> SpilledArray<Element> {
    guard let file else { return SpilledArray(pending) }
    if !pending.isEmpty { try spill() }
    return SpilledArray(try file.mapped())
  }
}
