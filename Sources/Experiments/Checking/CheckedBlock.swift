/// A block as the notebook has it now: planned, and perhaps recomputed.
package struct CheckedBlock: Sendable {
  package let name: String
  package let kind: String
  /// What it says of how it is printed, as ledgers have it.
  package let presentation: [String: String]
  /// Every step with its fingerprint, in order of the plan; none for a model.
  package let steps: [Ledger.StepEntry]
  /// Texts of the expectations, in order.
  package let claims: [String]
  package let tolerances: [PathTolerance]
  /// What came of it; nil when it was not run.
  package let recomputed: Ledger.Block?
  /// Whether the recomputed claims count: all that they speak of was recomputed too.
  package let areClaimsJudged: Bool

  package init(
    name: String, kind: String, presentation: [String: String] = [:],
    steps: [Ledger.StepEntry], claims: [String], tolerances: [PathTolerance],
    recomputed: Ledger.Block?, areClaimsJudged: Bool = true
  ) {
    self.name = name
    self.kind = kind
    self.presentation = presentation
    self.steps = steps
    self.claims = claims
    self.tolerances = tolerances
    self.recomputed = recomputed
    self.areClaimsJudged = areClaimsJudged && recomputed != nil
  }

  /// A block of a notebook under its plan.
  package init(
    _ experiment: Experiment, plan: Plan, recomputed: Ledger.Block?, areClaimsJudged: Bool = true
  ) {
    self.init(
      name: experiment.name, kind: experiment.spec.kind.rawValue,
      presentation: experiment.presentation,
      steps: plan.steps(of: experiment.name).map {
        Ledger.StepEntry(id: $0.id.description, fingerprint: $0.fingerprint)
      },
      claims: experiment.expectations.map(\.text), tolerances: experiment.common.tolerance,
      recomputed: recomputed, areClaimsJudged: areClaimsJudged)
  }
}

extension Experiment {
  /// `show` and `echo` where they are not left to their defaults, as ledgers have them; of a block of
  /// another notebook, which is not printed, nothing.
  package var presentation: [String: String] {
    guard case .block = origin else { return [:] }
    var presentation: [String: String] = [:]
    if let show = common.show {
      presentation["show"] = "[\(show.map(\.rawValue).joined(separator: ", "))]"
    }
    if !common.echo { presentation["echo"] = "false" }
    return presentation
  }
}
