internal import Glibc

/// Why an entry, or a file of it, cannot be had.
package enum EntryFault: Error, Equatable {
  /// Nothing is there.
  case absent
  /// Something is there that is not what was written; the text says what is wrong with it.
  case damaged(String)
  /// The system gives no bytes, in its own words; they may be sound.
  case unreadable(String)

  static func system(_ code: Int32) -> EntryFault {
    .unreadable(String(cString: strerror(code)))
  }
}

/// An open folder of the store.
///
/// Its files are read by name through the descriptor, so that all come from one folder even when
/// another process puts a new one in its place meanwhile; links are not followed.
struct StoreFolder: ~Copyable {
  private let descriptor: Int32

  /// Opens the folder at a path.
  init(_ path: String) throws(EntryFault) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if descriptor >= 0 { return }
    let code = errno
    if code == ENOENT { throw .absent }
    guard code == ENOTDIR || code == ELOOP else { throw .system(code) }
    // Either the folder's own place is taken by something else, or the way to it is barred.
    var status = stat()
    throw lstat(path, &status) == 0 ? .damaged("it is not a folder") : .absent
  }

  deinit { close(descriptor) }

  /// The bytes of a regular file in the folder.
  ///
  /// - Parameters:
  ///   - count: bytes that it must have; nil: any number up to the limit.
  ///   - limit: bytes beyond which nothing is read.
  func contents(of name: String, count: Int?, limit: Int) throws(EntryFault) -> [UInt8] {
    // Non-blocking, so that a pipe in the file's place does not hang the program.
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      switch errno {
      case ENOENT: throw .damaged("`\(name)` is missing")
      case ELOOP: throw .damaged("`\(name)` is a link")
      case ENXIO, ENOTDIR: throw .damaged("`\(name)` is not a regular file")
      default: throw .system(errno)
      }
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .system(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .damaged("`\(name)` is not a regular file")
    }
    let size = Int(status.st_size)
    if let count, count != size {
      throw .damaged("`\(name)` has \(size) bytes and should have \(count)")
    }
    guard size <= limit else { throw .damaged("`\(name)` has \(size) bytes; at most \(limit)") }
    return try Self.bytes(of: file, name, count: size)
  }

  private static func bytes(
    of file: Int32, _ name: String, count: Int
  ) throws(EntryFault) -> [UInt8] {
    var failure: EntryFault?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = 0
      while filled < count {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<count])
        let found = read(file, rest.baseAddress, rest.count)
        if found < 0, errno == EINTR { continue }
        if found < 0 { failure = .system(errno) }
        if found <= 0 { break }
        filled += found
      }
    }
    if let failure { throw failure }
    guard bytes.count == count else { throw .damaged("`\(name)` was cut while it was read") }
    return bytes
  }
}
