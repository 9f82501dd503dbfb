/// A stretch of an axis with its ticks, shared by the text plot and the drawing of a figure.
package struct AxisScale: Sendable, Hashable {
  /// How values are laid out along the axis.
  package enum Kind: String, Sendable, Hashable, CaseIterable { case linear, logarithmic }

  /// A marked place: an exact decimal and its text.
  package struct Tick: Sendable, Hashable {
    package let value: Double
    package let label: String
  }

  package let kind: Kind
  /// Ends of the axis, `low < high`; both positive on a logarithmic axis.
  package let low: Double
  package let high: Double
  /// Ascending, within the ends.
  package let ticks: [Tick]

  /// The place of a value: 0 at the low end, 1 at the high end, clamped beyond them.
  ///
  /// - Returns: nil for values that have no place: NaN, and non-positive ones on a logarithmic axis.
  package func fraction(of value: Double) -> Double? {
    guard !value.isNaN else { return nil }
    let part: Double
    switch kind {
    case .linear:
      part = (value - low) / (high - low)
    case .logarithmic:
      guard value > 0 else { return nil }
      guard value.isFinite else { return 1 }
      let start = commonLogarithm(low)
      part = (commonLogarithm(value) - start) / (commonLogarithm(high) - start)
    }
    return min(1, max(0, part))
  }

  /// An axis over the finite values, with at most `tickLimit` ticks (at least 3).
  ///
  /// - Parameters:
  ///   - values: what is to be shown; none gives the axis from 0 to 1.
  ///   - kind: a logarithmic axis without any positive value becomes the axis from 1 to 10.
  ///   - extended: whether the ends move outwards to ticks (y axes) or stay at the data (x axes).
  ///   - whole: whether ticks lie on whole numbers only (steps, epochs).
  package static func fitting(
    _ values: some Sequence<Double>, kind: Kind, tickLimit: Int, extended: Bool, whole: Bool = false
  ) -> AxisScale {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite && (kind == .linear || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    let limit = max(3, tickLimit)
    switch kind {
    case .linear:
      if low > high { (low, high) = (0, 1) }
      return linear(from: low, to: high, tickLimit: limit, extended: extended, whole: whole)
    case .logarithmic:
      if low > high { (low, high) = (1, 10) }
      return logarithmic(from: low, to: high, tickLimit: limit, extended: extended)
    }
  }

  // MARK: - Linear

  private static func linear(
    from rawLow: Double, to rawHigh: Double, tickLimit: Int, extended: Bool, whole: Bool
  ) -> AxisScale {
    var (low, high) = widened(rawLow, rawHigh)
    // A y axis that nearly reaches zero starts there, so that heights can be compared.
    if extended, low > 0, low < high / 4 { low = 0 }
    if extended, high < 0, high > low / 4 { high = 0 }
    // So does an axis of steps that begins with the first of many.
    if whole, low > 0, low <= (high - low) / 20 { low = 0 }
    // Halves first: the difference of two huge numbers overflows.
    let width = high / 2 - low / 2
    var step = RoundStep.smallest(atLeast: width / Double(tickLimit) * 2, whole: whole)
    while step.span(low, high, outward: extended).count > tickLimit { step = step.next }
    let span = step.span(low, high, outward: extended)
    let ticks = step.ticks(span)
    if let first = ticks.first?.value, let last = ticks.last?.value {
      if extended, first < last {
        (low, high) = (first, last)
      } else {
        // A tick may lie a rounding error beyond the data.
        (low, high) = (min(low, first), max(high, last))
      }
    }
    return AxisScale(kind: .linear, low: low, high: high, ticks: ticks)
  }

  /// A range with a width that arithmetic and labels can resolve; constants get room around them.
  private static func widened(_ rawLow: Double, _ rawHigh: Double) -> (Double, Double) {
    let extreme = 1e300
    let low = min(extreme, max(-extreme, rawLow))
    let high = min(extreme, max(-extreme, rawHigh))
    let magnitude = max(low.magnitude, high.magnitude)
    guard high - low < max(magnitude * 1e-9, 1e-290) else { return (low, high) }
    let half = magnitude < 1e-290 ? 0.5 : magnitude / 4
    return (low - half, high + half)
  }

  // MARK: - Logarithmic

  private static func logarithmic(
    from rawLow: Double, to rawHigh: Double, tickLimit: Int, extended: Bool
  ) -> AxisScale {
    let extreme = (low: 1e-300, high: 1e300)
    let low = min(extreme.high, max(extreme.low, rawLow))
    let high = min(extreme.high, max(extreme.low, rawHigh))
    if low < high, high < low * 1.6 {
      let narrow = linear(
        from: low, to: high, tickLimit: tickLimit, extended: extended, whole: false)
      if narrow.low > 0 {
        return AxisScale(
          kind: .logarithmic, low: narrow.low, high: narrow.high, ticks: narrow.ticks)
      }
    }
    let first = decade(low)
    let last = decade(high) + 1
    var stride = 0
    while true {
      let all = stride == 0 ? detailedTicks(first, last) : decadeTicks(first, last, stride)
      let start = all.lastIndex { $0.value <= low } ?? 0
      let end = all.firstIndex { $0.value >= high } ?? all.count - 1
      let ticks = Array(all[min(start, max(0, end - 1))...max(end, min(start + 1, all.count - 1))])
      if ticks.count <= tickLimit, let first = ticks.first, let last = ticks.last {
        return AxisScale(
          kind: .logarithmic, low: extended || low == high ? first.value : low,
          high: extended || low == high ? last.value : high,
          ticks: extended ? ticks : ticks.filter { (low...high).contains($0.value) })
      }
      stride += 1
    }
  }

  private static func decade(_ value: Double) -> Int { decimalOrder(value) }

  private static func detailedTicks(_ first: Int, _ last: Int) -> [Tick] {
    guard last - first <= 8 else { return decadeTicks(first, last, 1) }
    var ticks = (first..<last).flatMap { decade in
      [1, 2, 5].map { RoundStep(factor: $0, power: decade).tick(1) }
    }
    ticks.append(RoundStep(factor: 1, power: last).tick(1))
    return ticks
  }

  private static func decadeTicks(_ first: Int, _ last: Int, _ stride: Int) -> [Tick] {
    let count = (last - first + stride - 1) / stride
    return (0...max(1, count)).map { RoundStep(factor: 1, power: first + $0 * stride).tick(1) }
  }
}
