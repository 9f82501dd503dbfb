/// How a number is printed: locale-free, from its shortest round-trip digits, half away from zero.
///
/// A zero never carries a sign, not even one that rounding made. NaN prints as `NaN`, infinities as
/// `inf` and `-inf`, in every format. Where plain notation would need more than
/// ``NumberFormat/longestInteger`` digits before the point, the number is printed scientifically.
package enum NumberFormat: Sendable, Hashable {
  /// `93.2 %`: the share times one hundred with `n` decimals.
  case percent(Int)
  /// `0.932`: exactly `n` digits after the point.
  case fixed(Int)
  /// `9.32e-1`: `n` digits after the point of the mantissa.
  case scientific(Int)
  /// Rounded to a whole number.
  case integer
  /// Exactly `n` significant digits: `0.0320`, `1.20e-7`.
  case significant(Int)
  /// At most `n` significant digits, without trailing zeros: `0.001`, `0.3333`.
  case general(Int)
  /// A whole number as such; a mean of counts with one decimal.
  case count

  /// Most digits after the point or significant digits that may be asked for.
  package static let longestFraction = 17
  /// Most digits before the decimal point in plain notation.
  package static let longestInteger = 18

  /// What is printed when nobody says otherwise.
  package static func standard(for quantity: Quantity) -> NumberFormat {
    switch quantity {
    case .count: .count
    case .ratio: .percent(1)
    case .loss: .significant(4)
    case .real: .general(4)
    }
  }

  /// The name that follows `as` in an expression; the last two formats have none.
  package static let namedStyles: [(name: String, takesDigits: Bool, standardDigits: Int)] = [
    ("percent", true, 1), ("fixed", true, 2), ("scientific", true, 2), ("integer", false, 0),
    ("significant", true, 3),
  ]

  /// The format that an expression names: `as percent 1`; nil for an unknown name.
  package init?(name: String, digits: Int) {
    let digits = min(max(0, digits), Self.longestFraction)
    switch name {
    case "percent": self = .percent(digits)
    case "fixed": self = .fixed(digits)
    case "scientific": self = .scientific(digits)
    case "integer": self = .integer
    case "significant": self = .significant(max(1, digits))
    default: return nil
    }
  }

  /// The number as text.
  package func text(_ value: Double) -> String {
    guard let digits = DecimalDigits(value) else {
      return value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf"
    }
    switch self {
    case .percent(let places): return Self.plain(digits.shifted(by: 2), places) + " %"
    case .fixed(let places): return Self.plain(digits, places)
    case .integer: return Self.plain(digits, 0)
    case .count: return Self.plain(digits, digits.placesNeeded == 0 ? 0 : 1)
    case .scientific(let places): return Self.scientific(digits, places)
    case .significant(let count):
      let rounded = digits.rounded(significant: count)
      guard Self.isPlain(rounded, significant: count) else {
        return Self.scientific(digits, count - 1)
      }
      return rounded.plain(places: max(0, count - 1 - rounded.order))
    case .general(let count):
      let rounded = digits.rounded(significant: count)
      guard Self.isPlain(rounded, significant: count) else {
        return rounded.scientific(places: max(0, rounded.digits.count - 1))
      }
      return rounded.plain(places: rounded.placesNeeded)
    }
  }

  /// One format for a whole column, so that its numbers align and can be compared by eye.
  ///
  /// Ratios and counts keep their own; for the others enough decimals that the smallest magnitude
  /// other than zero keeps three significant digits (at most eight decimals), or scientific
  /// notation when the magnitudes span more than six powers of ten or leave 10⁻⁴ … 10⁹.
  package static func common(for quantity: Quantity, _ values: some Sequence<Double>)
    -> NumberFormat
  {
    let digits = values.compactMap(DecimalDigits.init)
    switch quantity {
    case .ratio: return .percent(1)
    case .count: return digits.allSatisfy { $0.placesNeeded == 0 } ? .integer : .fixed(1)
    case .loss, .real:
      let orders = digits.filter { !$0.digits.isEmpty }.map(\.order)
      guard let low = orders.min(), let high = orders.max() else {
        return .fixed(quantity == .loss ? 4 : 0)
      }
      if high - low > 6 || low < -4 || high >= 9 { return .scientific(3) }
      let wanted = min(8, max(0, max(2 - low, 3 - high)))
      // Hyper-parameters and the like: no more decimals than the values have.
      let needed = digits.map(\.placesNeeded).max() ?? 0
      return .fixed(quantity == .loss ? wanted : min(wanted, needed))
    }
  }

  private static func isPlain(_ rounded: DecimalDigits, significant count: Int) -> Bool {
    rounded.order >= -4 && rounded.order < max(6, min(count, longestInteger))
  }

  private static func plain(_ digits: DecimalDigits, _ places: Int) -> String {
    let rounded = digits.rounded(places: places)
    guard rounded.exponent <= longestInteger else { return scientific(digits, max(2, places)) }
    return rounded.plain(places: places)
  }

  private static func scientific(_ digits: DecimalDigits, _ places: Int) -> String {
    digits.rounded(significant: places + 1).scientific(places: places)
  }
}

extension NumberFormat: CustomStringConvertible {
  /// As an expression spells it.
  package var description: String {
    switch self {
    case .percent(let digits): "percent \(digits)"
    case .fixed(let digits): "fixed \(digits)"
    case .scientific(let digits): "scientific \(digits)"
    case .integer: "integer"
    case .significant(let digits): "significant \(digits)"
    case .general(let digits): "general \(digits)"
    case .count: "count"
    }
  }
}
