internal import Glibc

/// Files that the user names on the command line: anywhere, links followed, regular files only.
package enum UserFile {
  /// The bytes of the file, at most `limit`.
  package static func contents(of path: String, limit: Int) throws(FileRefusal) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT: throw .missing
      // A socket, say.
      case ENXIO: throw .notRegular
      default: throw .system(ProjectRoot.reason())
      }
    }
    defer { close(descriptor) }
    return try ProjectRoot.readAll(descriptor, limit: limit)
  }
}
