package import Diagnostics
package import Experiments

/// How a plan is run; no result depends on it.
package struct RunOptions: Sendable {
  /// Where finished steps are looked for and kept; nil: nowhere.
  package var store: Store?
  /// Whether steps that the store has are taken from it; false computes everything.
  package var reuses: Bool
  /// Blocks whose steps are computed though the store has them.
  package var forced: Set<String>
  /// Steps computed at once; nil: as many as threads × jobs fit the cores.
  package var jobs: Int?
  package var limits: RunLimits
  /// Seconds between checkpoints of a training; nil: none are written.
  package var checkpointSeconds: Double?

  package init(
    store: Store? = nil, reuses: Bool = true, forced: Set<String> = [], jobs: Int? = nil,
    limits: RunLimits = RunLimits(), checkpointSeconds: Double? = 10
  ) {
    self.store = store
    self.reuses = reuses
    self.forced = forced
    self.jobs = jobs
    self.limits = limits
    self.checkpointSeconds = checkpointSeconds
  }
}

extension RunOptions {
  /// Whether a step that the store has is taken from there.
  func mayReuse(_ step: Step) -> Bool { reuses && !forced.contains(step.block) }

  /// A warning when a plan that is run so is likely to take longer than it may; what the store seems to
  /// have is not counted.
  package func timeWarning(of plan: Plan, in notebook: ExperimentNotebook) -> Diagnostic? {
    guard let seconds = limits.seconds, plan.totalCost.seconds > seconds else { return nil }
    let demand = PlanDemand(of: plan) { step in
      mayReuse(step) && store?.contains(step.fingerprint) == true
    }
    return demand.timeWarning(limit: seconds, in: notebook)
  }
}
