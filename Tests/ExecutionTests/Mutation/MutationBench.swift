import Execution
import Experiments
import Foundation
import TestSupport

/// Runs states of the project against a store and compares with what must come out.
struct MutationBench {
  /// A state that was rendered, which later ones are compared with.
  struct Rendered {
    let state: ProjectState
    let ledger: Ledger
  }

  let store: Store
  private let place: StorePlace
  /// What `PredictedPlan` calls the steps that the store has.
  private(set) var known: Set<String> = []
  private let folder: TemporaryFolder
  private let root: ProjectRoot
  private let machine: Machine
  /// The two names of every piece of work met so far, both ways.
  private var fingerprints: [String: Fingerprint] = [:]
  private var keys: [Fingerprint: String] = [:]
  private var table = ""

  init() throws {
    folder = try TemporaryFolder("mutation")
    try folder.write("# The root of a test.\n", to: "assay.yaml")
    root = ProjectRoot(containing: folder.url.path)
    place = try StorePlace()
    store = Store(directory: place.path)
    machine = try Machine.selected(instructionSet: nil, threads: 1).get()
  }

  /// Renders a state and checks all that is promised; what is wrong comes back in words.
  ///
  /// - Parameters:
  ///   - earlier: what was rendered before; nil for the first time.
  ///   - keeping: whether the store keeps what is computed.
  mutating func render(
    _ state: ProjectState, since earlier: Rendered?, keeping: Bool
  ) throws -> (rendered: Rendered, computed: Int, problems: [String]) {
    let text = ProjectText(state)
    try writeData(text.table)
    let store = Store(directory: store.directory, access: keeping ? .readWrite : .readOnly)
    let project = PlannedProject(text, root: root, memory: DataFileMemory(store))
    let predicted = PredictedPlan(state)
    var problems = project.problems + compareNames(project.plan, predicted)
    guard problems.isEmpty else {
      return (Rendered(state: state, ledger: Ledger(numericsVersion: 0, notebook: "")), 0, problems)
    }
    let demand = predicted.demand(having: known)
    if let earlier {
      problems += compareForecasts(project, predicted, demand, state, earlier)
    }
    let run = project.run(machine, store: store)
    problems += compareWork(run, predicted, demand)
    let oracle = PlannedProject(text, root: root).run(machine, store: nil)
    problems += compareResults(run, oracle)
    if keeping { known.formUnion(demand) }
    return (Rendered(state: state, ledger: project.ledger(of: run)), demand.count, problems)
  }

  private mutating func writeData(_ text: String) throws {
    guard text != table else { return }
    table = text
    try folder.write(text, to: "data/table.csv")
    try folder.write(text, to: "data/moved.csv")
  }

  // MARK: Comparisons

  /// The steps are those predicted, and equal work has equal fingerprints, other work others: now
  /// and in every state met before.
  private mutating func compareNames(_ plan: Plan, _ predicted: PredictedPlan) -> [String] {
    let expected = predicted.steps.map(\.id).sorted()
    let found = plan.steps.map(\.id.description).sorted()
    guard expected == found else { return ["steps are \(found), should be \(expected)"] }
    var problems: [String] = []
    for step in predicted.steps {
      guard let fingerprint = plan[Step.ID(step.id)]?.fingerprint else { continue }
      if let other = fingerprints.updateValue(fingerprint, forKey: step.key), other != fingerprint {
        problems.append("\(step.id) has another fingerprint for the same work: \(step.key)")
      }
      if let other = keys.updateValue(step.key, forKey: fingerprint), other != step.key {
        problems.append("\(step.id) has the fingerprint of other work: \(step.key) / \(other)")
      }
    }
    return problems
  }

  /// The run computed what was predicted, each piece of work once, and nothing failed.
  private func compareWork(
    _ run: Run, _ predicted: PredictedPlan, _ demand: Set<String>
  ) -> [String] {
    var problems = (run.failures + run.log.warnings).map(\.message)
    let computed = run.log.entries.filter { $0.origin == .computed }.map(\.step.description)
    let found = computed.compactMap(predicted.key(of:))
    if Set(found) != demand || found.count != demand.count {
      let wanted = predicted.steps.filter { demand.contains($0.key) }.map(\.id)
      problems.append("computed were \(computed), should be \(wanted) or their equals")
    }
    return problems
  }

  /// Bit for bit: the canonical texts of results tell apart all doubles.
  private func compareResults(_ run: Run, _ oracle: Run) -> [String] {
    let (found, expected) = (run.results, oracle.results)
    guard oracle.failures.isEmpty else { return oracle.failures.map(\.message) }
    var problems: [String] = []
    for name in Set(found.keys).union(expected.keys).sorted()
    where found[name]?.digest != expected[name]?.digest {
      problems.append("the result of `\(name)` is stale or wrong")
    }
    return problems
  }

  /// What `plan` says beforehand: which blocks are to be computed, and why.
  ///
  /// Asked twice: with the store, whose earlier steps say exactly what they were made of, and with
  /// the ledger alone.
  private func compareForecasts(
    _ project: PlannedProject, _ predicted: PredictedPlan, _ demand: Set<String>,
    _ state: ProjectState, _ earlier: Rendered
  ) -> [String] {
    var problems: [String] = []
    for hasStore in [true, false] {
      let store = store
      let forecast = PlanForecast(
        project.plan, of: project.notebook, isStored: store.contains,
        history: PlanHistory(
          plan: project.plan, ledger: earlier.ledger,
          stored: { hasStore ? store.provenance(of: $0) : nil }))
      let steps = forecast.blocks.flatMap(\.computed).map(\.id.description)
      if Set(steps.compactMap(predicted.key(of:))) != demand || steps.count != demand.count {
        problems.append("`plan` would compute \(steps)")
      }
      let expected = ExpectedCauses(of: state, since: earlier.state)
      for block in forecast.blocks {
        guard case .toCompute(let cause) = block.state else { continue }
        if !expected.allow(cause.text, of: block.name, fromStore: hasStore) {
          problems.append(
            "the cause of `\(block.name)` \(hasStore ? "" : "by the ledger alone ")is given as "
              + "`\(cause.text)`, should be one of \(expected.texts)")
        }
      }
    }
    return problems
  }
}

extension PredictedPlan {
  func key(of id: String) -> String? { steps.first { $0.id == id }?.key }
}
