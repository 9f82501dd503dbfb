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
    let demand = Self.demand(of: plan, isStored)
    var seen: Set<Fingerprint> = []
    var computedByBlock: [String: [Step]] = [:]
    for step in plan.steps where demand.contains(step.id) {
      if seen.insert(step.fingerprint).inserted {
        computedByBlock[step.block, default: []].append(step)
      }
    }
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

  /// The steps without which the results that the store lacks cannot be had.
  ///
  /// Asked from the results backwards: what a stored result was made of is not needed. Data is made
  /// again from its specification wherever a step works on it.
  private static func demand(
    of plan: Plan, _ isStored: (Fingerprint) -> Bool
  ) -> Set<Step.ID> {
    var wanted: Set<Step.ID> = []
    var demand: Set<Step.ID> = []
    for step in plan.steps.reversed() {
      guard step.id.description == step.block || wanted.contains(step.id) else { continue }
      if isStored(step.fingerprint) { continue }
      demand.insert(step.id)
      wanted.formUnion(step.inputs.filter { plan[$0].map { $0.kind != .prepare } ?? false })
    }
    return demand
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
