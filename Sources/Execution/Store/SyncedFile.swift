internal import Glibc

/// Files and folders whose contents are on the disk before anybody relies on them.
enum SyncedFile {
  /// Makes a file that is not there yet, and waits until the disk has it.
  ///
  /// - Parameter syncing: false for what proves itself and can be lost.
  static func write(
    _ bytes: [UInt8], to path: String, syncing: Bool = true
  ) throws(WriteFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    do throws(WriteFailure) {
      try AtomicFile.writeAll(bytes, descriptor, path)
      guard !syncing || fsync(descriptor) == 0 else { throw failure(path) }
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw failure(path) }
  }

  /// Waits until the disk has the names in a folder.
  ///
  /// Some file systems do not offer it; a name that is lost costs a computation, and no more.
  static func syncFolder(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }

  static func makeFolder(_ path: String) throws(WriteFailure) {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path) }
  }

  static func failure(_ path: String) -> WriteFailure {
    WriteFailure(path: path, reason: String(cString: strerror(errno)))
  }
}
