extension ContinuousClock.Instant? {
  /// Whether the moment is over; never for none.
  var hasPassed: Bool { map { ContinuousClock.now > $0 } ?? false }
}

/// How often work on rows looks at the clock: each look costs some tens of nanoseconds.
enum DeadlineInterval {
  /// Whether the clock is looked at in this round.
  static func includes(_ round: Int) -> Bool { round & 4095 == 0 }
}
