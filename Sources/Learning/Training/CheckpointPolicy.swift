/// When a training hands out its state, and to whom.
package struct CheckpointPolicy {
  /// How far apart two states are.
  package enum Interval: Sendable, Hashable {
    /// Wall-clock seconds by a clock that nobody sets; more where keeping a state takes long, so
    /// that it never costs more than a twentieth of the time.
    case seconds(Double)
    /// Exactly so many steps, at least 1.
    case steps(Int)
  }

  package let interval: Interval
  /// Keeps the state; called between two steps, on the thread that trains, which waits for it.
  ///
  /// It should not hold on to the state: weights that two own are copied before the next step.
  package let save: (TrainingState) -> Void

  /// - Parameter interval: default 10 seconds.
  package init(
    every interval: Interval = .seconds(10), save: @escaping (TrainingState) -> Void
  ) {
    self.interval = interval
    self.save = save
  }
}

/// Tells when the next state is due.
struct CheckpointTimer {
  private let policy: CheckpointPolicy
  private let clock = ContinuousClock()
  /// When the last state was kept, or training began.
  private var last: ContinuousClock.Instant
  /// How long keeping it took.
  private var cost = Duration.zero

  /// Training time to one of keeping.
  private static let patience = 19

  init(_ policy: CheckpointPolicy) {
    self.policy = policy
    last = clock.now
  }

  /// One look at the clock, or none.
  func isDue(after step: Int) -> Bool {
    switch policy.interval {
    case .steps(let steps): return step % max(1, steps) == 0
    case .seconds(let seconds):
      let elapsed = last.duration(to: clock.now)
      return elapsed >= cost * Self.patience && elapsed / .seconds(1) >= seconds
    }
  }

  mutating func save(_ state: TrainingState) {
    let start = clock.now
    policy.save(state)
    last = clock.now
    cost = start.duration(to: last)
  }

  /// Keeps the state of a training that is about to be cancelled.
  func saveLast(_ state: TrainingState) {
    policy.save(state)
  }
}
