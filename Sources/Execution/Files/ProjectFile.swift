internal import Glibc

/// Why a file of the project may not or cannot be read.
package enum FileRefusal: Error, Sendable, Hashable {
  /// The path is absolute, empty, or climbs out of the root.
  case outsideRoot
  /// A part of the path begins with a dot.
  case hidden(part: String)
  /// A part of the path is a symbolic link.
  case symbolicLink(part: String)
  case missing
  case notRegular
  case larger(bytes: Int, limit: Int)
  /// A folder holds more files than that.
  case tooManyFiles(limit: Int)
  /// Folders lie deeper in each other than that.
  case tooDeep(limit: Int)
  /// The operating system refused, with its own words.
  case system(String)

  /// The rule that the path breaks, as the end of a sentence about it.
  package var rule: String {
    switch self {
    case .outsideRoot: "must be relative to the project root and stay below it"
    case .hidden(let part): "must not pass through the hidden file or folder `\(part)`"
    case .symbolicLink(let part): "must not pass through the symbolic link `\(part)`"
    case .missing: "does not exist"
    case .notRegular: "is not a regular file"
    case .larger(let bytes, let limit): "has \(bytes) bytes; the limit is \(limit)"
    case .tooManyFiles(let limit): "holds more than \(limit) files"
    case .tooDeep(let limit): "has folders more than \(limit) deep"
    case .system(let reason): "cannot be read: \(reason)"
    }
  }
}

extension ProjectRoot {
  /// The bytes of a regular file below the root.
  ///
  /// The path is walked from the root one part at a time without following symbolic links, so that
  /// no notebook can name a file outside, however links are placed or moved meanwhile.
  package func contents(of relative: String, limit: Int) throws(FileRefusal) -> [UInt8] {
    let descriptor = try opened(relative)
    defer { close(descriptor) }
    return try Self.readAll(descriptor, limit: limit)
  }

  /// How a regular file below the root looks; nothing of it is read.
  func status(of relative: String, limit: Int) throws(FileRefusal) -> FileStatus {
    let descriptor = try opened(relative)
    defer { close(descriptor) }
    return try Self.status(of: descriptor, limit: limit)
  }

  /// The bytes of a regular file below the root, and how it looked then.
  ///
  /// The status is nil for a file that changed while it was read.
  func contentsAndStatus(
    of relative: String, limit: Int
  ) throws(FileRefusal) -> (bytes: [UInt8], status: FileStatus?) {
    let descriptor = try opened(relative)
    defer { close(descriptor) }
    let before = try Self.status(of: descriptor, limit: limit)
    let bytes = try Self.readAll(descriptor, limit: limit)
    let after = try Self.status(of: descriptor, limit: limit)
    return (bytes, before == after && bytes.count == after.size ? after : nil)
  }

  /// Runs `body` on an open descriptor of a regular file below the root, and says how the file looked.
  func withDescriptor<Value>(
    of relative: String, limit: Int, _ body: (Int32) throws(FileRefusal) -> Value
  ) throws(FileRefusal) -> (value: Value, status: FileStatus) {
    let descriptor = try opened(relative)
    defer { close(descriptor) }
    let status = try Self.status(of: descriptor, limit: limit)
    return (try body(descriptor), status)
  }

  /// An open descriptor of what is at a path, reached without following links.
  func opened(_ relative: String) throws(FileRefusal) -> Int32 {
    let parts = try Self.checkedParts(relative)
    var descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(Self.reason()) }
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      let kind = isLast ? O_NONBLOCK : O_DIRECTORY
      let next = openat(descriptor, part, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind)
      let code = errno
      let isLink = next < 0 && Self.isLink(part, in: descriptor)
      close(descriptor)
      guard next >= 0 else {
        if isLink { throw .symbolicLink(part: part) }
        if code == ENOENT || code == ENOTDIR { throw .missing }
        throw .system(String(cString: strerror(code)))
      }
      descriptor = next
    }
    return descriptor
  }

  private static func status(
    of descriptor: Int32, limit: Int
  ) throws(FileRefusal) -> FileStatus {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(reason()) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    let size = Int(status.st_size)
    guard size <= limit else { throw .larger(bytes: size, limit: limit) }
    return FileStatus(status)
  }

  private static func checkedParts(_ relative: String) throws(FileRefusal) -> [String] {
    let parts = relative.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !relative.isEmpty, !relative.hasPrefix("/"), !relative.utf8.contains(0) else {
      throw .outsideRoot
    }
    var kept: [String] = []
    for part in parts where part != "." && !part.isEmpty {
      if part == ".." { throw .outsideRoot }
      if part.hasPrefix(".") { throw .hidden(part: part) }
      kept.append(part)
    }
    guard !kept.isEmpty else { throw .notRegular }
    return kept
  }

  private static func isLink(_ part: String, in folder: Int32) -> Bool {
    var status = stat()
    return fstatat(folder, part, &status, AT_SYMLINK_NOFOLLOW) == 0
      && status.st_mode & S_IFMT == S_IFLNK
  }

  static func readAll(_ descriptor: Int32, limit: Int) throws(FileRefusal) -> [UInt8] {
    let size = try status(of: descriptor, limit: limit).size
    var filled = 0
    var failure: FileRefusal?
    var bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      while filled < buffer.count {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let got = read(descriptor, rest.baseAddress, rest.count)
        if got < 0 {
          if errno == EINTR { continue }
          failure = .system(reason())
          break
        }
        if got == 0 { break }
        filled += got
      }
      count = filled
    }
    if let failure { throw failure }
    // A file that grew past its own size while it was read is cut at the size it had.
    if bytes.count > size { bytes.removeLast(bytes.count - size) }
    return bytes
  }

  static func reason() -> String { String(cString: strerror(errno)) }
}
