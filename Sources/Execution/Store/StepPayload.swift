package import Experiments
package import Learning

/// What a step leaves for later ones.
package enum StepPayload: Sendable {
  /// Of `prepare`, `combine`, `compare` and `plot`: the result of the block.
  case result(RunResult)
  /// Of `train`: series, lengths and weights.
  case training(TrainingRecord)
  /// Of `evaluate`.
  case measurements([Measurement])
}
