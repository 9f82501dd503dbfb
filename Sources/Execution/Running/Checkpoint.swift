internal import Experiments
internal import Glibc
internal import Learning

/// The file in which a training keeps its state while it goes on, so that a killed one can be
/// taken up again.
struct Checkpoint {
  private let path: String
  private let identity: String
  private let seconds: Double

  /// Nil where nothing is kept.
  init?(of step: Step, _ options: RunOptions) {
    guard let store = options.store, store.access == .readWrite,
      let seconds = options.checkpointSeconds
    else { return nil }
    path = store.checkpointPath(of: step.fingerprint)
    identity = step.fingerprint.hexadecimal
    self.seconds = seconds
  }

  /// Where an interrupted training of the same step stood; nil when there is none, or none that
  /// can be relied on: then the training begins anew.
  func state(for trainer: some ModelTrainer) -> TrainingState? {
    guard let bytes = try? UserFile.contents(of: path, limit: 1 << 34) else { return nil }
    return try? TrainingState(decoding: bytes, identity: identity, trainer: trainer)
  }

  /// Keeps states; where that fails the training goes on without.
  ///
  /// - Parameter clock: tells how long the step has taken.
  func policy(_ clock: StepClock) -> CheckpointPolicy {
    CheckpointPolicy(every: .seconds(seconds)) { state in
      var state = state
      state.seconds = clock.seconds
      try? AtomicFile.write(state.encoded(identity: identity), to: path)
    }
  }

  /// Removes the file once the step is done, and what killed processes left beside it.
  func remove() {
    unlink(path)
    guard let slash = path.lastIndex(of: "/") else { return }
    let (folder, name) = (String(path[..<slash]), path[path.index(after: slash)...])
    for left in FileTree.names(in: folder) where left.hasPrefix("\(name).") {
      unlink("\(folder)/\(left)")
    }
  }
}
