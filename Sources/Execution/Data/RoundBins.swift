/// Equal bins between round numbers, about ten of them, that hold all values.
package struct RoundBins {
  /// Ascending multiples of one step of the form 1, 2 or 5 times a power of ten.
  package let edges: [Double]
  /// Values in `edges[i]..<edges[i + 1]`; the last bin includes its end.
  package let counts: [Int]

  /// nil for no values, or values too far apart or too close together to be binned.
  package init?(_ values: [Double]) {
    guard let low = values.min(), let high = values.max(), (high - low).isFinite else {
      return nil
    }
    guard let step = RoundWidth(atLeast: high > low ? (high - low) / 10 : 1) else { return nil }
    // Beyond, neighbouring multiples are the same number.
    guard max(low.magnitude, high.magnitude) / step.width < 1e15 else { return nil }
    let first = step.index(below: low)
    var last = step.index(below: high)
    if last == first || step.multiple(last) < high { last += 1 }
    guard last > first, last - first <= 64 else { return nil }
    edges = (first...last).map(step.multiple)
    var counts = [Int](repeating: 0, count: last - first)
    for value in values {
      let bin = min(max(0, step.index(below: value) - first), counts.count - 1)
      counts[bin] += 1
    }
    self.counts = counts
  }
}

/// 1, 2 or 5 times a power of ten, with multiples rounded once.
private struct RoundWidth {
  /// The step is `numerator / denominator`; one of the two is a digit.
  private let numerator: Double
  private let denominator: Double

  var width: Double { numerator / denominator }

  init?(atLeast width: Double) {
    guard width.isFinite, width > 1e-18, width < 1e18 else { return nil }
    var power = 1.0
    if width >= 1 {
      while power * 10 <= width { power *= 10 }
      let digit = [1.0, 2, 5, 10].first { $0 * power >= width } ?? 10
      (numerator, denominator) = (digit * power, 1)
    } else {
      while 1 / power > width { power *= 10 }
      let digit = [1.0, 2, 5, 10].first { $0 / power >= width } ?? 10
      (numerator, denominator) = (digit, power)
    }
  }

  func multiple(_ index: Int) -> Double { Double(index) * numerator / denominator }

  /// The largest index whose multiple is not above the value.
  func index(below value: Double) -> Int {
    let guess = (value / width).rounded(.down)
    var index = Int(max(-1e15, min(1e15, guess)))
    while multiple(index) > value { index -= 1 }
    while multiple(index + 1) <= value { index += 1 }
    return index
  }
}
