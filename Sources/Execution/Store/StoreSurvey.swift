internal import Experiments
internal import Glibc

/// What lies in the store's folders, by name only.
struct StoreSurvey {
  /// In the order of their fingerprints.
  private(set) var entries: [Fingerprint] = []
  /// Paths that no store would make.
  private(set) var foreign: [String] = []
  /// Paths under `new/` that nobody is writing any more, and dead temporary files.
  private(set) var leftovers: [String] = []
  /// Paths of entries that were set aside.
  private(set) var setAside: [String] = []
  private(set) var checkpoints: [(fingerprint: Fingerprint, path: String)] = []
  /// Paths of what is remembered of data files.
  private(set) var memories: [String] = []
  /// Paths of what is remembered of documents.
  private(set) var renderings: [String] = []

  init(_ store: Store) {
    let now = Self.now(in: store)
    for name in FileTree.names(in: store.directory, followingLink: true) where name != "v1" {
      // Another version's layout, or a person's file: not ours to judge.
      foreign.append("\(store.directory)/\(name)")
    }
    for name in FileTree.names(in: store.versionRoot, followingLink: true) {
      let path = "\(store.versionRoot)/\(name)"
      switch name {
      case "new":
        leftovers += FileTree.names(in: path).filter {
          Leftover.isAbandoned($0, age: Self.age(of: "\(path)/\($0)", now: now))
        }.map { "\(path)/\($0)" }
      case "damaged": setAside = FileTree.names(in: path).map { "\(path)/\($0)" }
      case "checkpoints": surveyCheckpoints(path, now: now)
      case "files": memories = surveyMemories(path, now: now)
      case "renderings": renderings = surveyMemories(path, now: now)
      default: surveyEntries(path, prefix: name)
      }
    }
  }

  private mutating func surveyEntries(_ path: String, prefix: String) {
    guard prefix.utf8.count == 2 else {
      foreign.append(path)
      return
    }
    let names = FileTree.names(in: path)
    for name in names {
      if let fingerprint = Fingerprint(hexadecimal: prefix + name) {
        entries.append(fingerprint)
      } else {
        foreign.append("\(path)/\(name)")
      }
    }
    if names.isEmpty, Fingerprint(hexadecimal: prefix + String(repeating: "0", count: 62)) == nil {
      foreign.append(path)
    }
  }

  private mutating func surveyCheckpoints(_ folder: String, now: Int) {
    for name in FileTree.names(in: folder) {
      let path = "\(folder)/\(name)"
      if name.hasSuffix(".safetensors"),
        let fingerprint = Fingerprint(hexadecimal: String(name.dropLast(12)))
      {
        checkpoints.append((fingerprint, path))
      } else {
        surveyTemporary(path, name, now)
      }
    }
  }

  private mutating func surveyMemories(_ folder: String, now: Int) -> [String] {
    FileTree.names(in: folder).compactMap { name in
      let path = "\(folder)/\(name)"
      if name.hasSuffix(".json") { return path }
      surveyTemporary(path, name, now)
      return nil
    }
  }

  /// A temporary file is nobody's business while it is being written.
  private mutating func surveyTemporary(_ path: String, _ name: String, _ now: Int) {
    guard name.hasSuffix(".tmp") else {
      foreign.append(path)
      return
    }
    if Leftover.isAbandonedFile(name, age: Self.age(of: path, now: now)) { leftovers.append(path) }
  }

  /// Seconds since a path was last changed; negative when the clock went back.
  private static func age(of path: String, now: Int) -> Int {
    var status = stat()
    guard lstat(path, &status) == 0 else { return 0 }
    return now - status.st_mtim.tv_sec
  }

  /// The time that the file system would give a file made now: on a network it has its own clock.
  private static func now(in store: Store) -> Int {
    let probe = "\(store.newFolder)/\(Leftover.newName())"
    guard store.access == .readWrite, mkdir(probe, 0o755) == 0 else { return time(nil) }
    defer { rmdir(probe) }
    var status = stat()
    return lstat(probe, &status) == 0 ? status.st_mtim.tv_sec : time(nil)
  }
}
