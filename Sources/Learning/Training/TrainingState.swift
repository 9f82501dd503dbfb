/// A training between two steps: all that the steps to come depend on, and all that was measured.
///
/// The rest (model, settings, data, key) is the ``Trainer``'s. Going on from a state gives the bits
/// of a training that was never interrupted.
package struct TrainingState: Sendable {
  /// Steps taken, at least 1.
  ///
  /// When the last of them was its epoch's last, that epoch is not validated yet.
  package let step: Int
  package let parameters: ParameterSet
  /// Weights of the best epoch so far, with early stopping.
  let best: ParameterSet?
  let optimizer: OptimizerState
  let plateau: PlateauState?
  let stopping: EarlyStoppingState?
  let log: TrainingLog
  /// Seconds of work until here, as whoever keeps states counts them; nothing depends on them.
  package var seconds = 0.0
}

/// Why bytes are not a state of a training.
package enum TrainingStateError: Error, Sendable, Hashable {
  /// They are not a safetensors file, or a damaged one.
  case file(SafetensorsError)
  /// A file of another kind or of another version of this one.
  case otherFormat
  /// The state of a training with another identity.
  case otherTraining(identity: String)
  /// A part of the state that this training cannot have.
  case misfit(part: String, expected: String)
}

extension TrainingStateError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .file(let error): "the state of the training is damaged: \(error)"
    case .otherFormat: "this is not the state of a training, or one of another version"
    case .otherTraining(let identity): "this is the state of another training: \(identity)"
    case .misfit(let part, let expected):
      "this is not a state of this training: \(part) should be \(expected)"
    }
  }
}
