package import Diagnostics

/// What a run has to compute of a plan, before it does it.
package struct PlanDemand: Sendable {
  /// Each fingerprint once, in the order of the plan.
  package let steps: [Step]
  /// Of all of them.
  package let cost: Cost

  /// The steps without which the results that the store lacks cannot be had.
  ///
  /// Asked from the results backwards: what a stored result was made of is not needed. Data is made
  /// again from its specification wherever a step works on it.
  /// - Parameter isStored: whether a step is taken from the store.
  package init(of plan: Plan, isStored: (Step) -> Bool) {
    var wanted: Set<Step.ID> = []
    var demand: Set<Step.ID> = []
    for step in plan.steps.reversed() {
      guard step.id.description == step.block || wanted.contains(step.id) else { continue }
      if isStored(step) { continue }
      demand.insert(step.id)
      wanted.formUnion(step.inputs.filter { plan[$0].map { $0.kind != .prepare } ?? false })
    }
    var seen: Set<Fingerprint> = []
    steps = plan.steps.filter {
      demand.contains($0.id) && seen.insert($0.fingerprint).inserted
    }
    cost = Cost(of: steps)
  }

  /// A warning when the steps are likely to take longer than a run may; only that, for machines differ.
  ///
  /// - Parameters:
  ///   - limit: of the run, in seconds.
  ///   - notebook: where the plan comes from.
  package func timeWarning(limit: Double, in notebook: ExperimentNotebook) -> Diagnostic? {
    guard cost.seconds > limit, let worst = steps.max(by: { $0.cost.flop < $1.cost.flop }) else {
      return nil
    }
    return Diagnostic(
      .warning, "limit.time",
      "A run takes at most \(limit.durationText), and this one may take about "
        + cost.seconds.rounded(.up).durationText,
      at: notebook[worst.block]?.range(of: worst.kind.rawValue),
      notes: [.init("the largest step is \(worst.id)")])
  }
}

extension Cost {
  /// Operations of steps together, and the most parameters and bytes that one of them has.
  init(of steps: [Step]) {
    self = .none
    for step in steps {
      flop = flop.saturatingPlus(step.cost.flop)
      parameters = max(parameters, step.cost.parameters)
      bytes = max(bytes, step.cost.bytes)
    }
  }
}
