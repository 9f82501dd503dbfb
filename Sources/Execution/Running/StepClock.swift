/// How long the work on a step takes, for run logs only: no result depends on it.
///
/// For one thread.
final class StepClock {
  private let start = ContinuousClock.now
  /// Seconds of work that an earlier run put into a training that this one takes up.
  private var earlier = 0.0

  /// Seconds in this run.
  var elapsed: Double { start.duration(to: .now) / .seconds(1) }

  /// Seconds in all runs that had a part in the step's result.
  var seconds: Double { earlier + elapsed }

  /// Counts what went into a state that training goes on from.
  func add(earlier seconds: Double) { earlier += seconds }
}
