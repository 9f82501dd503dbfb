internal import Tensors

/// Mean and scale of every feature, in double, as scikit-learn's `StandardScaler` fits them.
package struct Standardization: Sendable, Hashable {
  /// Arithmetic means, one a feature.
  package let means: [Double]
  /// Population standard deviations (divisor n); 1 where a feature does not vary.
  package let scales: [Double]

  /// Fits on some rows of a data set, normally the training rows; at least one.
  ///
  /// - Parameter deadline: when that is given up.
  /// - Throws: `DatasetError.outOfTime`.
  /// - Complexity: O(rows × features)
  package init(
    fitting dataset: Dataset, rows: [Int], deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) {
    let width = dataset.featureCount
    var means: [Double] = []
    var scales: [Double] = []
    var column = [Double](repeating: 0, count: rows.count)
    for feature in 0..<width {
      if deadline.hasPassed { throw .outOfTime }
      for (index, row) in rows.enumerated() {
        column[index] = dataset.features[row * width + feature]
      }
      let mean = Statistics.mean(column)
      for index in column.indices { column[index] -= mean }
      let variance = Statistics.dot(column, column) / Double(max(1, rows.count))
      means.append(mean)
      scales.append(Self.isConstant(variance, mean, rows.count) ? 1 : variance.squareRoot())
    }
    self.means = means
    self.scales = scales
  }

  /// Whether a variance is no more than rounding makes it (scikit-learn's bound).
  private static func isConstant(_ variance: Double, _ mean: Double, _ count: Int) -> Bool {
    let unit = Double(count) * Double.ulpOfOne
    let error = unit * mean
    return variance <= unit * variance + error * error
  }

  /// `(x − mean) / scale` of one value of a feature.
  func apply(_ value: Double, feature: Int) -> Double {
    (value - means[feature]) / scales[feature]
  }
}
