internal import Diagnostics
internal import Execution
internal import Experiments
internal import Glibc

/// Where `assay diff` takes a side from.
enum LedgerSource {
  /// A file on disk.
  case file(String)
  /// Every ledger below a folder on disk.
  case folder(String)
  /// The file `REVISION:path`, in git's spelling.
  case object(revision: String, path: String)
  /// Every ledger below the folder `REVISION:path`.
  case tree(revision: String, path: String)
  /// Every ledger of a revision, or the one of the other side's path.
  case revision(String)

  /// What an argument means: what is there on disk, else something that git knows.
  init(_ argument: String) throws(LedgerProblem) {
    var status = stat()
    if stat(argument, &status) == 0 {
      self = status.st_mode & S_IFMT == S_IFDIR ? .folder(argument) : .file(argument)
    } else if let colon = argument.firstIndex(of: ":"), colon != argument.startIndex {
      let revision = String(argument[..<colon])
      let path = String(argument[argument.index(after: colon)...])
      let isFolder = try Self.asking(argument) { git throws(GitProcess.Failure) in
        try git.isFolder(argument)
      }
      self =
        isFolder
        ? .tree(revision: revision, path: path) : .object(revision: revision, path: path)
    } else if argument.hasSuffix(Self.ending) {
      self = .file(argument)
    } else {
      self = .revision(argument)
    }
  }

  static let ending = ".ledger.json"

  /// Two sides that can be compared: a revision alone means what the other side names.
  static func sides(_ first: LedgerSource, _ second: LedgerSource) -> (LedgerSource, LedgerSource)?
  {
    switch (first, second) {
    case (.revision(let revision), .file(let path)):
      (.object(revision: revision, path: Self.local(path)), second)
    case (.file(let path), .revision(let revision)):
      (first, .object(revision: revision, path: Self.local(path)))
    case (.revision(let revision), .object(_, let path)):
      (.object(revision: revision, path: path), second)
    case (.object(_, let path), .revision(let revision)):
      (first, .object(revision: revision, path: path))
    case (.revision(let revision), .tree(_, let path)):
      (.tree(revision: revision, path: path), second)
    case (.tree(_, let path), .revision(let revision)):
      (first, .tree(revision: revision, path: path))
    default: first.isSingle == second.isSingle ? (first, second) : nil
    }
  }

  /// Whether it is one ledger, as against a folder of them.
  private var isSingle: Bool {
    switch self {
    case .file, .object: true
    case .folder, .tree, .revision: false
    }
  }

  /// Git takes a path as one of the working folder when it begins with `./` or `../`.
  private static func local(_ path: String) -> String {
    let root = ProjectRoot.canonicalPath(of: ".")
    let absolute = ProjectRoot.canonicalPath(of: path)
    if absolute.hasPrefix(root + "/") { return "./" + absolute.dropFirst(root.count + 1) }
    return path.hasPrefix("../") ? path : "./" + path
  }

  /// The ledgers of a side by name; a single one has the empty name.
  ///
  /// - Parameter folder: below which a revision's ledgers are looked for.
  func ledgers(below folder: String) throws(LedgerProblem) -> [(name: String, ledger: Ledger)] {
    switch self {
    case .file(let path): return [("", try Self.ledger(Self.bytes(of: path), path))]
    case .object(let revision, let path):
      let object = "\(revision):\(path)"
      return [("", try Self.ledger(Self.bytes(ofObject: object, in: "."), object))]
    case .folder(let folder):
      var found: [(String, Ledger)] = []
      for name in Self.names(below: folder) {
        let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
        found.append((name, try Self.ledger(Self.bytes(of: path), path)))
      }
      return found
    case .tree(let revision, let path):
      let tree = "\(revision):\(path)"
      let names = try Self.asking(tree) { git throws(GitProcess.Failure) in
        try git.files(in: tree)
      }
      let start = path.isEmpty || path.hasSuffix("/") ? tree : tree + "/"
      return try Self.ledgers(names, start) { name throws(LedgerProblem) in
        try Self.bytes(ofObject: start + name, in: ".")
      }
    case .revision(let revision):
      let names = try Self.asking(revision, in: folder) { git throws(GitProcess.Failure) in
        try git.files(at: revision)
      }
      return try Self.ledgers(names, "\(revision):") { name throws(LedgerProblem) in
        try Self.bytes(ofObject: "\(revision):./\(name)", in: folder)
      }
    }
  }

  /// The ledgers among the files of a revision.
  private static func ledgers(
    _ names: [String], _ start: String, _ bytes: (String) throws(LedgerProblem) -> [UInt8]
  ) throws(LedgerProblem) -> [(name: String, ledger: Ledger)] {
    var found: [(String, Ledger)] = []
    for name in names where name.hasSuffix(ending) {
      found.append((name, try ledger(try bytes(name), start + name)))
    }
    return found
  }

  /// Asks git about something; a refusal names it.
  private static func asking<Answer>(
    _ what: String, in folder: String = ".",
    _ question: (GitProcess) throws(GitProcess.Failure) -> Answer
  ) throws(LedgerProblem) -> Answer {
    do throws(GitProcess.Failure) {
      return try question(GitProcess(folder: folder))
    } catch {
      throw .notFound(what, error.reason)
    }
  }

  private static func bytes(of path: String) throws(LedgerProblem) -> [UInt8] {
    do throws(FileRefusal) {
      return try UserFile.contents(of: path, limit: LedgerFile.limit)
    } catch {
      throw .unreadable(path, error)
    }
  }

  private static func bytes(
    ofObject object: String, in folder: String
  ) throws(LedgerProblem) -> [UInt8] {
    try asking(object, in: folder) { git throws(GitProcess.Failure) in
      try git.contents(of: object)
    }
  }

  private static func ledger(_ bytes: [UInt8], _ path: String) throws(LedgerProblem) -> Ledger {
    let (ledger, problem) = LedgerFile.decode(bytes, shownAs: path)
    if let ledger { return ledger }
    throw LedgerProblem(problem ?? Diagnostic(.error, "json.syntax", "a ledger is JSON"))
  }

  /// Paths of the ledgers below a folder, relative to it, sorted; links are not followed.
  private static func names(below folder: String) -> [String] {
    var found: [String] = []
    var folders = [""]
    while let inner = folders.popLast() {
      guard let stream = opendir(inner.isEmpty ? folder : "\(folder)/\(inner)") else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasPrefix(".") { continue }
        let path = inner.isEmpty ? name : "\(inner)/\(name)"
        var status = stat()
        guard lstat("\(folder)/\(path)", &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { folders.append(path) }
        if status.st_mode & S_IFMT == S_IFREG, name.hasSuffix(ending) { found.append(path) }
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// Why a side of a comparison cannot be had.
struct LedgerProblem: Error {
  let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) {
    self.diagnostic = diagnostic
  }

  static func unreadable(_ path: String, _ refusal: FileRefusal) -> LedgerProblem {
    LedgerProblem(
      Diagnostic(.error, "file.unreadable", "The ledger `\(path)` \(refusal.rule)"))
  }

  static func notFound(_ what: String, _ reason: String) -> LedgerProblem {
    LedgerProblem(
      Diagnostic(
        .error, "diff.revision", "`\(what)` is neither a file nor something that git knows",
        notes: [.init(reason)]))
  }
}
