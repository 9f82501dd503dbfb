internal import Diagnostics

/// Checks a training against its data: everything that is known to go wrong before it starts.
struct TrainingChecks {
  let experiment: Experiment
  let spec: TrainSpec
  let facts: DatasetFacts
  /// How the data is called in messages: its block, or that it stands in place.
  let data: String
  var diagnostics: [Diagnostic] = []

  init(experiment: Experiment, spec: TrainSpec, facts: DatasetFacts) {
    self.experiment = experiment
    self.spec = spec
    self.facts = facts
    data = spec.data.name.map { "`\($0)`" } ?? "the data"
  }

  mutating func report(
    _ id: String, _ message: String, _ path: String, severity: Diagnostic.Severity = .error,
    notes: [String] = [], suggestion: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        severity, id, message, at: experiment.range(of: path),
        notes: notes.map { Diagnostic.Note($0) }, suggestion: suggestion))
  }

  /// Rows and classes.
  mutating func checkData() {
    if facts.rows.train == 0 {
      report("plan.no-rows", "The training part of the data has rows", "train.data")
    }
    if let classes = facts.classes, spec.objective.isEmpty {
      if classes.count < 2, !facts.hasLabelSets {
        report(
          "plan.one-class", "A classifier learns from two classes or more", "train.data",
          notes: ["\(data) has \(classes.count): " + classes.joined(separator: ", ")])
      }
      if let rows = facts.classRows {
        for (name, parts) in zip(classes, rows) where parts.train == 0 && facts.rows.train > 0 {
          report(
            "plan.class-left-out",
            facts.hasLabelSets
              ? "No row of the training part has the label `\(name)`"
              : "The training part holds every class", "train.data",
            severity: facts.hasLabelSets ? .warning : .error,
            notes: [
              facts.hasLabelSets
                ? "that it never holds is all that can be learned of it"
                : "class `\(name)` of \(data) has no row in it; a stratified split has"
            ])
        }
      }
    }
    if spec.objective.isEmpty, spec.batchSize > facts.rows.train, facts.rows.train > 0 {
      report(
        "plan.batch-size",
        "A batch larger than the training part makes one step per epoch: "
          + "\(spec.batchSize) against \(facts.rows.train) rows", "train.batch_size",
        severity: .warning)
    }
  }

  /// The loss against the task, and the model's outputs against both.
  ///
  /// - Parameter path: the field of the model that says how many outputs there are, if one does.
  mutating func checkLoss(outputs: Int?, model: (String) -> SourceRange, path: String?) {
    let loss = spec.effectiveLoss(of: facts.target)
    let need = need(of: loss)
    switch (need.task, facts.target) {
    case (_, .nothing): return
    case (.classes, .numbers):
      report(
        "plan.loss", "`\(loss.name)` learns classes, and \(data) has numbers to predict",
        "train.loss", notes: ["losses for numbers are `mse`, `huber`, `smooth_l1`"])
      return
    case (.numbers, .classes):
      report(
        "plan.loss", "`\(loss.name)` learns numbers, and \(data) has classes", "train.loss",
        notes: ["losses for classes are `cross_entropy`, `hinge`, `bce_with_logits`"])
      return
    case (.twoClasses, .numbers):
      report(
        "plan.loss", "`\(loss.name)` learns two classes, and \(data) has numbers to predict",
        "train.loss", notes: ["losses for numbers are `mse`, `huber`, `smooth_l1`"])
      return
    case (.twoClasses, .classes(let classes)) where classes.count != 2:
      report(
        "plan.loss", "`\(loss.name)` learns two classes, and \(data) has \(classes.count)",
        "train.loss", notes: ["`cross_entropy` and `hinge: {kind: multi_margin}` take any number"])
      return
    case (.classes, .labels), (.numbers, .labels), (.twoClasses, .labels):
      let learned = need.task == .numbers ? "numbers" : "one class a row"
      report(
        "plan.loss", "`\(loss.name)` learns \(learned), and \(data) has sets of labels",
        "train.loss",
        notes: [
          "the loss for labels is `bce_with_logits`; its `pos_weight` says how much each counts"
        ])
      return
    default: break
    }
    if case .bceWithLogits(let entropy) = loss { checkPositiveWeights(entropy) }
    checkClassWeights(loss)
    if let outputs, outputs != need.outputs {
      reportOutputs(outputs, loss, needed: need.outputs, model, path)
    }
  }

  private mutating func reportOutputs(
    _ outputs: Int, _ loss: LossSpec, needed: Int, _ model: (String) -> SourceRange, _ path: String?
  ) {
    let why =
      switch facts.target {
      case .classes(let classes): "\(data) has \(classes.count) classes"
      case .labels(let labels): "\(data) has \(labels.count) labels"
      case .numbers(let width): "\(data) has \(width) to predict"
      case .nothing: "\(data) has nothing to predict"
      }
    diagnostics.append(
      Diagnostic(
        .error, "shape.outputs",
        "The model gives what `\(loss.name)` takes: \(needed), not \(outputs)",
        at: model(path ?? "sequential"),
        notes: [
          Diagnostic.Note(why), Diagnostic.Note("trained here", at: experiment.range(of: "train")),
        ],
        suggestion: path.flatMap { $0.split(separator: ".").last }.map { "\($0): \(needed)" })
    )
  }

  private enum Task { case classes, twoClasses, numbers, labels }

  private func need(of loss: LossSpec) -> (task: Task, outputs: Int) {
    let width: Int =
      switch facts.target {
      case .classes(let names), .labels(let names): names.count
      case .numbers(let width): width
      case .nothing: 0
      }
    switch loss {
    case .crossEntropy: return (.classes, width)
    case .hinge(let hinge): return hinge.kind == .binary ? (.twoClasses, 1) : (.classes, width)
    case .bceWithLogits: return facts.hasLabelSets ? (.labels, width) : (.twoClasses, 1)
    case .mse, .huber, .smoothL1: return (.numbers, width)
    }
  }

  private mutating func checkPositiveWeights(_ entropy: BCEWithLogitsSpec) {
    guard case .values(let weights) = entropy.posWeight, let names = facts.classes else { return }
    let outputs = facts.hasLabelSets ? names.count : 1
    guard weights.count != 1, weights.count != outputs else { return }
    report(
      "plan.class-weights",
      facts.hasLabelSets
        ? "There is one weight for all labels, or one per label: \(outputs), not \(weights.count)"
        : "Two classes on one output have one weight, not \(weights.count)",
      "train.loss.bce_with_logits.pos_weight",
      notes: ["\(facts.hasLabelSets ? "labels" : "classes") are " + Self.listing(names)])
  }

  private mutating func checkClassWeights(_ loss: LossSpec) {
    guard case .crossEntropy(let entropy) = loss, case .values(let weights)? = entropy.classWeights,
      let classes = facts.classes, weights.count != classes.count
    else { return }
    report(
      "plan.class-weights",
      "There is one weight per class: \(classes.count), not \(weights.count)",
      "train.loss.cross_entropy.class_weights",
      notes: ["classes are " + Self.listing(classes)])
  }

  /// Early stopping, plateau and warm-up against what will be measured.
  mutating func checkSchedule(totalSteps: Int) {
    let hasValidation = facts.rows.validation > 0
    if let stopping = spec.earlyStopping {
      if !hasValidation {
        report(
          "plan.no-validation", "Early stopping watches the validation part, which has no rows",
          "train.early_stopping", notes: ["the split of \(data) gives it none"])
      } else if let metric = stopping.monitor.metric, !metric.suits(tasks) {
        report(
          "plan.metric", mismatch(metric), "train.early_stopping.monitor",
          suggestion: "validation.loss")
      }
    }
    switch spec.schedule {
    case .reduceOnPlateau where !hasValidation:
      report(
        "plan.no-validation",
        "`reduce_on_plateau` watches the validation loss, and that part has no rows",
        "train.schedule", notes: ["the split of \(data) gives it none"])
    case .constant(let schedule): checkWarmup(schedule.warmup, totalSteps)
    case .linear(let schedule): checkWarmup(schedule.warmup, totalSteps)
    case .polynomial(let schedule): checkWarmup(schedule.warmup, totalSteps)
    case .cosine(let schedule): checkWarmup(schedule.warmup, totalSteps)
    default: break
    }
  }

  private mutating func checkWarmup(_ warmup: WarmupSpec, _ totalSteps: Int) {
    guard let steps = warmup.steps, steps >= totalSteps else { return }
    report(
      "plan.warmup", "The warm-up ends before the training: \(steps) of \(totalSteps) steps",
      "train.schedule", severity: .warning)
  }

  /// An evaluation of these weights, which may stand in another block.
  mutating func checkEvaluation(_ evaluation: EvaluateSpec, in block: Experiment) {
    func place(_ path: String) -> SourceRange { block.range(of: "evaluate." + path) }
    if facts.rows[evaluation.split] == 0 {
      diagnostics.append(
        Diagnostic(
          .error, "plan.empty-split",
          "The part that is evaluated has rows; `\(evaluation.split.rawValue)` has none",
          at: place("split"), notes: [Diagnostic.Note("the split of \(data) gives it none")]))
    }
    var seen: Set<MetricName> = []
    for (index, metric) in (evaluation.metrics ?? []).enumerated() {
      let at = place("metrics[\(index)]")
      if !seen.insert(metric.name).inserted {
        let notes =
          metric.name.takesPositiveClass
          ? ["`macro_f1` shows precision, recall and F1 of every one, too"] : []
        diagnostics.append(
          Diagnostic(
            .error, "plan.metric", "A metric is asked for once: `\(metric.name.rawValue)`", at: at,
            notes: notes.map { Diagnostic.Note($0) }))
      }
      if let diagnostic = check(metric, at: at) { diagnostics.append(diagnostic) }
    }
  }

  private func check(_ metric: MetricSpec, at range: SourceRange) -> Diagnostic? {
    let name = metric.name
    let tasks = tasks
    guard name.suits(tasks) else {
      let allowed = MetricName.allCases.filter { $0.suits(tasks) }
      let isMatrix = name == .confusionMatrix && tasks == [.labels]
      return Diagnostic(
        .error, "plan.metric", mismatch(name), at: range,
        notes: [Diagnostic.Note("metrics here are " + Self.listing(allowed.map(\.rawValue)))],
        suggestion: isMatrix ? MetricName.multilabelConfusionMatrix.rawValue : nil)
    }
    guard name.takesPositiveClass, let classes = facts.classes else { return nil }
    if let positive = metric.positive {
      guard !classes.contains(positive) else { return nil }
      return Diagnostic(
        .error, "plan.positive-class",
        "The positive class is one of the data: `\(positive)` is not", at: range,
        notes: [Diagnostic.Note("classes are " + Self.listing(classes))],
        suggestion: nearestName(to: positive, among: classes))
    }
    guard classes.count > (facts.hasLabelSets ? 1 : 2) else { return nil }
    return Diagnostic(
      .error, "plan.positive-class",
      "`\(name.rawValue)` of \(classes.count) \(facts.hasLabelSets ? "labels" : "classes") says which "
        + "one is positive", at: range,
      notes: [Diagnostic.Note("`{\(name.rawValue): {positive: \(classes[0])}}`")],
      suggestion: "macro_\(name.rawValue)")
  }

  /// What a training of this kind can be measured by.
  private var tasks: [MetricName.Task] {
    if !spec.objective.isEmpty {
      return spec.objective.map { objective in
        switch objective {
        case .maskedLanguageModel: .maskedTokens
        case .nextSentence: .nextSentences
        }
      }
    }
    switch facts.target {
    case .classes: return [.classes]
    case .labels: return [.labels]
    case .numbers: return [.numbers]
    case .nothing: return []
    }
  }

  private func mismatch(_ metric: MetricName) -> String {
    let measured = metric.tasks.map { task in
      switch task {
      case .classes: "classes"
      case .labels: "sets of labels"
      case .numbers: "numbers"
      case .maskedTokens: "the objective `masked_language_model`"
      case .nextSentences: "the objective `next_sentence`"
      }
    }.joined(separator: " and ")
    let present: String
    if !spec.objective.isEmpty {
      present = "this training does not have it"
    } else {
      switch facts.target {
      case .classes: present = "\(data) has classes"
      case .labels: present = "\(data) has sets of labels"
      case .numbers: present = "\(data) has numbers to predict"
      case .nothing: present = "\(data) has nothing to predict"
      }
    }
    return "`\(metric.rawValue)` measures \(measured), and \(present)"
  }

  private static func listing(_ names: [String]) -> String {
    names.prefix(12).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 12 ? ", …" : "")
  }
}

extension LossSpec {
  /// As the notebook spells it.
  fileprivate var name: String {
    switch self {
    case .crossEntropy: "cross_entropy"
    case .hinge(let hinge): hinge.kind == .multiMargin ? "hinge" : "hinge: \(hinge.kind.rawValue)"
    case .bceWithLogits: "bce_with_logits"
    case .mse: "mse"
    case .huber: "huber"
    case .smoothL1: "smooth_l1"
    }
  }
}
