/// Why training did not give a model.
package enum TrainingError: Error, Sendable, Hashable {
  /// Loss or gradient became infinite or NaN; `step` counts from 1.
  case diverged(step: Int, loss: Double, rate: Double)
  /// The progress callback asked to stop, after so many steps.
  case cancelled(step: Int)
  /// The loss does not fit the data.
  case loss(LossMismatch)
  /// The model gives `found` outputs where the loss needs `expected`.
  case outputs(expected: Int, found: Int)
  /// The model takes `found` features where the data has `expected`.
  case features(expected: Int, found: Int)
  /// A BERT does not fit what it is trained on.
  case bert(BertMismatch)
  /// A monitored series that this training does not measure; `available` are measured.
  case unknownMonitor(String, available: [String])
  /// A monitored validation series without a validation part.
  case noValidation(monitor: String)
  /// A setting is out of its range.
  case outOfRange(parameter: String, allowed: String)
}
