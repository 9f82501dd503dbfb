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
        at: experiment.range(of: "\(path).\(spec.isText ? "documents" : "samples")"))
      return nil
    }
    let request = DatasetRequest(
      spec: spec, seed: experiment.seed, experiment: experiment, path: path)
    let (found, problems) = provider(request)
    for problem in problems { report(problem) }
    guard let found else { return nil }
    let cells = found.text?.bytes ?? found.rows.total.saturatingTimes(found.featureCount)
    let bytes =
      found.text?.residentBytes.saturatingTimes(2)
      ?? cells.saturatingTimes(DatasetFacts.bytesPerCell)
    let cost = Cost(
      flop: cells.saturatingTimes(spec.flopPerCell), parameters: 0,
      bytes: bytes.saturatingPlus(
        found.rows.total.saturatingTimes(found.text == nil ? 8 : 24)))
    if found.rows.total > limits.rows {
      report(
        "limit.rows", "A data set has at most \(limits.rows) rows, not \(found.rows.total)",
        at: experiment.range(of: path))
    }
    checkLimits(
      cost, experiment, parametersAt: experiment.range(of: path), bytesAt: path)
    let isOwnBlock = path == "dataset"
    // A training may hold one of its own beside one for its tokenizer.
    let name =
      isOwnBlock
      ? experiment.name
      : "\(experiment.name).\(path.hasSuffix("tokenizer.data") ? "tokenizer.data" : "data")"
    let id = add(
      name, experiment, .prepare(spec, seed: experiment.seed, facts: found), inputs: [],
      cost: cost)
    if let id { facts[id] = found }
    if isOwnBlock { outlines[experiment.name] = found.outline }
    return id
  }

  mutating func planTraining(
    _ spec: TrainSpec, _ evaluation: EvaluateSpec?, _ experiment: Experiment,
    _ sources: PlanSources
  ) {
    guard let data = dataStep(spec.data, experiment, "train.data", sources.datasets),
      let found = facts[data],
      let training = training(spec, evaluation, experiment, data, found, sources)
    else { return }
    trainings[experiment.name] = training
    let repeats = max(1, experiment.common.repeats)
    let measured = evaluation.map { evaluationPlan($0, training) }
    outlines[experiment.name] = training.outline(evaluation: measured, repeats: repeats)
    var inputs: [Step.ID] = []
    for index in 0..<repeats {
      let id = add(
        "\(experiment.name).train#\(index)", experiment,
        .train(training, seed: experiment.seed, repeatIndex: index),
        inputs: [data] + modelInputs(training, repeatIndex: index), cost: training.cost)
      guard let id else { return }
      inputs.append(id)
      guard let measured else { continue }
      let evaluated = add(
        "\(experiment.name).evaluate#\(index)", experiment,
        .evaluate(measured, repeatIndex: index), inputs: training.evaluationInputs(of: id),
        cost: measured.cost)
      if let evaluated { inputs.append(evaluated) }
    }
    add(experiment.name, experiment, .combine(repeats: repeats), inputs: inputs, cost: .none)
  }

  /// The tokenizer of a BERT, and the training whose weights it takes over.
  private func modelInputs(_ training: TrainingPlan, repeatIndex: Int) -> [Step.ID] {
    guard let bert = training.model.bert else { return [] }
    guard case .run(let name) = bert.origin else { return [bert.tokenizer] }
    let repeats = max(1, notebook[name]?.common.repeats ?? 1)
    return [bert.tokenizer, Step.ID("\(name).train#\(min(repeatIndex, repeats - 1))")]
  }

  /// The step of the data that a field names or holds.
  mutating func dataStep(
    _ reference: ComponentReference<DatasetSpec>, _ experiment: Experiment, _ path: String,
    _ provider: DatasetFactsProvider
  ) -> Step.ID? {
    switch reference {
    case .inline(let dataset): return planDataset(dataset, experiment, path, provider)
    case .named(let name):
      guard let block = notebook[name], case .dataset = block.spec else {
        report(
          "plan.reference", "`data` names a block that declares a data set",
          at: experiment.range(of: path))
        return nil
      }
      // Without facts the data set's own problem has been reported.
      return isPlanned(name) ? Step.ID(name) : nil
    }
  }

  /// Fills in what depends on the data, and reports everything that does not fit.
  private mutating func training(
    _ spec: TrainSpec, _ evaluation: EvaluateSpec?, _ experiment: Experiment, _ data: Step.ID,
    _ found: DatasetFacts, _ sources: PlanSources
  ) -> TrainingPlan? {
    guard let resolved = resolvedModel(spec, experiment, sources) else { return nil }
    var filled = spec
    if spec.objective.isEmpty { filled.loss = spec.effectiveLoss(of: found.target) }
    if case .epochs(let epochs) = spec.duration { filled.epochs = epochs }
    let samples = found.trainingSamples(of: spec)
    let perEpoch = max(1, samples.dividedRoundingUp(by: spec.batchSize))
    let total: Int =
      switch spec.duration {
      case .steps(let steps): steps
      case .epochs(let epochs): epochs.saturatingTimes(perEpoch)
      }
    var checks = TrainingChecks(experiment: experiment, spec: spec, facts: found)
    checks.checkData()
    checks.checkSchedule(totalSteps: total)
    if let evaluation { checks.checkEvaluation(evaluation, in: experiment) }
    let model = plannedModel(resolved, spec, experiment, data, found, sources, &checks)
    for diagnostic in checks.diagnostics { report(diagnostic) }
    // Of a model that is missing something was said, here or at another block.
    guard let (model, parameters) = model else { return nil }
    let training = TrainingPlan(
      spec: filled, model: model, facts: found, data: data, stepsPerEpoch: perEpoch,
      totalSteps: total, parameters: parameters,
      validationMetrics: TrainingPlan.validationMetrics(of: spec, facts: found))
    checkLimits(
      training.cost, experiment, parametersAt: resolved.place(resolved.sizePath),
      bytesAt: "train")
    return training
  }

  private mutating func plannedModel(
    _ resolved: ResolvedModel, _ spec: TrainSpec, _ experiment: Experiment, _ data: Step.ID,
    _ found: DatasetFacts, _ sources: PlanSources, _ checks: inout TrainingChecks
  ) -> (model: PlannedModel, parameters: Int)? {
    switch resolved.architecture {
    case .sequential(let sequential):
      guard checks.checkNumbers(resolved.place) else { return nil }
      let shape = ModelShape(
        sequential, features: found.featureCount,
        data: spec.data.name.map { "`\($0)`" } ?? "the data", place: resolved.place)
      for diagnostic in shape.diagnostics { report(diagnostic) }
      checks.checkLoss(
        outputs: shape.layers.isEmpty ? nil : shape.outputs, model: resolved.place,
        path: sequential.layers.lastIndex { if case .linear = $0 { true } else { false } }
          .map { "sequential[\($0)].linear.out_features" })
      return (.sequential(shape.model, layers: shape.layers), shape.parameters)
    case .bert(let bert, let origin):
      guard checks.checkTexts(resolved.place) else { return nil }
      guard
        let tokenizer = tokenizerStep(spec, experiment, resolved, bert, data: data, sources)
      else { return nil }
      var wordList: ForeignFileFacts?
      for (index, objective) in spec.objective.enumerated() {
        guard case .maskedLanguageModel(let masked) = objective, let path = masked.wordList
        else { continue }
        let place = "train.objective[\(index)].masked_language_model.word_list"
        wordList = foreignFacts(
          ForeignFileRequest(kind: .wordList, path: path, place: experiment.range(of: place)),
          sources)
        if wordList == nil { return nil }
      }
      let plan = BertPlan(
        spec: bert.completed(for: found, spec), origin: origin, tokenizer: tokenizer,
        objective: spec.objective, maxSeqLength: spec.maxSeqLength, wordList: wordList?.digest)
      checks.checkBert(plan, tokenizer: tokenizers[tokenizer], resolved)
      return (.bert(plan), plan.parameters)
    }
  }

  func evaluationPlan(_ spec: EvaluateSpec, _ training: TrainingPlan) -> EvaluationPlan {
    var filled = spec
    filled.run = nil
    let metrics = spec.effectiveMetrics(
      of: training.facts.target, objective: training.spec.objective)
    filled.metrics = metrics
    return EvaluationPlan(spec: filled, metrics: metrics, training: training)
  }
}

extension DatasetSpec {
  /// Rows that the program draws; nil where they are read.
  fileprivate var drawnRows: Int? {
    switch self {
    case .csv, .jsonl, .text: nil
    case .glyphs(let spec): spec.samples
    case .friedman1(let spec): spec.samples
    case .written(let spec): spec.documents
    }
  }

  /// Rough operations per number, or per byte of text: reading and scaling, or drawing.
  fileprivate var flopPerCell: Int {
    switch self {
    case .csv, .jsonl, .text: 20
    case .written: 200
    case .glyphs: 100
    case .friedman1: 30
    }
  }
}

extension DatasetFacts {
  /// Samples of an epoch: rows, or for pre-training about as many sequences as the text fills.
  fileprivate func trainingSamples(of spec: TrainSpec) -> Int {
    guard !spec.objective.isEmpty, let text else { return rows.train }
    let share = Double(rows.train) / Double(max(1, rows.total))
    // A token has three bytes in Chinese, four and a half in English.
    let tokens = Int(Double(text.bytes) * share / 3.5)
    return max(1, tokens / max(1, spec.maxSeqLength))
  }
}

extension BertSpec {
  /// The head for the data where none was written: as many classes or labels as there are, or one
  /// number; none for pre-training.
  ///
  /// What the outputs mean is filled in as the data has it, and left out for classes, so that it is
  /// the same written or not; what does not fit the data stays as it was written.
  fileprivate func completed(for facts: DatasetFacts, _ spec: TrainSpec) -> BertSpec {
    var completed = self
    guard spec.objective.isEmpty else {
      completed.head = nil
      return completed
    }
    if case .regression = head { return completed }
    guard case .classifier(var classifier)? = head ?? facts.classes.map({ _ in .anyClassifier })
    else {
      completed.head = .regression
      return completed
    }
    classifier.labels = classifier.labels ?? facts.classes?.count
    switch (facts.target, classifier.problemType) {
    case (.classes, .singleLabel): classifier.problemType = nil
    case (.labels, nil): classifier.problemType = .multiLabel
    default: break
    }
    completed.head = .classifier(classifier)
    return completed
  }
}

extension HeadSpec {
  fileprivate static let anyClassifier = HeadSpec.classifier(ClassifierHeadSpec())
}

extension TrainingPlan {
  /// What an evaluation of the weights of a step reads.
  func evaluationInputs(of training: Step.ID) -> [Step.ID] {
    [training, data] + (model.bert.map { [$0.tokenizer] } ?? [])
  }
}
