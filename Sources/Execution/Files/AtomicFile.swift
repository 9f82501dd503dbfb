internal import Glibc

/// Why a file could not be written, in the operating system's words.
package struct WriteFailure: Error, Sendable {
  package let path: String
  package let reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// Replaces a file whole: a reader sees the old bytes or the new ones, never a mixture.
package enum AtomicFile {
  /// Writes to a temporary name in the same folder, syncs, and renames; makes missing folders.
  ///
  /// A file that holds these bytes already is left alone, its times included; one that is replaced
  /// keeps its mode. On failure the
  /// earlier file is untouched and the temporary one is removed.
  package static func write(_ bytes: [UInt8], to path: String) throws(WriteFailure) {
    if existing(path) == bytes { return }
    let temporary = temporaryPath(of: path, token: Leftover.newName())
    try stage(bytes, for: path, at: temporary)
    guard rename(temporary, path) == 0 else {
      let failed = failure(path)
      unlink(temporary)
      throw failed
    }
  }

  /// Where bytes wait that become the file at a path.
  ///
  /// - Parameter token: as ``Leftover/newName()`` gives it, so that it is known when nobody writes
  ///   there any more.
  static func temporaryPath(of path: String, token: String) -> String { "\(path).\(token).tmp" }

  /// Writes bytes to a synced file beside the place that they are for, with the mode of the file
  /// that is there; makes missing folders.
  static func stage(
    _ bytes: [UInt8], for path: String, at temporary: String
  ) throws(WriteFailure) {
    try makeFolders(folder(of: path))
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    do throws(WriteFailure) {
      try writeAll(bytes, descriptor, path)
      var earlier = stat()
      if stat(path, &earlier) == 0 { fchmod(descriptor, earlier.st_mode & 0o7777) }
      guard fsync(descriptor) == 0 else { throw failure(path) }
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    guard close(descriptor) == 0 else {
      let failed = failure(path)
      unlink(temporary)
      throw failed
    }
  }

  /// Whether a file could be made in the folder of `path`, found out without making one there.
  package static func checkWritable(_ path: String) throws(WriteFailure) {
    var folder = folder(of: path)
    while access(folder, F_OK) != 0, errno == ENOENT, folder != ".", folder != "/" {
      folder = Self.folder(of: folder)
    }
    var status = stat()
    guard stat(folder, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw WriteFailure(path: path, reason: "\(folder) is not a folder")
    }
    guard access(folder, W_OK | X_OK) == 0 else { throw failure(path) }
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw WriteFailure(path: path, reason: "not a regular file")
    }
  }

  /// The bytes of a regular file that is there already.
  static func existing(_ path: String) -> [UInt8]? {
    try? UserFile.contents(of: path, limit: .max - 1)
  }

  static func writeAll(
    _ bytes: [UInt8], _ descriptor: Int32, _ path: String
  ) throws(WriteFailure) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        return Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path)
      }
      written += count
    }
  }

  /// The folder that a path lies in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a folder and those that it lies in.
  static func makeFolders(_ folder: String) throws(WriteFailure) {
    if access(folder, F_OK) == 0 || folder == "." { return }
    if let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
      try makeFolders(String(folder[..<slash]))
    }
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw failure(folder) }
  }

  static func failure(_ path: String) -> WriteFailure {
    WriteFailure(path: path, reason: String(cString: strerror(errno)))
  }
}
