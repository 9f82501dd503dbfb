internal import Diagnostics
internal import Execution
internal import Glibc

/// The notebooks that the paths on the command line stand for.
struct NotebookPaths {
  /// Files to read, as absolute paths, each once, in the order given; folders sorted by name.
  private(set) var files: [String] = []
  private(set) var diagnostics: [Diagnostic] = []

  private let ending: String
  /// Where documents are written, when that is asked for.
  private let output: String?

  /// A file stands for itself, a folder for every file of the ending below it that no dot hides and that
  /// lies in no folder of documents.
  ///
  /// - Parameter output: a folder of documents beside those of the projects.
  init(_ paths: [String], ending: String = ".md", output: String? = nil) {
    self.ending = ending
    self.output = output.map(ProjectRoot.canonicalPath(of:))
    var seen: Set<String> = []
    for path in paths {
      let found = files(at: path)
      if found == nil {
        diagnostics.append(.unreadable(path, reason: Self.reason(path)))
      } else if found == [] {
        diagnostics.append(.noNotebooks(path))
      }
      for file in found ?? [] where seen.insert(ProjectRoot.canonicalPath(of: file)).inserted {
        files.append(file)
      }
    }
  }

  private mutating func files(at path: String) -> [String]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFDIR else { return [path] }
    let documents = Self.documents(of: path)
    var found: [String] = []
    var folders = [path]
    while let folder = folders.popLast() {
      guard let names = Self.names(in: folder) else { continue }
      for name in names.sorted(by: >) where !name.hasPrefix(".") {
        let child = folder.hasSuffix("/") ? folder + name : folder + "/" + name
        guard lstat(child, &status) == 0 else {
          // A name that is not UTF-8 cannot be told to anybody, nor written beside.
          diagnostics.append(.unreadable(child, reason: Self.reason(child)))
          continue
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR where holdsDocuments(child, named: name, in: folder, documents): break
        case S_IFDIR: folders.append(child)
        case S_IFREG where name.hasSuffix(ending): found.append(child)
        default: break
        }
      }
    }
    return found.sorted()
  }

  /// Whether a folder is one of documents, which are no notebooks unless they are asked for: that of the
  /// whole walk, that after `-o`, or that of a project within.
  private func holdsDocuments(
    _ child: String, named name: String, in folder: String, _ documents: String
  ) -> Bool {
    let place = ProjectRoot.canonicalPath(of: child)
    return place == documents || place == output
      || name == "output" && place == Self.documents(of: folder)
  }

  /// The folder of the documents that are made of the notebooks of a folder.
  private static func documents(of folder: String) -> String {
    ProjectRoot.canonicalPath(of: ProjectRoot(containing: folder).absolutePath(of: "output"))
  }

  private static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  private static func reason(_ path: String) -> String {
    var status = stat()
    return stat(path, &status) == 0 ? "" : String(cString: strerror(errno))
  }
}

extension Diagnostic {
  fileprivate static func unreadable(_ path: String, reason: String) -> Diagnostic {
    Diagnostic(.error, "file.unreadable", "`\(path)` cannot be read: \(reason)")
  }

  fileprivate static func noNotebooks(_ path: String) -> Diagnostic {
    Diagnostic(
      .error, "file.no-notebooks", "`\(path)` holds no notebook",
      notes: [.init("a notebook is a file whose name ends in `.md`")])
  }
}
