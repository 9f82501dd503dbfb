package import Experiments
package import Learning

/// What a step leaves for later ones.
package enum StepPayload: Sendable {
  /// Of `prepare`, `combine`, `compare` and `plot`: the result of the block.
  case result(RunResult)
  /// Of `tokenize`.
  case tokenizer(TokenizerRecord)
  /// Of `train`: series, lengths and weights.
  case training(TrainingRecord)
  /// Of `evaluate`.
  case measurements([Measurement])

  /// What a block reports whose last step leaves this.
  var result: RunResult? {
    switch self {
    case .result(let result): result
    case .tokenizer(let record): record.result
    case .training, .measurements: nil
    }
  }
}
