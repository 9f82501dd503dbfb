internal import Diagnostics
internal import Experiments
internal import Learning

/// Why a step gave no result, as the diagnostic that says so at the block's place.
struct StepFailure: Error {
  let diagnostic: Diagnostic
  /// Whether the step was given up because the run's time is over.
  private(set) var isOutOfTime = false

  private init(
    _ id: String, _ message: String, _ step: Step, _ field: String, _ notebook: ExperimentNotebook,
    notes: [String] = []
  ) {
    diagnostic = Diagnostic(
      .error, id, message, at: notebook[step.block]?.range(of: field),
      notes: notes.map { .init($0) })
  }

  /// A failure that names its place already.
  init(_ diagnostic: Diagnostic) {
    self.diagnostic = diagnostic
  }

  /// A tokenizer that cannot be learned.
  static func tokenizer(
    _ reason: String, _ step: Step, _ notebook: ExperimentNotebook
  ) -> StepFailure {
    StepFailure(
      "run.tokenizer", "No tokenizer can be learned: \(reason)", step, "tokenizer", notebook)
  }

  /// Texts that make no examples to pre-train on.
  static func pretraining(
    _ reason: String, _ step: Step, _ notebook: ExperimentNotebook
  ) -> StepFailure {
    StepFailure("run.pretraining", "Nothing to pre-train on: \(reason)", step, "train", notebook)
  }

  static func training(
    _ error: TrainingError, _ step: Step, _ notebook: ExperimentNotebook
  ) -> StepFailure {
    switch error {
    case .diverged(let at, let loss, let rate):
      let repeats = step.work.repeatIndex.map { $0 > 0 ? " of repeat \($0 + 1)" : "" } ?? ""
      return StepFailure(
        "run.diverged",
        "Training diverged at step \(at)\(repeats): loss \(Self.text(loss)), learning rate "
          + Self.text(rate), step,
        "train.optimizer", notebook,
        notes: [
          "a smaller learning rate, a warm-up, `max_grad_norm`, or standardised features help"
        ])
    case .cancelled(let at):
      return StepFailure(
        "run.cancelled", "Training was ended at step \(at)", step, "train", notebook)
    case .loss(let mismatch):
      return StepFailure(
        "run.loss", "The loss does not fit the data: \(mismatch.rule)", step, "train.loss", notebook
      )
    case .outputs(let expected, let found):
      return StepFailure(
        "run.outputs", "The loss needs \(expected) outputs; the model gives \(found)", step,
        "train.model", notebook)
    case .features(let expected, let found):
      return StepFailure(
        "run.features", "The data has \(expected) features; the model takes \(found)", step,
        "train.model", notebook)
    case .bert(let mismatch):
      return StepFailure(
        "run.bert", "The model does not fit the data: \(mismatch)", step, "train.model", notebook)
    case .unknownMonitor(let name, let available):
      return StepFailure(
        "run.monitor", "`\(name)` is not measured during training", step,
        "train.early_stopping.monitor", notebook,
        notes: ["measured are " + available.map { "`\($0)`" }.joined(separator: ", ")])
    case .noValidation(let monitor):
      return StepFailure(
        "run.no-validation", "`\(monitor)` needs a validation part with rows", step,
        "train.early_stopping", notebook)
    case .outOfRange(let parameter, let allowed):
      return StepFailure(
        "run.out-of-range", "`\(parameter)` must be \(allowed)", step, "train.\(parameter)",
        notebook)
    }
  }

  /// At most six significant digits; a NaN without its sign, which depends on the CPU.
  private static func text(_ value: Double) -> String { NumberFormat.general(6).text(value) }

  static func model(
    _ rule: String, _ step: Step, _ notebook: ExperimentNotebook
  ) -> StepFailure {
    StepFailure(
      "run.model", "The model cannot be built: \(rule)", step, "train.model", notebook)
  }

  static func data(
    _ error: DatasetError, _ step: Step, _ notebook: ExperimentNotebook
  ) -> StepFailure {
    switch error {
    case .emptyPart(let part, let rows):
      StepFailure(
        "data.empty-part",
        "The part `\(part.rawValue)` of the split gets none of the \(rows) rows", step,
        "dataset.split", notebook)
    case .missingClass(let name, let part, let rows):
      StepFailure(
        "data.missing-class",
        "The part `\(part.rawValue)` of the split gets no row of class `\(name)`, which has \(rows)",
        step, "dataset.split", notebook)
    case .notFinite(let column):
      StepFailure(
        "data.not-finite",
        "The values of column `\(column)` exceed the range of float32 once standardised", step,
        "dataset", notebook)
    case .changed(let path):
      StepFailure(
        "data.changed", "The data file `\(path)` has changed since the plan was made", step,
        "dataset.csv", notebook, notes: ["run again: the plan is made anew"])
    case .outOfRange(let parameter, let allowed):
      StepFailure(
        "data.out-of-range", "`\(parameter)` must be \(allowed)", step, "dataset.\(parameter)",
        notebook)
    case .outOfTime: .outOfTime(step, notebook)
    case .csv, .unknownColumn, .repeatedColumn, .noFeatures, .noTargets, .oneClass, .noLabels,
      .invalidShares:
      StepFailure(
        "data.unusable", "The data set cannot be used: \(error)", step, "dataset", notebook)
    }
  }

  /// Work that was given up because the run's time is over.
  static func outOfTime(_ step: Step, _ notebook: ExperimentNotebook) -> StepFailure {
    var failure = StepFailure(
      "limit.time", "The time of the run is over", step, "dataset", notebook)
    failure.isOutOfTime = true
    return failure
  }

  /// A step whose input is missing though nothing failed: a mistake in this program.
  static func internalGap(_ step: Step, _ notebook: ExperimentNotebook) -> StepFailure {
    StepFailure(
      "run.internal", "The input of step `\(step.id)` is missing; this is a mistake in assay", step,
      "", notebook)
  }
}

extension LossMismatch {
  fileprivate var rule: String {
    switch self {
    case .needsClasses: "it compares classes, and the targets are something else"
    case .needsValues: "it compares numbers, and the targets are something else"
    case .needsTwoClasses(let found): "it tells two classes apart, and there are \(found)"
    case .weightCount(let expected, let found): "it needs \(expected) weights, and has \(found)"
    case .invalidWeight: "its weights must be positive and finite"
    case .outOfRange(let parameter, let allowed): "`\(parameter)` must be \(allowed)"
    case .targetOutsideUnitInterval(let row): "the target of row \(row + 1) is not in 0…1"
    }
  }
}

extension Diagnostic {
  /// A run that took more than it may.
  static func limit(
    _ excess: RunLimits.Excess, _ step: Step, _ notebook: ExperimentNotebook
  ) -> Diagnostic {
    let place = notebook[step.block]?.range(of: "")
    switch excess {
    case .seconds(let limit):
      return Diagnostic(
        .error, "limit.time",
        "The run took longer than \(NumberFormat.general(6).text(limit)) s, and was ended in `\(step.id)`",
        at: place, notes: [.init("raise `limits: {time: …}` in `assay.yaml`, or `--limit time=…`")])
    case .bytes(let limit, let found):
      return Diagnostic(
        .error, "limit.memory",
        "The run held \(found) bytes, more than \(limit), and was ended in `\(step.id)`", at: place,
        notes: [.init("raise `limits: {memory: …}` in `assay.yaml`, or `--limit memory=…`")])
    }
  }
}
