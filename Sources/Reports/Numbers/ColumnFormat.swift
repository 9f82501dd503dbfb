internal import Experiments

/// A common way to print the numbers of one column: the same digits after the point for each
/// quantity, so that magnitudes can be compared by eye.
struct ColumnFormat: Sendable, Hashable {
  private var formats: [Quantity: NumberFormat] = [:]

  /// Chooses the digits for all numbers of the column.
  init(numbers: [(value: Double, quantity: Quantity)]) {
    for quantity in Quantity.allCases {
      let values = numbers.filter { $0.quantity == quantity }.map(\.value)
      if !values.isEmpty { formats[quantity] = NumberFormat.common(for: quantity, values) }
    }
  }

  /// The number's text: `NaN`, `inf` and `-inf` for those that are not finite.
  func text(_ value: Double, _ quantity: Quantity) -> String {
    (formats[quantity] ?? .standard(for: quantity)).text(value)
  }

  /// `93.2 ± 0.3 %`, the second number half the 95 % interval; without it for one seed.
  func text(_ statistic: Statistic, _ quantity: Quantity) -> String {
    let mean = text(statistic.mean, quantity)
    guard let half = statistic.halfInterval else { return mean }
    // The unit stands once, behind both numbers.
    let unit = " %"
    let bare = mean.hasSuffix(unit) ? String(mean.dropLast(unit.count)) : mean
    return "\(bare) ± \(text(half, quantity))"
  }
}

extension Statistic {
  /// Half the width of the 95 % interval; nil for one seed.
  var halfInterval: Double? { interval.map { $0.high / 2 - $0.low / 2 } }
}
