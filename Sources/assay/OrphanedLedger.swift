internal import Diagnostics
internal import Execution
internal import Experiments
internal import Reports

/// What is published of a notebook that is not there any more: nobody would check it, and readers would
/// go on believing it.
struct OrphanedLedger {
  private let root: ProjectRoot
  private let path: String
  /// The notebook that the ledger names.
  private let notebook: String
  private let documents: [Ledger.Document]

  /// The ledgers whose notebook is gone, where the notebooks of whole folders are checked.
  ///
  /// - Parameters:
  ///   - paths: as on the command line; files among them are passed over.
  ///   - output: folder of the documents; nil: `output` below the root.
  ///   - claimed: ledgers of the notebooks that were found.
  static func all(
    of paths: [String], output: String?, claimed: Set<String>
  ) -> [OrphanedLedger] {
    var orphans: [OrphanedLedger] = []
    var seen = claimed
    for folder in paths {
      let root = ProjectRoot(containing: folder)
      guard let documents = OutputPlace.folder(of: folder, root: root, folder: output) else {
        continue
      }
      for path in NotebookPaths([documents], ending: ".ledger.json").files
      where seen.insert(path).inserted {
        guard let orphan = OrphanedLedger(at: path, root: root) else { continue }
        orphans.append(orphan)
      }
    }
    return orphans
  }

  /// Nil when the notebook is there, or nobody can tell.
  private init?(at path: String, root: ProjectRoot) {
    guard let ledger = LedgerFile.earlier(at: path).ledger,
      !["notebooks/" + ledger.notebook, ledger.notebook].contains(where: {
        ProjectRoot.exists(root.absolutePath(of: $0))
      })
    else { return nil }
    self.root = root
    self.path = path
    notebook = ledger.notebook
    documents = ledger.documents
  }

  var check: NotebookCheck {
    let shown = root.relativePath(of: path).map(root.shownPath(of:)) ?? path
    let folder = String(shown.dropLast(shown.fileName.count))
    let files = documents.map { folder + $0.name } + [shown]
    return NotebookCheck(
      experiments: ExperimentNotebook(settings: NotebookSettings(), experiments: []),
      file: SourceFile(path: shown, text: ""), problems: [], ledgerName: shown.fileName,
      ledgerFindings: [
        CheckFinding(
          .gone, "`\(shown)` was made of the notebook `\(notebook)`, which is not there",
          notes: ["bring the notebook back, or delete what is published of it"])
      ], mend: ["rm"] + files)
  }
}
