#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Why numbers could not be laid aside.
package enum SpillError: Error, Sendable, Hashable {
  /// The folder takes no temporary file, or has no room for it.
  case unwritable(folder: String, reason: String)
}

extension SpillError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unwritable(let folder, let reason):
      "a temporary file in `\(folder)` could not be written: \(reason); the environment variable "
        + "TMPDIR names another folder"
    }
  }
}

/// A file without a name, which goes with the process whatever becomes of it.
final class TemporaryFile {
  private let descriptor: Int32
  private let folder: String
  private(set) var byteCount = 0

  /// - Parameter folder: nil: `TMPDIR`, else `/var/tmp`, which is on disk where `/tmp` may not be.
  init(in folder: String?) throws(SpillError) {
    let wanted = folder ?? getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let named = wanted.isEmpty ? "/var/tmp" : wanted
    var template = Array("\(named)/assay-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Self.error(named) }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    self.descriptor = descriptor
    self.folder = named
  }

  deinit { close(descriptor) }

  func append(_ bytes: UnsafeRawBufferPointer) throws(SpillError) {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      let written = write(descriptor, base + done, bytes.count - done)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Self.error(folder) }
      done += written
    }
    byteCount += done
  }

  /// What was written, as memory that the system may drop and read again.
  func mapped() throws(SpillError) -> MappedBytes {
    guard let base = mmap(nil, byteCount, PROT_READ, MAP_SHARED, descriptor, 0),
      base != UnsafeMutableRawPointer(bitPattern: -1)
    else { throw Self.error(folder) }
    return MappedBytes(UnsafeRawBufferPointer(start: base, count: byteCount))
  }

  private static func error(_ folder: String) -> SpillError {
    .unwritable(folder: folder, reason: String(cString: strerror(errno)))
  }
}

/// A mapping of a file that no other process can reach or cut.
final class MappedBytes: @unchecked Sendable {
  // Unchecked: the bytes are never written again.
  let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// Lets go of the pages that were touched; they are read again when they are touched again.
  func releasePages() {
    madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, MADV_DONTNEED)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
