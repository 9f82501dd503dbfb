package import Diagnostics

/// Something about a published document that is not as it should be, or only nearly.
package struct CheckFinding: Sendable {
  package let kind: CheckClass
  /// The block that it is about; nil for the ledger or a document as a whole.
  package let block: String?
  /// One sentence without a full stop.
  package let message: String
  package let notes: [String]
  /// The broken claim as written, whose place is more telling than the block's.
  package let claim: String?
  /// Where in the notebook, when neither block nor claim tells.
  package let range: SourceRange?

  package init(
    _ kind: CheckClass, block: String? = nil, _ message: String, notes: [String] = [],
    claim: String? = nil, at range: SourceRange? = nil
  ) {
    self.kind = kind
    self.block = block
    self.message = message
    self.notes = notes
    self.claim = claim
    self.range = range
  }

  /// What `assay explain` calls findings of the kind.
  package var id: String {
    switch kind {
    case .identical, .unchanged, .withinTolerance: "check.within-tolerance"
    case .stale: "check.stale"
    case .new: "check.new"
    case .gone: "check.gone"
    case .missing: "check.missing"
    case .drifted: "check.drifted"
    case .handEdited: "check.hand-edited"
    case .claimBroken: "check.claim-broken"
    case .failed: "check.failed"
    }
  }

  /// The finding at its place in a notebook.
  package func diagnostic(at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      kind.isFine ? .note : .error, id, message, at: range, notes: notes.map { .init($0) })
  }
}
