internal import Tensors

/// One cycle up and down (torch `OneCycleLR`).
package struct OneCycle: Sendable, Hashable {
  /// How the rate goes from one corner to the next.
  package enum Annealing: String, Sendable, Hashable, CaseIterable {
    case cosine = "cos"
    case linear
  }

  /// The highest rate.
  package var maximum: Double
  /// Share of the cycle spent rising; default 0.3.
  package var riseShare: Double
  /// First rate = maximum / this; default 25.
  package var initialDivisor: Double
  /// Last rate = first rate / this; default 10⁴.
  package var finalDivisor: Double
  package var annealing: Annealing
  /// Down to the first rate as long as up, then to the last one; default false.
  package var threePhase: Bool

  package init(
    maximum: Double, riseShare: Double = 0.3, initialDivisor: Double = 25,
    finalDivisor: Double = 1e4, annealing: Annealing = .cosine, threePhase: Bool = false
  ) {
    self.maximum = maximum
    self.riseShare = riseShare
    self.initialDivisor = initialDivisor
    self.finalDivisor = finalDivisor
    self.annealing = annealing
    self.threePhase = threePhase
  }

  func rate(at t: Int, total: Int) -> Double {
    let first = maximum / initialDivisor
    let last = first / finalDivisor
    let steps = Double(total)
    var corners: [(end: Double, from: Double, to: Double)] = [
      (riseShare * steps - 1, first, maximum)
    ]
    if threePhase { corners.append((2 * riseShare * steps - 2, maximum, first)) }
    corners.append((steps - 1, threePhase ? first : maximum, last))
    var start = 0.0
    let step = Double(t)
    for (index, corner) in corners.enumerated() {
      if step <= corner.end || index == corners.count - 1 {
        let length = corner.end - start
        let share = length > 0 ? min(1, (step - start) / length) : 1
        return anneal(from: corner.from, to: corner.to, share: share)
      }
      start = corner.end
    }
    return last
  }

  private func anneal(from start: Double, to end: Double, share: Double) -> Double {
    switch annealing {
    case .cosine: end + (start - end) / 2 * (DoubleMath.cospi(share) + 1)
    case .linear: (end - start) * share + start
    }
  }
}
