/// Times what is too short for one look at the clock.
struct Stopwatch {
  private let clock = ContinuousClock()

  /// Wall-clock seconds of one call of `body`.
  ///
  /// A first call, not counted, brings operands into the caches again (other workers ran
  /// meanwhile) and says how many calls fill the time.
  func seconds(milliseconds: Int, _ body: () -> Void) -> Double {
    let first = clock.measure(body)
    let calls = max(1, Int((Duration.milliseconds(milliseconds) / first).rounded(.up)))
    let all = clock.measure {
      for _ in 0..<calls { body() }
    }
    return all / .seconds(1) / Double(calls)
  }
}
