internal import Glibc

extension ProjectRoot {
  /// A regular file below a folder, with the path that leads to it from there.
  struct FolderEntry: Sendable {
    let name: String
    let status: FileStatus
  }

  /// What a folder may hold before it is refused.
  struct FolderLimits: Sendable {
    var files = 1_000_000
    var depth = 16
  }

  /// Whether a path below the root is a folder; links are not followed.
  func isFolder(_ relative: String) throws(FileRefusal) -> Bool {
    let descriptor = try opened(relative)
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(Self.reason()) }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// The regular files of a folder and the folders in it, sorted by the bytes of their names.
  ///
  /// What is hidden is left out. A symbolic link is refused, as everywhere, and so is what is neither
  /// file nor folder.
  func files(
    in relative: String, limits: FolderLimits = FolderLimits()
  ) throws(FileRefusal) -> [FolderEntry] {
    var found: [FolderEntry] = []
    let descriptor = try opened(relative)
    // The descriptor belongs to the directory stream from here on.
    try Self.list(descriptor, prefix: "", depth: limits.depth, limits, &found)
    return found.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func list(
    _ descriptor: Int32, prefix: String, depth: Int, _ limits: FolderLimits,
    _ found: inout [FolderEntry]
  ) throws(FileRefusal) {
    guard let stream = fdopendir(descriptor) else {
      let refusal = FileRefusal.system(reason())
      close(descriptor)
      throw refusal
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      guard let name else { throw .system("a file in it has a name that is not UTF-8") }
      if name.hasPrefix(".") { continue }
      var status = stat()
      guard fstatat(dirfd(stream), name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
        // Gone since it was listed.
        if errno == ENOENT { continue }
        throw .system(reason())
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG:
        guard found.count < limits.files else { throw .tooManyFiles(limit: limits.files) }
        found.append(FolderEntry(name: prefix + name, status: FileStatus(status)))
      case S_IFDIR:
        guard depth > 1 else { throw .tooDeep(limit: limits.depth) }
        let inner = openat(dirfd(stream), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard inner >= 0 else { throw .system(reason()) }
        try list(inner, prefix: "\(prefix)\(name)/", depth: depth - 1, limits, &found)
      case S_IFLNK: throw .symbolicLink(part: prefix + name)
      default: throw .notRegular
      }
    }
  }
}
