internal import Diagnostics

/// Turns experiments into steps, block by block in order of dependence.
struct Planner {
  let notebook: ExperimentNotebook
  let numericsVersion: Int
  let limits: PlanLimits

  var steps: [Step] = []
  var diagnostics: [Diagnostic] = []
  /// Fingerprint of each step made so far.
  private var fingerprints: [Step.ID: Fingerprint] = [:]
  /// Facts of each data set step.
  var facts: [Step.ID: DatasetFacts] = [:]
  /// Every tokenizer step.
  var tokenizers: [Step.ID: TokenizerPlan] = [:]
  /// Training of each train block.
  var trainings: [String: TrainingPlan] = [:]
  var outlines: [String: ResultOutline] = [:]
  /// What is known of files of other tools.
  var foreign: [ForeignFileRequest.Subject: ForeignFileFacts] = [:]
  /// Problems already told: the same model in five trainings has one mistake.
  private var told: Set<Told> = []

  private struct Told: Hashable {
    let id: String
    let message: String
    let path: String
    let bytes: Range<Int>
  }

  init(notebook: ExperimentNotebook, numericsVersion: Int, limits: PlanLimits) {
    self.notebook = notebook
    self.numericsVersion = numericsVersion
    self.limits = limits
  }

  mutating func plan(from sources: PlanSources) -> (plan: Plan, diagnostics: [Diagnostic]) {
    guard checkStepCount() else {
      return (finished(), diagnostics)
    }
    let order = BlockOrder.sorted(notebook)
    checkCycles(leftOutOf: order)
    for experiment in order {
      switch experiment.spec {
      case .dataset(let spec): planDataset(spec, experiment, "dataset", sources.datasets)
      case .tokenizer(let spec): planTokenizer(spec, experiment, "tokenizer", sources)
      case .model(let spec): planModel(spec, experiment, sources)
      case .train(let spec, let evaluation):
        planTraining(spec, evaluation, experiment, sources)
      case .evaluate(let spec): planEvaluation(spec, experiment)
      case .compare(let spec): planComparison(spec, experiment)
      case .plot(let spec): planPlot(spec, experiment)
      }
    }
    let plan = finished()
    checkTotal(plan)
    for experiment in notebook.experiments where experiment.origin != .used {
      let seen = plan.outlines.seen(from: experiment.name)
      for expectation in experiment.expectations {
        for diagnostic in expectation.check(against: seen) { report(diagnostic) }
      }
    }
    return (plan, diagnostics)
  }

  private func finished() -> Plan {
    Plan(
      steps: steps,
      outlines: ResultOutlines(
        blockNames: notebook.experiments.map(\.name), outlines: outlines),
      numericsVersion: numericsVersion)
  }

  mutating func report(_ diagnostic: Diagnostic) {
    let key = Told(
      id: diagnostic.id, message: diagnostic.message, path: diagnostic.range?.file.path ?? "",
      bytes: diagnostic.range?.bytes ?? 0..<0)
    if told.insert(key).inserted { diagnostics.append(diagnostic) }
  }

  mutating func report(
    _ id: String, _ message: String, at range: SourceRange, notes: [String] = [],
    suggestion: String? = nil
  ) {
    report(
      Diagnostic(
        .error, id, message, at: range, notes: notes.map { Diagnostic.Note($0) },
        suggestion: suggestion))
  }

  /// Adds a step, unless an input could not be planned.
  @discardableResult
  mutating func add(
    _ id: String, _ experiment: Experiment, _ work: Step.Work, inputs: [Step.ID], cost: Cost
  ) -> Step.ID? {
    var inputFingerprints: [Fingerprint] = []
    for input in inputs {
      guard let fingerprint = fingerprints[input] else { return nil }
      inputFingerprints.append(fingerprint)
    }
    let step = Step(
      id: Step.ID(id), block: experiment.name, work: work, inputs: inputs,
      identity: work.identity(inputs: inputFingerprints, numericsVersion: numericsVersion),
      cost: cost)
    steps.append(step)
    fingerprints[step.id] = step.fingerprint
    return step.id
  }

  func isPlanned(_ block: String) -> Bool { fingerprints[Step.ID(block)] != nil }

  /// A model and the training that it takes weights from must not need each other.
  private mutating func checkCycles(leftOutOf order: [Experiment]) {
    guard order.count < notebook.experiments.count else { return }
    let planned = Set(order.map(\.name))
    for experiment in notebook.experiments where !planned.contains(experiment.name) {
      let needs = experiment.dependencies.filter { !planned.contains($0) }
      report(
        "plan.cycle", "Blocks do not need each other in a circle", at: experiment.nameRange,
        notes: ["`\(experiment.name)` needs " + needs.map { "`\($0)`" }.joined(separator: ", ")])
    }
  }

  // MARK: Limits

  /// Repeats are multiplied out into steps: refuse before there are millions.
  private mutating func checkStepCount() -> Bool {
    var count = 0
    for experiment in notebook.experiments {
      let perRepeat: Int =
        switch experiment.spec {
        case .train: 2
        case .evaluate: 1
        case .dataset, .tokenizer, .model, .compare, .plot: 0
        }
      let own = max(1, experiment.common.repeats).saturatingTimes(perRepeat).saturatingPlus(2)
      count = count.saturatingPlus(own)
      if count > limits.steps {
        report(
          "limit.steps", "A plan has at most \(limits.steps) steps",
          at: experiment.range(of: "repeat"))
        return false
      }
    }
    return true
  }

  mutating func checkLimits(
    _ cost: Cost, _ experiment: Experiment, parametersAt model: SourceRange, bytesAt: String
  ) {
    if cost.parameters > limits.parameters {
      report(
        "limit.parameters",
        "A model has at most \(limits.parameters.magnitudeText) parameters, not "
          + cost.parameters.magnitudeText, at: model)
    }
    if cost.bytes > limits.bytes {
      report(
        "limit.memory",
        "A step holds at most \(limits.bytes.byteCountText), not about "
          + "\(cost.bytes.magnitudeText) bytes", at: experiment.range(of: bytesAt))
    }
  }

  private mutating func checkTotal(_ plan: Plan) {
    let total = plan.totalCost
    guard let worst = plan.steps.max(by: { $0.cost.flop < $1.cost.flop }) else { return }
    let place = notebook[worst.block]?.range(of: worst.kind.rawValue)
    if total.flop > limits.flop {
      let message =
        "A plan takes at most \(limits.flop.magnitudeText) floating point operations, not about "
        + total.flop.magnitudeText
      let note = "the largest step is \(worst.id) with about \(worst.cost.flop.magnitudeText)"
      report(Diagnostic(.error, "limit.flop", message, at: place, notes: [.init(note)]))
    }
  }
}
