#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

#if _endian(big)
  #error("safetensors files are little-endian and are copied as they are")
#endif

/// Where the bytes of a file come from: memory, or an open file.
///
/// A file is read at positions and never mapped: when another process cuts a mapped file, the
/// reader dies of a signal; here it gets an error. Each byte is copied once, to its place in the
/// tensor.
enum SafetensorsSource: Sendable {
  case memory([UInt8])
  case file(OpenFile)

  var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .file(let file): file.count
    }
  }

  /// Fills a buffer with the bytes from an offset on.
  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SafetensorsError) {
    switch self {
    case .memory(let bytes):
      guard offset >= 0, offset <= bytes.count, buffer.count <= bytes.count - offset else {
        throw .truncated(expected: offset + buffer.count, found: bytes.count)
      }
      bytes.withUnsafeBytes { all in
        buffer.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: all[offset...].prefix(buffer.count)))
      }
    case .file(let file): try file.read(at: offset, into: buffer)
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

  init(path: String) throws(SafetensorsError) {
    // Non-blocking, so that a pipe in the file's place does not hang the program.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
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
