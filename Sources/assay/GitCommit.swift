internal import Execution
internal import Glibc

/// The commit that is checked out, read from the repository's own files.
enum GitCommit {
  /// Hexadecimal id of the commit of the repository that holds the folder; nil when there is none.
  static func checkedOut(at folder: String) -> String? {
    guard let directory = directory(of: folder), let head = text(directory + "/HEAD") else {
      return nil
    }
    guard head.hasPrefix("ref: ") else { return id(head) }
    let name = String(head.dropFirst(5))
    // Branches of a linked work tree are kept with the main one.
    let common = text(directory + "/commondir").map { joined(directory, $0) } ?? directory
    for place in [directory, common] {
      if let loose = text("\(place)/\(name)"), let found = id(loose) { return found }
    }
    for line in (text(common + "/packed-refs") ?? "").split(separator: "\n")
    where line.hasSuffix(" " + name) {
      return id(String(line.prefix { $0 != " " }))
    }
    return nil
  }

  /// The repository's directory: `.git` in the folder or above, or where a file of that name points.
  private static func directory(of folder: String) -> String? {
    var folder = folder
    while true {
      let candidate = joined(folder, ".git")
      if let link = text(candidate) {
        guard link.hasPrefix("gitdir: ") else { return nil }
        return joined(folder, String(link.dropFirst(8)))
      }
      if access(candidate + "/HEAD", R_OK) == 0 { return candidate }
      guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  private static func joined(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") ? path : folder == "/" ? "/" + path : folder + "/" + path
  }

  /// A small text file without the line feed at its end.
  private static func text(_ path: String) -> String? {
    guard let bytes = try? UserFile.contents(of: path, limit: 64 << 20),
      let text = String(validating: bytes, as: UTF8.self)
    else { return nil }
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// The text if it is an object's id: of SHA-1 or SHA-256.
  private static func id(_ text: String) -> String? {
    let isHexadecimal = text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    return isHexadecimal && (text.utf8.count == 40 || text.utf8.count == 64) ? text : nil
  }
}
