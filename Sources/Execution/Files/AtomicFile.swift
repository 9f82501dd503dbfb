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

/// Replaces files whole: a reader sees the old bytes or the new ones, never a mixture.
package enum AtomicFile {
  /// Writes to a temporary name in the same folder, syncs, and renames; makes missing folders.
  ///
  /// A file that holds these bytes already is left alone, its times included; one that is replaced
  /// keeps its mode. On failure the
  /// earlier file is untouched and the temporary one is removed.
  package static func write(_ bytes: [UInt8], to path: String) throws(WriteFailure) {
    try write([(path, bytes)])
  }

  /// Replaces several files that belong together: none before all of them are on disk beside their
  /// places, then one rename after the other.
  ///
  /// - Returns: paths of the files that changed, in order.
  @discardableResult
  package static func write(
    _ files: [(path: String, bytes: [UInt8])]
  ) throws(WriteFailure) -> [String] {
    var staged: [(path: String, temporary: String)] = []
    do throws(WriteFailure) {
      for file in files where existing(file.path) != file.bytes {
        staged.append((file.path, try stage(file.bytes, for: file.path)))
      }
      for file in staged where rename(file.temporary, file.path) != 0 { throw failure(file.path) }
    } catch {
      for file in staged { unlink(file.temporary) }
      throw error
    }
    return staged.map(\.path)
  }

  /// Writes bytes to a synced file beside the place; returns its path.
  private static func stage(_ bytes: [UInt8], for path: String) throws(WriteFailure) -> String {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    try makeFolders(folder.isEmpty ? "/" : folder)
    let temporary = "\(path).\(getpid()).tmp"
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
    return temporary
  }

  /// Whether a file could be made in the folder of `path`, found out without making one there.
  package static func checkWritable(_ path: String) throws(WriteFailure) {
    var folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    while access(folder, F_OK) != 0, errno == ENOENT, folder != ".", folder != "/" {
      guard let slash = folder.lastIndex(of: "/") else {
        folder = "."
        break
      }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
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
  private static func existing(_ path: String) -> [UInt8]? {
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

  /// Makes a folder and those that it lies in.
  static func makeFolders(_ folder: String) throws(WriteFailure) {
    if access(folder, F_OK) == 0 || folder == "." { return }
    if let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
      try makeFolders(String(folder[..<slash]))
    }
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw failure(folder) }
  }

  private static func failure(_ path: String) -> WriteFailure {
    WriteFailure(path: path, reason: String(cString: strerror(errno)))
  }
}
