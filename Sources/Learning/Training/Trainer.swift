package import Tensors

/// Trains one model on one data set, and evaluates it.
///
/// The result is a function of model, settings, data and key: threads, instruction set and
/// whoever watches change no bit.
package struct Trainer: Sendable {
  package let model: Sequential
  package let settings: TrainingSettings
  package let data: PreparedData
  package let key: RandomKey
  package let compute: Compute
  /// The loss with its weights counted on the training rows.
  package let loss: LossFunction
  /// What is measured on the validation part after every epoch; empty without one.
  package let validationMetrics: [Metric]

  /// Checks that model, loss and data fit each other.
  package init(
    model: Sequential, settings: TrainingSettings, data: PreparedData, key: RandomKey,
    compute: Compute
  ) throws(TrainingError) {
    do {
      loss = try LossFunction(settings.loss, training: data.trainingTargets)
    } catch {
      throw .loss(error)
    }
    let features = data.featureNames.count
    guard model.inputs == features else {
      throw .features(expected: features, found: model.inputs)
    }
    guard model.outputs == loss.outputs else {
      throw .outputs(expected: loss.outputs, found: model.outputs)
    }
    try Self.checkRanges(settings, rows: data.train.count)
    validationMetrics = try Self.validationMetrics(settings, data: data)
    self.model = model
    self.settings = settings
    self.data = data
    self.key = key
    self.compute = compute
  }

  /// Trains from fresh weights, from given ones, or on from where a training stood.
  ///
  /// - Parameters:
  ///   - state: where this very training stood; the record has the bits of one never interrupted.
  ///   - initial: weights to start from; nil: as the model's initialisers draw them from the key.
  ///   - checkpoint: when the state is handed out to be kept, if ever; changes no bit.
  ///   - progress: called after every step; false ends training with `cancelled`.
  package func train(
    resuming state: TrainingState? = nil, initial: ParameterSet? = nil,
    checkpoint: CheckpointPolicy? = nil, progress: (TrainingProgress) -> Bool = { _ in true }
  ) throws(TrainingError) -> TrainingRecord {
    var run: TrainingRun
    if let state {
      run = TrainingRun(self, resuming: state)
    } else {
      let start = initial ?? model.initialParameters(key: key, compute: compute)
      run = TrainingRun(self, initial: start)
    }
    return try run.run(checkpoint, progress)
  }

  /// The model's outputs, mean loss and scores on some rows, with given weights.
  package func evaluate(_ parameters: ParameterSet, on samples: Samples) -> Evaluation {
    let network = Network(model, initial: parameters, key: key)
    return evaluate(network, on: samples, tape: Tape(compute: compute))
  }

  func evaluate(_ network: Network, on samples: Samples, tape: Tape) -> Evaluation {
    Evaluation(
      outputs: network.outputs(of: samples.features, on: tape), targets: samples.targets,
      loss: loss, kind: data.kind, compute: compute)
  }

  private static func checkRanges(
    _ settings: TrainingSettings, rows: Int
  ) throws(TrainingError) {
    let limit = 1_000_000_000
    switch settings.length {
    case .epochs(let epochs) where !(1...limit).contains(epochs):
      throw .outOfRange(parameter: "epochs", allowed: "1 to \(limit)")
    case .steps(let steps) where !(1...limit).contains(steps):
      throw .outOfRange(parameter: "steps", allowed: "1 to \(limit)")
    default: break
    }
    guard settings.duration(rows: rows).steps <= limit else {
      throw .outOfRange(parameter: "epochs", allowed: "at most \(limit) steps in all")
    }
    guard (1...limit).contains(settings.batchSize) else {
      throw .outOfRange(parameter: "batch_size", allowed: "1 to \(limit)")
    }
    guard (1...limit).contains(settings.grain) else {
      throw .outOfRange(parameter: "grain", allowed: "1 to \(limit)")
    }
    if let norm = settings.clipping.maximumNorm, !(norm > 0) {
      throw .outOfRange(parameter: "max_grad_norm", allowed: "above 0")
    }
    if let value = settings.clipping.maximumValue, !(value > 0) {
      throw .outOfRange(parameter: "max_grad_value", allowed: "above 0")
    }
  }

  /// The metrics asked for that apply, and those that something monitors.
  private static func validationMetrics(
    _ settings: TrainingSettings, data: PreparedData
  ) throws(TrainingError) -> [Metric] {
    var metrics = settings.validationMetrics.filter { $0.applies(to: data.kind) }
    var monitors = [settings.earlyStopping?.monitor].compactMap(\.self)
    if case .reduceOnPlateau(let plateau) = settings.schedule.shape {
      monitors.append(plateau.monitor)
    }
    for monitor in monitors where monitor != "train.loss" {
      guard let metric = Self.metric(monitored: monitor), metric.applies(to: data.kind) else {
        let names = Metric.all.filter { $0.applies(to: data.kind) }
          .map { "validation.\($0.name)" }
        throw .unknownMonitor(monitor, available: ["train.loss"] + names)
      }
      if data.validation == nil { throw .noValidation(monitor: monitor) }
      if !metrics.contains(metric) { metrics.append(metric) }
    }
    return data.validation == nil ? [] : metrics
  }

  static func metric(monitored name: String) -> Metric? {
    let prefix = "validation."
    return name.hasPrefix(prefix) ? Metric(name: String(name.dropFirst(prefix.count))) : nil
  }
  /// Whether the series that early stopping monitors is better when it is larger.
  static func rises(_ rule: TrainingSettings.EarlyStopping) -> Bool {
    (metric(monitored: rule.monitor) ?? .loss).risesWhenBetter
  }
}
