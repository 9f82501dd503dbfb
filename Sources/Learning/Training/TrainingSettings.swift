/// How a model is trained, apart from the model and the data.
package struct TrainingSettings: Sendable, Hashable {
  /// How long training lasts.
  package enum Length: Sendable, Hashable {
    /// Passes over the training rows.
    case epochs(Int)
    /// Optimiser steps; the last pass may be cut.
    case steps(Int)
  }

  /// When training ends before its time.
  package struct EarlyStopping: Sendable, Hashable {
    /// A series measured once an epoch: `validation.loss`, `validation.accuracy`, `train.loss`, ….
    package var monitor: String
    /// Stop after so many epochs in a row without improvement; at least 1.
    package var patience: Int
    /// Only changes larger than this count as improvement.
    package var minimumDelta: Double

    package init(
      monitor: String = "validation.loss", patience: Int = 3, minimumDelta: Double = 0
    ) {
      self.monitor = monitor
      self.patience = patience
      self.minimumDelta = minimumDelta
    }
  }

  /// What supervised training makes small; pre-training has its own objectives.
  package var loss: Loss
  package var optimizer: Optimizer
  package var schedule: Schedule
  package var length: Length
  /// Samples a step, default 32; the last batch of an epoch may be smaller.
  package var batchSize: Int
  /// Samples a gradient grain (rule 7), default 256: it bears on the bits, never on the meaning.
  package var grain: Int
  /// Whether rows come in a new order every epoch (rule 6); default true.
  package var shuffle: Bool
  package var clipping: GradientClipping
  /// nil: train to the end and keep the last weights.
  package var earlyStopping: EarlyStopping?
  /// Measured on the validation part after every epoch, besides what is monitored; pre-training
  /// measures all it can.
  package var validationMetrics: [Metric]
  /// Which parameters are trained, how fast, and with what decay.
  package var parameters: ParameterRules
  /// Passes in which a batch is computed, each of whole grains; 1.
  ///
  /// It bears on memory only.
  package var gradientAccumulationSteps: Int
  /// Whether activations are computed a second time rather than kept; false.
  ///
  /// It bears on memory and time only.
  package var gradientCheckpointing: Bool

  package init(
    loss: Loss, optimizer: Optimizer, schedule: Schedule = Schedule(.constant), length: Length,
    batchSize: Int = 32, grain: Int = 256, shuffle: Bool = true,
    clipping: GradientClipping = GradientClipping(), earlyStopping: EarlyStopping? = nil,
    validationMetrics: [Metric] = [.loss, .accuracy],
    parameters: ParameterRules = ParameterRules(), gradientAccumulationSteps: Int = 1,
    gradientCheckpointing: Bool = false
  ) {
    self.loss = loss
    self.optimizer = optimizer
    self.schedule = schedule
    self.length = length
    self.batchSize = batchSize
    self.grain = grain
    self.shuffle = shuffle
    self.clipping = clipping
    self.earlyStopping = earlyStopping
    self.validationMetrics = validationMetrics
    self.parameters = parameters
    self.gradientAccumulationSteps = gradientAccumulationSteps
    self.gradientCheckpointing = gradientCheckpointing
  }

  /// Samples of a batch that are computed together at most.
  var rowsPerAccumulation: Int { max(1, batchSize / max(1, gradientAccumulationSteps)) }

  /// Steps an epoch over so many rows.
  package func stepsPerEpoch(rows: Int) -> Int {
    let size = max(1, batchSize)
    return max(1, rows / size + (rows % size == 0 ? 0 : 1))
  }

  /// Steps and epochs (the last may be cut) for so many rows.
  package func duration(rows: Int) -> (steps: Int, epochs: Int) {
    let perEpoch = stepsPerEpoch(rows: rows)
    switch length {
    case .epochs(let epochs):
      let (steps, overflow) = epochs.multipliedReportingOverflow(by: perEpoch)
      return (overflow ? .max : steps, epochs)
    case .steps(let steps):
      return (steps, steps / perEpoch + (steps % perEpoch == 0 ? 0 : 1))
    }
  }
  /// Where training stands right after its `step`-th step, or before the first for 0.
  ///
  /// After an epoch's last step that epoch is still the one in work: its end is to come.
  /// - Returns: the epoch in work, from 0, and how many of its batches are done.
  func place(ofStep step: Int, rows: Int) -> (epoch: Int, batches: Int) {
    guard step > 0 else { return (0, 0) }
    let (epoch, last) = (step - 1).quotientAndRemainder(dividingBy: stepsPerEpoch(rows: rows))
    return (epoch, last + 1)
  }
}
