internal import Diagnostics
internal import Execution
internal import Experiments
internal import Reports

/// What is published of a notebook that is not there any more: nobody would check it, and readers would
/// go on believing it.
struct OrphanedLedger {
  private let path: String
  /// As people are shown it.
  private let shown: String
  /// The notebook that the ledger names, or why the ledger cannot be read.
  private let source: Result<String, Damage>

  private struct Damage: Error { let problem: Diagnostic }

  /// The ledgers whose notebook is gone, where the notebooks of whole folders are checked.
  ///
  /// - Parameters:
  ///   - paths: as on the command line; files among them are passed over, and folders of documents, which
  ///     may be all that there is.
  ///   - output: folder of the documents; nil: `output` below the root. One outside of the project may
  ///     hold those of other projects.
  ///   - claimed: ledgers of the notebooks that were found.
  static func all(
    of paths: [String], output: String?, claimed: Set<String>
  ) -> [OrphanedLedger] {
    var orphans: [OrphanedLedger] = []
    var seen = Set(claimed.map(ProjectRoot.canonicalPath(of:)))
    for folder in paths {
      let root = ProjectRoot(containing: folder)
      guard ProjectRoot.isFolder(folder) else { continue }
      // A notebook that was rendered in place has its ledger beside it.
      var paths = NotebookPaths([folder], ending: ".ledger.json", output: output).files
      if let documents = OutputPlace.folder(of: folder, root: root, folder: output),
        root.relativePath(of: documents) != nil
      {
        if ProjectRoot.canonicalPath(of: documents) == ProjectRoot.canonicalPath(of: folder) {
          continue
        }
        paths += NotebookPaths([documents], ending: ".ledger.json").files
      }
      for path in paths where seen.insert(ProjectRoot.canonicalPath(of: path)).inserted {
        guard let orphan = OrphanedLedger(at: path, root: root) else { continue }
        orphans.append(orphan)
      }
    }
    return orphans
  }

  /// Nil when the notebook is there.
  private init?(at path: String, root: ProjectRoot) {
    self.path = path
    shown = root.shown(path)
    let (ledger, problem) = LedgerFile.earlier(at: path)
    guard let ledger else {
      guard let problem else { return nil }
      source = .failure(Damage(problem: problem))
      return
    }
    // A notebook of another ending has it before the document's.
    let names = [ledger.notebook, String(ledger.notebook.dropLast(3))]
    let isThere = ["notebooks/", ""].contains { folder in
      names.contains { ProjectRoot.exists(root.absolutePath(of: folder + $0)) }
    }
    if isThere { return nil }
    source = .success(ledger.notebook)
  }

  var check: NotebookCheck {
    let finding: CheckFinding
    var mend: [String] = []
    switch source {
    case .success(let notebook):
      finding = CheckFinding(
        .gone, "`\(shown)` was made of the notebook `\(notebook)`, which is not there",
        notes: ["bring the notebook back, or delete what is published of it"]
          + (sources(of: notebook).map {
            "`\($0)` holds the prose and the blocks, too: where it is their only copy, move it to the notebooks"
          }))
      mend = ["rm"] + files
    case .failure(let damage):
      finding = CheckFinding(
        .missing, "The ledger `\(shown)` belongs to no notebook here, and cannot be read",
        notes: damage.problem.notes.map(\.message))
    }
    return NotebookCheck(
      experiments: ExperimentNotebook(settings: NotebookSettings(), experiments: []),
      file: SourceFile(path: shown, text: ""), problems: [], ledgerName: shown.fileName,
      ledgerFindings: [finding], mend: mend)
  }

  /// The Markdown document of the notebook itself, and not of a profile: who wrote a notebook among the
  /// documents has nothing else.
  private func sources(of notebook: String) -> [String] {
    files.filter { $0.fileName == notebook.fileName }
  }

  /// The documents beside the ledger that have its name, and itself.
  private var files: [String] {
    let ending = ".ledger.json"
    return [".md", ".html"].filter { ProjectRoot.exists(path.dropLast(ending.count) + $0) }
      .map { shown.dropLast(ending.count) + $0 } + [shown]
  }
}
