internal import ArgumentParser
internal import Diagnostics
internal import Execution
internal import Experiments

/// Who needs which stored step: notebooks and ledgers of a project.
struct StoreUsers {
  /// The first user of each step.
  private var users: [Fingerprint: String] = [:]
  /// Errors of notebooks, whose steps are therefore not known.
  private(set) var diagnostics: [Diagnostic] = []

  var fingerprints: Set<Fingerprint> { Set(users.keys) }

  subscript(fingerprint: Fingerprint) -> String? { users[fingerprint] }

  init(of root: ProjectRoot) {
    let notebooks = Self.files(in: root, "notebooks")
    for path in notebooks { addPlans(of: path) }
    for path in Self.ledgers(in: root) { addLedger(path, root) }
  }

  /// The steps of a notebook, and of each of its profiles.
  private mutating func addPlans(of path: String) {
    guard let plain = try? SettingOptions.parse([]) else { return }
    let first = PreparedNotebook(path: path, settings: plain)
    add(first)
    var profiles = first.experiments.profileNames
    profiles += [first.experiments.settings.profile].compactMap(\.self)
    for profile in Set(profiles).sorted() {
      guard let options = try? SettingOptions.parse(["--profile", profile]) else { continue }
      add(PreparedNotebook(path: path, settings: options))
    }
  }

  private mutating func add(_ prepared: PreparedNotebook) {
    diagnostics += prepared.diagnostics.filter(\.isError)
    for step in prepared.plan.steps where users[step.fingerprint] == nil {
      let path = prepared.root.relativePath(of: prepared.path) ?? prepared.path
      users[step.fingerprint] = "\(path)#\(step.id)"
    }
  }

  private mutating func addLedger(_ path: String, _ root: ProjectRoot) {
    let shown = root.relativePath(of: path) ?? path
    guard let bytes = try? UserFile.contents(of: path, limit: LedgerFile.limit) else { return }
    let (ledger, problem) = LedgerFile.decode(bytes, shownAs: shown)
    diagnostics += [problem].compactMap(\.self)
    for step in ledger?.blocks.flatMap(\.steps) ?? [] where users[step.fingerprint] == nil {
      users[step.fingerprint] = "\(shown)#\(step.id)"
    }
  }

  private static func files(in root: ProjectRoot, _ folder: String) -> [String] {
    NotebookPaths([root.absolutePath(of: folder)]).files
  }

  private static func ledgers(in root: ProjectRoot) -> [String] {
    ["output", "notebooks"].flatMap {
      NotebookPaths([root.absolutePath(of: $0)], ending: ".ledger.json").files
    }
  }
}

extension Int {
  /// `1 step`, `2 steps`.
  func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }

  /// A number of bytes in decimal units: `950 B`, `1.2 kB`, `3.4 MB`.
  var byteText: String {
    if self < 1000 { return "\(self) B" }
    var value = Double(self) / 1000
    for unit in ["kB", "MB", "GB"] {
      if value < 1000 { return NumberFormat.fixed(1).text(value) + " " + unit }
      value /= 1000
    }
    return NumberFormat.fixed(1).text(value) + " TB"
  }
}

extension String {
  /// Moved to the right end of a column.
  func rightAligned(in width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth)) + self
  }
}
