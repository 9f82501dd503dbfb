/// A distance between ticks: 1, 2 or 5 times a power of ten, so that every tick is a short decimal.
struct RoundStep: Sendable, Hashable {
  /// 1, 2 or 5.
  let factor: Int
  /// The power of ten.
  let power: Int

  /// The smallest step that is not below a width (finite, positive); with `whole`, at least 1.
  static func smallest(atLeast width: Double, whole: Bool) -> RoundStep {
    let exponent = decimalOrder(width)
    var step = RoundStep(factor: 1, power: whole ? max(0, exponent) : exponent)
    while step.size < width { step = step.next }
    return step
  }

  var next: RoundStep {
    switch factor {
    case 1: RoundStep(factor: 2, power: power)
    case 2: RoundStep(factor: 5, power: power)
    default: RoundStep(factor: 1, power: power + 1)
    }
  }

  /// The step as the nearest double.
  var size: Double { Double("\(factor)e\(power)") ?? 1 }

  /// The multiples of the step between two values, or just enclosing them.
  ///
  /// The caller keeps `low` and `high` within 10⁹ widths of zero, so multiples fit in an `Int`.
  func span(_ low: Double, _ high: Double, outward: Bool) -> ClosedRange<Int> {
    let lowest = low / size
    let highest = high / size
    // A quotient a rounding error away from a whole number is that number.
    func snapped(_ quotient: Double) -> Double? {
      let near = quotient.rounded()
      return (quotient - near).magnitude <= 1e-9 * max(1, near.magnitude) ? near : nil
    }
    let first = snapped(lowest) ?? lowest.rounded(outward ? .down : .up)
    let last = snapped(highest) ?? highest.rounded(outward ? .up : .down)
    let start = Int(exactly: first) ?? 0
    return start...max(start, Int(exactly: last) ?? 0)
  }

  /// Ticks at the multiples, labelled with a common number of decimals, or all scientifically where
  /// zeros would hide the numbers.
  func ticks(_ multiples: ClosedRange<Int>) -> [AxisScale.Tick] {
    let scientificTexts = multiples.map(scientific)
    let scientificWidth = scientificTexts.map(\.utf8.count).max() ?? 0
    let largest = max(multiples.lowerBound.magnitude, multiples.upperBound.magnitude)
    // Bounds the plain text before it is made: it may have hundreds of zeros.
    let order = decimalOrder(Double(largest)) + power
    let plainTexts = order < 15 && power > -15 ? multiples.map(fixed) : nil
    let plainWidth = plainTexts?.map(\.utf8.count).max() ?? .max
    let isPlain = plainWidth <= max(6, scientificWidth)
    let texts = isPlain ? plainTexts ?? scientificTexts : scientificTexts
    return zip(multiples, texts).map { AxisScale.Tick(value: value($0), label: $1) }
  }

  /// A single tick, labelled on its own.
  func tick(_ multiple: Int) -> AxisScale.Tick {
    AxisScale.Tick(
      value: value(multiple),
      label: (-4...5).contains(power) ? fixed(multiple) : scientific(multiple))
  }

  private func value(_ multiple: Int) -> Double { Double("\(multiple * factor)e\(power)") ?? 0 }

  private func fixed(_ multiple: Int) -> String {
    let number = multiple * factor
    guard power < 0 else {
      return number == 0 ? "0" : "\(number)" + String(repeating: "0", count: power)
    }
    var digits = String(number.magnitude)
    if digits.count <= -power {
      digits = String(repeating: "0", count: -power + 1 - digits.count) + digits
    }
    let point = digits.index(digits.endIndex, offsetBy: power)
    return (number < 0 ? "-" : "") + digits[..<point] + "." + digits[point...]
  }

  private func scientific(_ multiple: Int) -> String {
    let number = multiple * factor
    guard number != 0 else { return "0" }
    var digits = String(number.magnitude)
    let exponent = power + digits.count - 1
    while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
    let fraction = digits.dropFirst()
    return (number < 0 ? "-" : "") + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
      + "e\(exponent)"
  }
}
