extension TrainingSettings {
  /// Refuses numbers out of their ranges.
  ///
  /// - Parameter rows: samples an epoch.
  func checkRanges(rows: Int) throws(TrainingError) {
    let limit = 1_000_000_000
    switch length {
    case .epochs(let epochs) where !(1...limit).contains(epochs):
      throw .outOfRange(parameter: "epochs", allowed: "1 to \(limit)")
    case .steps(let steps) where !(1...limit).contains(steps):
      throw .outOfRange(parameter: "steps", allowed: "1 to \(limit)")
    default: break
    }
    guard duration(rows: rows).steps <= limit else {
      throw .outOfRange(parameter: "epochs", allowed: "at most \(limit) steps in all")
    }
    guard (1...limit).contains(batchSize) else {
      throw .outOfRange(parameter: "batch_size", allowed: "1 to \(limit)")
    }
    guard (1...limit).contains(grain) else {
      throw .outOfRange(parameter: "grain", allowed: "1 to \(limit)")
    }
    if let norm = clipping.maximumNorm, !(norm > 0) {
      throw .outOfRange(parameter: "max_grad_norm", allowed: "above 0")
    }
    if let value = clipping.maximumValue, !(value > 0) {
      throw .outOfRange(parameter: "max_grad_value", allowed: "above 0")
    }
    guard parameters.layerwiseRateDecay > 0, parameters.layerwiseRateDecay <= 1 else {
      throw .outOfRange(parameter: "layerwise_lr_decay", allowed: "above 0 and at most 1")
    }
    try checkAccumulation()
  }

  /// A batch is cut between grains only (rule 7).
  private func checkAccumulation() throws(TrainingError) {
    let passes = gradientAccumulationSteps
    if passes == 1 { return }
    guard passes > 1, batchSize % passes == 0, batchSize / passes % grain == 0 else {
      throw .outOfRange(
        parameter: "gradient_accumulation_steps",
        allowed: "such that each pass takes whole grains: `batch_size` \(batchSize) divided by it "
          + "is a multiple of `grain` \(grain)")
    }
  }

  /// Series that schedule and early stopping look at.
  var monitors: [String] {
    var monitors = [earlyStopping?.monitor].compactMap(\.self)
    if case .reduceOnPlateau(let plateau) = schedule.shape { monitors.append(plateau.monitor) }
    return monitors
  }

  /// The metrics asked for that apply to some targets, and those that something monitors.
  func validationMetrics(
    of kind: TargetKind, hasValidation: Bool
  ) throws(TrainingError) -> [Metric] {
    var metrics = validationMetrics.filter { $0.applies(to: kind) }
    for monitor in monitors where monitor != "train.loss" {
      guard let metric = Self.metric(monitored: monitor), metric.applies(to: kind) else {
        let names = Metric.all.filter { $0.applies(to: kind) }.map { "validation.\($0.name)" }
        throw .unknownMonitor(monitor, available: ["train.loss"] + names)
      }
      if !hasValidation { throw .noValidation(monitor: monitor) }
      if !metrics.contains(metric) { metrics.append(metric) }
    }
    return hasValidation ? metrics : []
  }

  /// Refuses to monitor what a pre-training does not measure.
  func checkMonitors(
    of objective: PretrainingObjective, hasValidation: Bool
  ) throws(TrainingError) {
    let trained = (["loss"] + objective.lossParts).map { "train.\($0)" }
    let validated = objective.validationMeasures.map { "validation.\($0)" }
    for monitor in monitors where !trained.contains(monitor) {
      guard validated.contains(monitor) else {
        throw .unknownMonitor(monitor, available: trained + validated)
      }
      if !hasValidation { throw .noValidation(monitor: monitor) }
    }
  }

  private static func metric(monitored name: String) -> Metric? {
    let prefix = "validation."
    return name.hasPrefix(prefix) ? Metric(name: String(name.dropFirst(prefix.count))) : nil
  }
}
