package import Diagnostics
package import Experiments

/// What became of a block: the input of its report.
package struct BlockOutcome: Sendable {
  /// The numbers, or why there are none.
  package enum Work: Sendable {
    case result(RunResult)
    /// The first error of the block's run.
    case failure(Diagnostic)
    /// Nothing to compute (a model) or not asked for.
    case notRun
  }

  package let work: Work
  /// Nil where nothing was computed.
  package let provenance: ProvenanceLine?

  package init(work: Work, provenance: ProvenanceLine?) {
    self.work = work
    self.provenance = provenance
  }

  package var result: RunResult? {
    if case .result(let result) = work { result } else { nil }
  }
}
