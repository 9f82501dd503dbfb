package import Diagnostics
internal import Glibc

/// The folder that data paths and output places are relative to.
///
/// It is the nearest folder upwards from a notebook that holds `assay.yaml`, else the nearest that
/// holds `.git`, else the notebook's own.
package struct ProjectRoot: Sendable, Hashable {
  /// Absolute path with symbolic links resolved; `/` or without a slash at the end.
  package let path: String

  /// The root for the notebook or folder at `path`; a path that does not exist counts by its text.
  package init(containing path: String) {
    let absolute = Self.absolute(path)
    var folder = absolute
    if !Self.isFolder(absolute) { folder = Self.parent(of: absolute) }
    let own = folder
    for marker in ["assay.yaml", ".git"] {
      var candidate = own
      while true {
        if Self.exists(Self.joined(candidate, marker)) {
          self.path = candidate
          return
        }
        if candidate == "/" { break }
        candidate = Self.parent(of: candidate)
      }
    }
    self.path = own
  }

  /// The path of a file below the root, relative to it; nil for one outside.
  package func relativePath(of path: String) -> String? {
    let absolute = Self.absolute(path)
    let prefix = self.path == "/" ? "/" : self.path + "/"
    guard absolute.hasPrefix(prefix) else { return nil }
    return String(absolute.dropFirst(prefix.count))
  }

  /// The absolute path of a place given relative to the root.
  package func absolutePath(of relative: String) -> String {
    Self.joined(path, relative)
  }

  /// How diagnostics name a file below the root: relative where the user stands in the root,
  /// absolute elsewhere, so that an editor finds it.
  package func shownPath(of relative: String) -> String {
    Self.absolute(".") == path ? relative : absolutePath(of: relative)
  }

  /// The one path of a file: absolute, without links.
  package static func canonicalPath(of path: String) -> String { absolute(path) }

  /// Absolute form with links resolved as far as the path exists, and `.` and `..` taken out.
  static func absolute(_ path: String) -> String {
    var base = path
    if !path.hasPrefix("/") { base = joined(workingFolder, path) }
    var parts: [Substring] = []
    for part in base.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    var missing: [Substring] = []
    while true {
      let candidate = "/" + parts.joined(separator: "/")
      if let resolved = realPath(candidate) {
        return missing.isEmpty ? resolved : joined(resolved, missing.joined(separator: "/"))
      }
      guard let last = parts.popLast() else { return "/" + missing.joined(separator: "/") }
      missing.insert(last, at: 0)
    }
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static var workingFolder: String {
    guard let folder = getcwd(nil, 0) else { return "/" }
    defer { free(folder) }
    return String(cString: folder)
  }

  private static func joined(_ folder: String, _ name: String) -> String {
    folder == "/" ? "/" + name : folder + "/" + name
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
