package import Diagnostics
package import Experiments

/// Everything that was found about one notebook and what is published of it.
package struct NotebookCheck: Sendable {
  /// The notebook, as people are shown it.
  package let path: String
  /// Blocks, compared; nil where there was nothing to compare with.
  package let ledger: LedgerComparison?
  package let documents: [DocumentComparison]
  /// The ledger's file name, for findings about it.
  package let ledgerName: String
  /// Findings about the ledger as a file: it is missing, damaged, or not as it is written.
  package let ledgerFindings: [CheckFinding]
  /// What is wrong with the notebook itself, and why blocks failed.
  package let problems: [Diagnostic]
  /// The one command that makes what is published true, but for claims and failures; nil when there
  /// is nothing to accept.
  package let acceptance: String?

  private let experiments: ExperimentNotebook
  private let start: SourceRange

  /// - Parameters:
  ///   - mend: the words of the command that mends what can be mended, to which `--accept` is added
  ///     where it is needed: the one that renders the notebook as it is checked; none where none does.
  package init(
    experiments: ExperimentNotebook, file: SourceFile, problems: [Diagnostic],
    ledgerName: String, ledgerFindings: [CheckFinding] = [], ledger: LedgerComparison? = nil,
    documents: [DocumentComparison] = [], mend: [String]
  ) {
    path = file.path
    start = SourceRange(file, 0..<0)
    self.experiments = experiments
    self.problems = problems
    self.ledgerName = ledgerName
    self.ledgerFindings = ledgerFindings
    self.ledger = ledger
    self.documents = documents
    acceptance = Self.acceptance(
      ledgerFindings + (ledger?.findings ?? []) + documents.flatMap(\.findings)
        + (ledger?.blocks ?? []).flatMap(\.findings), mend)
  }

  /// Every finding, the ledger's first, then block by block, then document by document.
  package var findings: [CheckFinding] {
    ledgerFindings + (ledger?.findings ?? []) + (ledger?.blocks ?? []).flatMap(\.findings)
      + documents.flatMap(\.findings)
  }

  /// Whether there was anything to compare; an unsound notebook, or one whose run was stopped, is not
  /// checked.
  package var isChecked: Bool { ledger != nil || !findings.isEmpty }

  /// The worst that was found.
  package var verdict: CheckClass { findings.map(\.kind).max() ?? ledger?.verdict ?? .identical }

  /// Where in the notebook a finding belongs: at its claim, its block, or the first line.
  package func range(of finding: CheckFinding) -> SourceRange {
    if let range = finding.range { return range }
    guard let experiment = finding.block.flatMap({ experiments[$0] }) else { return start }
    let claim = experiment.expectations.first { $0.text == finding.claim }
    return claim?.range ?? experiment.nameRange
  }

  /// Where a block stands; the first line for one that is gone.
  package func range(ofBlock name: String) -> SourceRange {
    experiments[name]?.nameRange ?? start
  }

  /// The findings as diagnostics at their places.
  package var diagnostics: [Diagnostic] { findings.map { $0.diagnostic(at: range(of: $0)) } }

  // MARK: Accepting

  private static func acceptance(
    _ findings: [CheckFinding], _ mend: [String]
  ) -> String? {
    let mendable = findings.filter { !$0.kind.isFine && $0.kind < .claimBroken }
    guard !mendable.isEmpty, !mend.isEmpty else { return nil }
    var names: [String] = []
    for finding in mendable where finding.kind == .drifted || finding.kind == .handEdited {
      guard let block = finding.block else { continue }
      // A variant goes by its comparison; a region may be left of a block that is gone.
      let name = String(block.prefix { $0 != "[" })
      if !names.contains(name) { names.append(name) }
    }
    let words = mend + names.flatMap { ["--accept", $0] }
    return words.map(\.quotedForShell).joined(separator: " ")
  }
}
