internal import Diagnostics

extension Planner {
  /// The data set step of a block or of a `data:` in place; nil when its facts are not to be had.
  @discardableResult
  mutating func planDataset(
    _ spec: DatasetSpec, _ experiment: Experiment, _ path: String,
    _ provider: DatasetFactsProvider
  ) -> Step.ID? {
    if let rows = spec.drawnRows, rows > limits.rows {
      report(
        "limit.rows", "A data set has at most \(limits.rows) rows, not \(rows)",
        at: experiment.range(of: "\(path).samples"))
      return nil
    }
    let request = DatasetRequest(
      spec: spec, seed: experiment.seed, experiment: experiment, path: path)
    let (found, problems) = provider(request)
    for problem in problems { report(problem) }
    guard let found else { return nil }
    let cells = found.rows.total.saturatingTimes(found.featureCount)
    let cost = Cost(
      flop: cells.saturatingTimes(spec.flopPerCell), parameters: 0,
      bytes: cells.saturatingTimes(DatasetFacts.bytesPerCell)
        .saturatingPlus(found.rows.total.saturatingTimes(8)))
    if found.rows.total > limits.rows {
      report(
        "limit.rows", "A data set has at most \(limits.rows) rows, not \(found.rows.total)",
        at: experiment.range(of: path))
    }
    checkLimits(
      cost, experiment, parametersAt: experiment.range(of: path), bytesAt: path)
    let isOwnBlock = path == "dataset"
    let name = isOwnBlock ? experiment.name : "\(experiment.name).data"
    let id = add(
      name, experiment, .prepare(spec, seed: experiment.seed, facts: found), inputs: [],
      cost: cost)
    if let id { facts[id] = found }
    if isOwnBlock { outlines[experiment.name] = found.outline }
    return id
  }

  mutating func planTraining(
    _ spec: TrainSpec, _ evaluation: EvaluateSpec?, _ experiment: Experiment,
    _ provider: DatasetFactsProvider
  ) {
    guard let data = dataStep(spec, experiment, provider), let found = facts[data],
      let training = training(spec, evaluation, experiment, data, found)
    else { return }
    trainings[experiment.name] = training
    let repeats = max(1, experiment.common.repeats)
    let measured = evaluation.map { evaluationPlan($0, training) }
    outlines[experiment.name] = training.outline(evaluation: measured, repeats: repeats)
    var inputs: [Step.ID] = []
    for index in 0..<repeats {
      let id = add(
        "\(experiment.name).train#\(index)", experiment,
        .train(training, seed: experiment.seed, repeatIndex: index), inputs: [data],
        cost: training.cost)
      guard let id else { return }
      inputs.append(id)
      guard let measured else { continue }
      let evaluated = add(
        "\(experiment.name).evaluate#\(index)", experiment,
        .evaluate(measured, repeatIndex: index), inputs: [id, data], cost: measured.cost)
      if let evaluated { inputs.append(evaluated) }
    }
    add(experiment.name, experiment, .combine(repeats: repeats), inputs: inputs, cost: .none)
  }

  private mutating func dataStep(
    _ spec: TrainSpec, _ experiment: Experiment, _ provider: DatasetFactsProvider
  ) -> Step.ID? {
    switch spec.data {
    case .inline(let dataset): return planDataset(dataset, experiment, "train.data", provider)
    case .named(let name):
      guard let block = notebook[name], case .dataset = block.spec else {
        report(
          "plan.reference", "`data` names a block that declares a data set",
          at: experiment.range(of: "train.data"))
        return nil
      }
      // Without facts the data set's own problem has been reported.
      return isPlanned(name) ? Step.ID(name) : nil
    }
  }

  /// Fills in what depends on the data, and reports everything that does not fit.
  private mutating func training(
    _ spec: TrainSpec, _ evaluation: EvaluateSpec?, _ experiment: Experiment, _ data: Step.ID,
    _ found: DatasetFacts
  ) -> TrainingPlan? {
    let model: SequentialSpec
    let owner: Experiment
    let prefix: String
    switch spec.model {
    case .inline(.sequential(let sequential)):
      (model, owner, prefix) = (sequential, experiment, "train.model.")
    case .named(let name):
      guard let block = notebook[name], case .model(.sequential(let sequential)) = block.spec
      else {
        report(
          "plan.reference", "`model` names a block that declares a model",
          at: experiment.range(of: "train.model"))
        return nil
      }
      (model, owner, prefix) = (sequential, block, "model.")
    }
    let place = { (path: String) in owner.range(of: prefix + path) }
    let shape = ModelShape(
      model, features: found.featureCount,
      data: spec.data.name.map { "`\($0)`" } ?? "the data", place: place)
    for diagnostic in shape.diagnostics { report(diagnostic) }

    var filled = spec
    filled.loss = spec.effectiveLoss(classes: found.classes != nil)
    if case .epochs(let epochs) = spec.duration { filled.epochs = epochs }
    let perEpoch = max(1, found.rows.train.dividedRoundingUp(by: spec.batchSize))
    let total: Int =
      switch spec.duration {
      case .steps(let steps): steps
      case .epochs(let epochs): epochs.saturatingTimes(perEpoch)
      }
    var checks = TrainingChecks(experiment: experiment, spec: spec, facts: found)
    checks.checkData()
    checks.checkLoss(
      outputs: shape.layers.isEmpty ? nil : shape.outputs, model: place,
      lastLinear: model.layers.lastIndex { if case .linear = $0 { true } else { false } })
    checks.checkSchedule(totalSteps: total)
    if let evaluation { checks.checkEvaluation(evaluation, in: experiment) }
    for diagnostic in checks.diagnostics { report(diagnostic) }

    let training = TrainingPlan(
      spec: filled, model: shape.model, layers: shape.layers, facts: found, data: data,
      stepsPerEpoch: perEpoch, totalSteps: total, parameters: shape.parameters,
      validationMetrics: TrainingPlan.validationMetrics(of: spec, facts: found))
    checkLimits(training.cost, experiment, parametersAt: place("sequential"), bytesAt: "train")
    return training
  }

  func evaluationPlan(_ spec: EvaluateSpec, _ training: TrainingPlan) -> EvaluationPlan {
    var filled = spec
    filled.run = nil
    let metrics = spec.effectiveMetrics(classes: training.facts.classes != nil)
    filled.metrics = metrics
    return EvaluationPlan(spec: filled, metrics: metrics, training: training)
  }
}

extension DatasetSpec {
  /// Rows that the program draws; nil where they are read.
  fileprivate var drawnRows: Int? {
    switch self {
    case .csv: nil
    case .glyphs(let spec): spec.samples
    case .friedman1(let spec): spec.samples
    }
  }

  /// Rough operations per number: reading and scaling, or drawing.
  fileprivate var flopPerCell: Int {
    switch self {
    case .csv: 20
    case .glyphs: 100
    case .friedman1: 30
    }
  }
}
