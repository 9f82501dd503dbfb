/// What a run of a plan would do with every block, before it does it.
package struct PlanForecast: Sendable {
  /// What is to become of a block.
  package enum State: Sendable, Hashable {
    /// A component, which runs use and which computes nothing by itself.
    case component
    /// The store has the result.
    case reused
    case toCompute(Cause)
    /// It could not be planned.
    case unsound
    /// A block that it needs could not be planned.
    case blocked(by: String)
  }

  package struct Block: Sendable {
    package let name: String
    package let kind: ExperimentKind
    package let state: State
    /// Steps of the block that would be computed, each fingerprint once.
    package let computed: [Step]
    /// All its steps.
    package let stepCount: Int
    /// Operations of the steps to compute together, and the most that one of them holds.
    package let cost: Cost
  }

  /// In the order of the notebook.
  package let blocks: [Block]
  /// Of all steps to compute.
  package let cost: Cost

  /// - Parameters:
  ///   - unsound: blocks in which an error was found.
  ///   - isStored: whether the store has the step of a fingerprint.
  ///   - history: tells what changed.
  package init(
    _ plan: Plan, of notebook: ExperimentNotebook, unsound: Set<String> = [],
    isStored: (Fingerprint) -> Bool, history: PlanHistory
  ) {
    var history = history
    let demand = PlanDemand(of: plan) { isStored($0.fingerprint) }
    let computedByBlock = Dictionary(grouping: demand.steps, by: \.block)
    let faults = Faults(of: notebook, in: plan, found: unsound)
    blocks = notebook.experiments.map { experiment in
      var computed = computedByBlock[experiment.name] ?? []
      let state: State
      if faults.unsound.contains(experiment.name) {
        state = .unsound
      } else if let source = faults.sources[experiment.name] {
        state = .blocked(by: source)
      } else if let result = plan.resultStep(of: experiment.name) {
        state =
          isStored(result.fingerprint)
          ? .reused : .toCompute(history.change(of: experiment.name) ?? .notStored)
      } else {
        state = .component
      }
      if faults.stops(experiment.name) { computed = [] }
      return Block(
        name: experiment.name, kind: experiment.spec.kind, state: state, computed: computed,
        stepCount: plan.steps(of: experiment.name).count, cost: Cost(of: computed))
    }
    cost = Cost(of: blocks.flatMap(\.computed))
  }
}

/// Which blocks cannot run, and because of which others.
private struct Faults {
  private(set) var unsound: Set<String>
  /// By block: the unsound one that it needs.
  private(set) var sources: [String: String] = [:]

  func stops(_ block: String) -> Bool { unsound.contains(block) || sources[block] != nil }

  init(of notebook: ExperimentNotebook, in plan: Plan, found: Set<String>) {
    unsound = found
    for experiment in BlockOrder.sorted(notebook) where !unsound.contains(experiment.name) {
      let source = experiment.dependencies.lazy.compactMap { [unsound, sources] name in
        unsound.contains(name) ? name : sources[name]
      }.first
      if let source {
        sources[experiment.name] = source
      } else if experiment.spec.kind != .model, plan.resultStep(of: experiment.name) == nil {
        unsound.insert(experiment.name)
      }
    }
  }
}
