internal import Tensors

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

#if _endian(big)
  #error("safetensors files are little-endian and are copied as they are")
#endif

/// Where the bytes of a file come from: memory, a mapped file, or an open one where the system does
/// not map it.
///
/// When another process cuts a mapped file, its missing bytes are zeros here and the file says that
/// it has changed (``MappedFile/isUnchanged``); one that is read gives an error.
enum SafetensorsSource: Sendable {
  case memory([UInt8])
  case mapped(MappedFile)
  case file(OpenFile)

  /// A file on disk.
  init(_ file: OpenFile) {
    self = file.mapped.map(Self.mapped) ?? .file(file)
  }

  var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .mapped(let file): file.bytes.count
    case .file(let file): file.count
    }
  }

  /// Fills a buffer with the bytes from an offset on.
  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SafetensorsError) {
    if case .file(let file) = self { return try file.read(at: offset, into: buffer) }
    guard offset >= 0, offset <= count, buffer.count <= count - offset else {
      throw .truncated(expected: offset + buffer.count, found: count)
    }
    withBytes { all in
      buffer.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: all[offset...].prefix(buffer.count)))
    }
    try checkUnchanged()
  }

  /// Throws when a mapped file was written to since it was mapped.
  func checkUnchanged() throws(SafetensorsError) {
    if case .mapped(let file) = self, !file.isUnchanged { throw .changed }
  }

  /// The bytes that are memory already; none of an open file.
  private func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    switch self {
    case .memory(let bytes): bytes.withUnsafeBytes(body)
    case .mapped(let file): withExtendedLifetime(file) { body(file.bytes) }
    case .file: break
    }
  }

  /// Some bytes as an array.
  func bytes(at offset: Int, count: Int) throws(SafetensorsError) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: count)
    try result.withUnsafeMutableBytes { buffer in
      Result { () throws(SafetensorsError) in try read(at: offset, into: buffer) }
    }.get()
    return result
  }
}

/// A regular file that is open for reading until this dies.
final class OpenFile: Sendable {
  private let descriptor: Int32
  /// Bytes when it was opened.
  let count: Int

  convenience init(path: String) throws(SafetensorsError) {
    // Non-blocking, so that a pipe in the file's place does not hang the program.
    try self.init(owning: open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
  }

  /// The file of a descriptor that stays the caller's.
  convenience init(descriptor: Int32) throws(SafetensorsError) {
    try self.init(owning: fcntl(descriptor, F_DUPFD_CLOEXEC, 0))
  }

  /// - Parameter descriptor: negative where the system gave none.
  private init(owning descriptor: Int32) throws(SafetensorsError) {
    guard descriptor >= 0 else { throw Self.systemError() }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = Self.systemError()
      close(descriptor)
      throw error
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notAFile
    }
    self.descriptor = descriptor
    count = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Its bytes as memory, where the system maps them.
  var mapped: MappedFile? { MappedFile(descriptor: descriptor) }

  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SafetensorsError) {
    var done = 0
    while done < buffer.count, let base = buffer.baseAddress {
      let found = pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
      if found < 0, errno == EINTR { continue }
      if found < 0 { throw Self.systemError() }
      if found == 0 { throw .truncated(expected: offset + buffer.count, found: offset + done) }
      done += found
    }
  }

  private static func systemError() -> SafetensorsError {
    .unreadable(reason: String(cString: strerror(errno)))
  }
}
