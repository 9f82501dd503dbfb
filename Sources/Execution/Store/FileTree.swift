internal import Glibc

/// Folders with all that is in them, whatever it is; links are removed and never followed.
enum FileTree {
  /// Folders inside folders that are followed.
  private static let deepest = 32

  /// Removes what is at a path; what is not there, or cannot be removed, is left.
  ///
  /// - Returns: whether nothing is there any more.
  @discardableResult
  static func remove(_ path: String) -> Bool { remove(path, in: AT_FDCWD, depth: 0) }

  private static func remove(_ name: UnsafePointer<CChar>, in folder: Int32, depth: Int) -> Bool {
    if unlinkat(folder, name, 0) == 0 || errno == ENOENT { return true }
    guard errno == EISDIR || errno == EPERM, depth < deepest else { return false }
    let descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return false
    }
    while let entry = readdir(stream) {
      withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { child in
          if strcmp(child, ".") != 0, strcmp(child, "..") != 0 {
            _ = remove(child, in: descriptor, depth: depth + 1)
          }
        }
      }
    }
    closedir(stream)
    return unlinkat(folder, name, AT_REMOVEDIR) == 0 || errno == ENOENT
  }

  /// The names in a folder, sorted; empty where there is none.
  ///
  /// - Parameter followingLink: whether a link to a folder counts as the folder.
  static func names(in folder: String, followingLink: Bool = false) -> [String] {
    let following = followingLink ? 0 : O_NOFOLLOW
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | following)
    guard descriptor >= 0 else { return [] }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Bytes of all regular files below a path.
  static func byteCount(_ path: String, depth: Int = 0) -> Int {
    var status = stat()
    guard lstat(path, &status) == 0 else { return 0 }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return Int(status.st_size)
    case S_IFDIR where depth < deepest:
      return names(in: path).reduce(0) { $0 + byteCount(path + "/" + $1, depth: depth + 1) }
    default: return 0
    }
  }
}
