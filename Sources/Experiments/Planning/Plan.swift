package import Diagnostics

/// The steps of a notebook in an order in which they can run.
///
/// Laws: every input of a step stands before it; the order does not depend on the order of
/// independent blocks in the file; a step's fingerprint depends on what it computes only.
package struct Plan: Sendable {
  package let steps: [Step]
  /// What every block's result will be made of, for blocks that could be planned.
  package let outlines: ResultOutlines
  /// Version of the numeric law, as in every fingerprint.
  package let numericsVersion: Int

  private let indices: [Step.ID: Int]
  private let byBlock: [String: [Int]]

  init(steps: [Step], outlines: ResultOutlines, numericsVersion: Int) {
    self.steps = steps
    self.outlines = outlines
    self.numericsVersion = numericsVersion
    indices = Dictionary(
      steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    byBlock = Dictionary(grouping: steps.indices) { steps[$0].block }
  }

  /// Plans every experiment of a notebook.
  ///
  /// - Parameters:
  ///   - notebook: decoded without errors.
  ///   - numericsVersion: version of the numeric law.
  ///   - limits: what may be asked for; going beyond gives errors whose id begins `limit.`.
  ///   - files: tells about vocabularies and models in files.
  ///   - facts: tells about data; called once per data set.
  /// - Returns: the steps that could be planned, and every problem found: shapes, metrics, missing
  ///   parts, names in expectations, limits. With errors among them the plan is not to be run.
  package static func make(
    notebook: ExperimentNotebook, numericsVersion: Int, limits: PlanLimits = PlanLimits(),
    files: ForeignFileProvider = { _ in (nil, []) }, facts: DatasetFactsProvider
  ) -> (plan: Plan, diagnostics: [Diagnostic]) {
    var planner = Planner(notebook: notebook, numericsVersion: numericsVersion, limits: limits)
    return withoutActuallyEscaping(files) { files in
      withoutActuallyEscaping(facts) { facts in
        planner.plan(from: PlanSources(datasets: facts, files: files))
      }
    }
  }

  package subscript(id: Step.ID) -> Step? { indices[id].map { steps[$0] } }

  /// The steps of a block, in order.
  package func steps(of block: String) -> [Step] { (byBlock[block] ?? []).map { steps[$0] } }

  /// The step whose result is the block's; nil for a model or a block that could not be planned.
  package func resultStep(of block: String) -> Step? { self[Step.ID(block)] }

  /// Operations of all different steps together, and the most that one of them holds.
  package var totalCost: Cost {
    var seen: Set<Fingerprint> = []
    return Cost(of: steps.filter { seen.insert($0.fingerprint).inserted })
  }

  /// Only the given blocks and what they need, in the same order.
  package func restricted(to blocks: [String]) -> Plan {
    let wanted = Set(blocks)
    var needed: Set<Step.ID> = []
    for step in steps.reversed() where wanted.contains(step.block) || needed.contains(step.id) {
      needed.insert(step.id)
      needed.formUnion(step.inputs)
    }
    return Plan(
      steps: steps.filter { needed.contains($0.id) }, outlines: outlines,
      numericsVersion: numericsVersion)
  }
}
