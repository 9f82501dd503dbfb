/// The logarithm to base ten of a positive finite number, from exact operations only.
///
/// A C library's `log10` may differ between machines in the last bit, and plots must not. The
/// argument is split as m·2ᵉ with m in [√½, √2); ln m = 2·atanh((m−1)/(m+1)) by its power series.
/// The error is below 4·10⁻¹⁵ of the result's scale, far finer than any plot.
///
/// - Returns: NaN for arguments that are not positive and finite.
func commonLogarithm(_ value: Double) -> Double {
  guard value > 0, value.isFinite else { return .nan }
  var exponent = Double(value.exponent)
  var mantissa = value.significand
  if mantissa > 1.4142135623730951 {
    mantissa /= 2
    exponent += 1
  }
  let ratio = (mantissa - 1) / (mantissa + 1)
  let square = ratio * ratio
  var sum = 0.0
  // |ratio| < 0.172, so 12 terms leave less than 10⁻¹⁹.
  for term in stride(from: 23, through: 1, by: -2) { sum = sum * square + 1 / Double(term) }
  let naturalOfTwo = 0.6931471805599453
  let naturalOfTen = 2.302585092994046
  return (exponent * naturalOfTwo + 2 * ratio * sum) / naturalOfTen
}

/// The power of ten of a number's first digit: 2 for 345, −1 for 0.5; 0 for zero and non-finite.
func decimalOrder(_ value: Double) -> Int {
  let estimate = commonLogarithm(value.magnitude).rounded(.down)
  guard estimate.isFinite else { return 0 }
  var order = Int(estimate)
  // The logarithm may be off by its last bit beside a power of ten; the powers themselves are not.
  if let above = Double("1e\(order + 1)"), value.magnitude >= above { order += 1 }
  if let own = Double("1e\(order)"), value.magnitude < own { order -= 1 }
  return order
}
