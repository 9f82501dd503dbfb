package import Tensors

/// Trains one kind of model by the loop that all share.
///
/// The result is a function of model, settings, data and key: threads, instruction set and
/// whoever watches change no bit.
package protocol ModelTrainer: Sendable {
  associatedtype Task: TrainingTask

  var outline: TrainingOutline { get }
  var key: RandomKey { get }
  var compute: Compute { get }

  /// The parameters as the model's initialisers draw them from the key.
  func initialParameters() -> ParameterSet

  /// The model with given weights, in training.
  ///
  /// - Parameter parameters: such as ``TrainingOutline/accepts(_:)`` takes.
  func task(_ parameters: ParameterSet) -> Task
}

extension ModelTrainer {
  /// Trains from fresh weights, from given ones, or on from where a training stood.
  ///
  /// - Parameters:
  ///   - state: where this very training stood; the record has the bits of one never interrupted.
  ///   - initial: weights to start from: those of the same name and shape are taken over, the
  ///     others are drawn (``WeightTransfer``); nil: all are drawn.
  ///   - checkpoint: when the state is handed out to be kept, if ever; changes no bit.
  ///   - progress: called after every step; false ends training with `cancelled`.
  package func train(
    resuming state: TrainingState? = nil, initial: ParameterSet? = nil,
    checkpoint: CheckpointPolicy? = nil, progress: (TrainingProgress) -> Bool = { _ in true }
  ) throws(TrainingError) -> TrainingRecord {
    var run: TrainingRun<Task>
    if let state {
      run = TrainingRun(self, resuming: state)
    } else {
      let start = initial.map(startingParameters) ?? initialParameters()
      run = TrainingRun(self, initial: start)
    }
    return try run.run(checkpoint, progress)
  }

  /// The parameters before training that begins from given weights.
  package func startingParameters(_ given: ParameterSet) -> ParameterSet {
    // Drawing a large model anew takes time, and here nothing of it would be left.
    if outline.accepts(given) { return given }
    return WeightTransfer(from: given.shapes, to: outline.parameters)
      .parameters(from: given, fresh: initialParameters())
  }
}
