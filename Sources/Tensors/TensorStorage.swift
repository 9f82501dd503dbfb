internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A buffer of floats: a 64-byte aligned one of its own, which the pool gets back when it dies, or
/// a piece of a mapped file, which nobody writes.
///
/// Unchecked because the buffer is shared only while nobody writes: `Tensor` copies before it
/// writes to a buffer that another tensor or a file holds.
final class TensorStorage: @unchecked Sendable {
  let elements: UnsafeMutablePointer<Float>
  private let sizeClass: Int
  /// Of which the elements are a piece.
  private let file: MappedFile?

  /// A buffer of at least `count` floats with undefined contents.
  init(capacity count: Int) {
    sizeClass = BufferPool.sizeClass(of: count)
    elements = BufferPool.shared.take(sizeClass)
    file = nil
  }

  /// Floats of a file, which stays mapped while this lives.
  ///
  /// - Parameter offset: of the first one in the file, a multiple of four; `count` of them are there.
  init(_ file: MappedFile, at offset: Int, count: Int) {
    let size = MemoryLayout<Float>.stride
    precondition(
      offset >= 0 && offset % size == 0 && count >= 0
        && count <= (file.bytes.count - offset) / size,
      "\(count) floats at byte \(offset) of \(file.bytes.count)")
    guard let base = file.bytes.baseAddress else { preconditionFailure("an empty mapping") }
    elements = UnsafeMutableRawPointer(mutating: base + offset).assumingMemoryBound(to: Float.self)
    sizeClass = 0
    self.file = file
  }

  /// Whether the elements may be written, by one who holds them alone.
  var isWritable: Bool { file == nil }

  deinit {
    if file == nil { BufferPool.shared.give(elements, sizeClass) }
  }
}

/// Free buffers by power-of-two size, so that training steps after the first allocate nothing.
struct BufferPool: ~Copyable {
  static let shared = BufferPool()

  /// Buffers at most this large (in bytes, per size class) are kept; the rest is freed.
  private static let retainedBytes = 1 << 28
  private static let classCount = 48

  private struct Free: @unchecked Sendable {
    var lists = [[UnsafeMutablePointer<Float>]](repeating: [], count: BufferPool.classCount)
    /// Buffers that were asked of the system, ever.
    var allocations = 0
  }

  private let buffers = Mutex(Free())

  /// The exponent of the smallest power of two that holds `count` floats, at least 16.
  static func sizeClass(of count: Int) -> Int {
    precondition(count >= 0 && count <= 1 << 40, "buffer of \(count) elements")
    guard count > 16 else { return 4 }
    return Int.bitWidth - (count - 1).leadingZeroBitCount
  }

  var allocations: Int { buffers.withLock(\.allocations) }

  func take(_ sizeClass: Int) -> UnsafeMutablePointer<Float> {
    let free = buffers.withLock { state -> UnsafeMutablePointer<Float>? in
      let buffer = state.lists[sizeClass].popLast()
      if buffer == nil { state.allocations += 1 }
      return buffer
    }
    if let free { return free }
    let bytes = MemoryLayout<Float>.stride << sizeClass
    var memory: UnsafeMutableRawPointer?
    let failure = posix_memalign(&memory, 64, bytes)
    guard failure == 0, let memory else { fatalError("out of memory: \(bytes) bytes") }
    return memory.bindMemory(to: Float.self, capacity: 1 << sizeClass)
  }

  func give(_ buffer: UnsafeMutablePointer<Float>, _ sizeClass: Int) {
    let bytes = MemoryLayout<Float>.stride << sizeClass
    let limit = max(1, min(4096, BufferPool.retainedBytes / bytes))
    let kept = buffers.withLock { state in
      guard state.lists[sizeClass].count < limit else { return false }
      state.lists[sizeClass].append(buffer)
      return true
    }
    if !kept { release(UnsafeMutableRawPointer(buffer)) }
  }

  private func release(_ memory: UnsafeMutableRawPointer) {
    #if canImport(Glibc)
      Glibc.free(memory)
    #elseif canImport(Musl)
      Musl.free(memory)
    #endif
  }
}
