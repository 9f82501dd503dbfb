/// What training measured, and the weights it ended with.
package struct TrainingRecord: Sendable {
  /// Values along training.
  package struct Series: Sendable, Hashable {
    /// `train.loss`, `lr`, `validation.loss`, `validation.accuracy`, ….
    package let name: String
    /// What ``x`` counts, from 1.
    package let axis: Schedule.Unit
    package let x: [Int]
    /// For every value the number of steps taken when it was measured.
    package let steps: [Int]
    package let values: [Double]

    package init(
      name: String, axis: Schedule.Unit, x: [Int], steps: [Int], values: [Double]
    ) {
      self.name = name
      self.axis = axis
      self.x = x
      self.steps = steps
      self.values = values
    }
  }

  /// `train.loss` and `lr` by step and by epoch, `validation.*` by epoch.
  ///
  /// By step, the loss is the batch's mean before its step; by epoch, the mean over the epoch's
  /// rows (the last epoch may be cut). The epoch's `lr` is that of its last step.
  package let series: [Series]
  /// Epochs begun.
  package let epochs: Int
  /// Optimiser steps taken.
  package let steps: Int
  /// The epoch whose weights these are, from 1, when early stopping chose; the first of equals.
  package let bestEpoch: Int?
  /// Whether training ended before its time.
  package let stoppedEarly: Bool
  /// Final weights: the best epoch's with early stopping, else the last.
  package let parameters: ParameterSet
  /// Which tensors came from other weights; nil for a training that began afresh.
  package var transfer: WeightTransfer?

  /// Puts a record together from its parts, as one that was kept is.
  package init(
    series: [Series], epochs: Int, steps: Int, bestEpoch: Int?, stoppedEarly: Bool,
    parameters: ParameterSet, transfer: WeightTransfer? = nil
  ) {
    self.series = series
    self.epochs = epochs
    self.steps = steps
    self.bestEpoch = bestEpoch
    self.stoppedEarly = stoppedEarly
    self.parameters = parameters
    self.transfer = transfer
  }

  /// The series of a name along an axis.
  package func series(_ name: String, by axis: Schedule.Unit) -> Series? {
    series.first { $0.name == name && $0.axis == axis }
  }
}

/// Where training stands, for whoever watches.
package struct TrainingProgress: Sendable, Hashable {
  /// Steps taken, from 1.
  package let step: Int
  /// Steps planned.
  package let totalSteps: Int
  /// The epoch of the step, from 1.
  package let epoch: Int
  /// Loss of the step's batch.
  package let loss: Double
  /// Learning rate of the step.
  package let rate: Double
}
