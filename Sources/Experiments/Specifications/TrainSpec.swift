/// One training: a model, data, and how to go about it.
package struct TrainSpec: Sendable, Hashable {
  package var model: ComponentReference<ModelSpec> = .named("")
  package var data: ComponentReference<DatasetSpec> = .named("")
  /// nil: cross entropy for classes, mean squared error for numbers.
  package var loss: LossSpec?
  package var optimizer: OptimizerSpec = .adamw(AdamSpec(weightDecay: 0.01))
  package var schedule: ScheduleSpec = .constant(ConstantScheduleSpec())
  /// At most one of `epochs` and `steps` is set; neither: three epochs.
  package var epochs: Int?
  package var steps: Int?
  package var batchSize = 32
  /// Rows whose gradients are summed in one chain; part of the numeric law.
  package var grain = 256
  package var shuffle = true
  /// Clips the norm of all gradients together.
  package var maxGradNorm: Double?
  /// Clips each gradient element to ± this.
  package var maxGradValue: Double?
  package var earlyStopping: EarlyStoppingSpec?

  package init() {}

  /// How long to train, the default filled in.
  package var duration: TrainingDuration {
    if let steps { return .steps(steps) }
    return .epochs(epochs ?? 3)
  }

  /// The loss, the default filled in for data with or without classes.
  package func effectiveLoss(classes: Bool) -> LossSpec {
    loss ?? (classes ? .crossEntropy(CrossEntropySpec()) : .mse)
  }
}

/// Length of a training.
package enum TrainingDuration: Sendable, Hashable {
  case epochs(Int)
  case steps(Int)
}

/// Ends training when a measure stops getting better, and goes back to the best weights.
package struct EarlyStoppingSpec: Sendable, Hashable {
  package var monitor = MonitoredMetric.loss
  /// Evaluations without improvement that are borne.
  package var patience = 3
  /// Smaller improvements count as none.
  package var minDelta = 0.0

  package init() {}
}

/// A measure of the validation part; `loss`, `mse` and `mae` are better when small.
package enum MonitoredMetric: String, Sendable, Hashable, CaseIterable {
  case loss = "validation.loss"
  case accuracy = "validation.accuracy"
  case macroF1 = "validation.macro_f1"
  case mse = "validation.mse"
  case mae = "validation.mae"
  case r2 = "validation.r2"

  /// The metric to measure on the validation part; nil: the loss.
  package var metric: MetricName? { MetricName(rawValue: String(rawValue.dropFirst(11))) }
}
