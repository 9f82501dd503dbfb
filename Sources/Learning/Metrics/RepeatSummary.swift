internal import Tensors

/// One number measured on several seeds: mean, spread, and where the true mean lies.
package struct RepeatSummary: Sendable, Hashable {
  /// In order of the repeat index.
  package let values: [Double]
  /// Arithmetic mean; NaN without values.
  package let mean: Double
  /// Sample standard deviation (divisor n − 1); nil for one value.
  package let std: Double?
  /// Ends of the interval of the mean by Student's t, `mean ± t·std/√n`; nil for one value.
  package let low: Double?
  package let high: Double?

  /// - Parameter confidence: of the interval; default 95 %.
  package init(_ values: [Double], confidence: Double = 0.95) {
    self.values = values
    guard values.count > 1 else {
      mean = values.first ?? .nan
      (std, low, high) = (nil, nil, nil)
      return
    }
    let center = Statistics.mean(values)
    let width = Statistics.halfWidth(values, confidence: confidence)
    mean = center
    std = Statistics.standardDeviation(values)
    low = center - width
    high = center + width
  }
}
