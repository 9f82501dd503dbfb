// Sizes come from notebooks, so their products may exceed any integer: they stop at `Int.max`,
// which is above every limit.

extension Int {
  func saturatingTimes(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
  }

  func saturatingPlus(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  /// Quotient rounded up, for a positive divisor; 0 for a divisor that is not.
  func dividedRoundingUp(by divisor: Int) -> Int {
    guard divisor > 0, self > 0 else { return 0 }
    return (self - 1) / divisor + 1
  }
}
