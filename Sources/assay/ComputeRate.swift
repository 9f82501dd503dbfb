internal import Execution
internal import Experiments

/// How fast steps are computed, for estimates of time.
struct ComputeRate {
  let flopPerSecond: Double
  /// Whether it was measured on steps of the plan that the store has.
  let isMeasured: Bool

  /// - Parameter store: whose run logs are asked.
  init(of plan: Plan, in store: Store) {
    var flop = 0.0
    var seconds = 0.0
    var seen: Set<Fingerprint> = []
    for step in plan.steps where step.cost.flop > 0 && seen.insert(step.fingerprint).inserted {
      guard let log = store.log(of: step.fingerprint), log.seconds > 0 else { continue }
      flop += Double(step.cost.flop)
      seconds += log.seconds
    }
    isMeasured = seconds > 0
    flopPerSecond = isMeasured ? flop / seconds : Cost.flopPerSecond
  }

  func seconds(for cost: Cost) -> Double { Double(cost.flop) / flopPerSecond }

  /// `1.2e+9 flop/s`, and where it comes from.
  var text: String {
    NumberFormat.general(2).text(flopPerSecond)
      + (isMeasured ? " flop/s as measured before" : " flop/s")
  }
}

extension Double {
  /// Seconds for people: `<0.1 s`, `2.3 s`, `48 s`, `12 min`, `3.5 h`.
  var aboutSecondsText: String {
    switch self {
    case ..<0.1: "<0.1 s"
    case ..<10: NumberFormat.fixed(1).text(self) + " s"
    case ..<120: NumberFormat.integer.text(self) + " s"
    case ..<7200: NumberFormat.integer.text(self / 60) + " min"
    default: NumberFormat.fixed(1).text(self / 3600) + " h"
    }
  }
}
