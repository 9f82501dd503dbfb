package import Tensors

/// Friedman's first regression problem (1991), as scikit-learn's `make_friedman1`:
/// `y = 10 sin(π x₀ x₁) + 20 (x₂ − ½)² + 10 x₃ + 5 x₄ + noise · N(0, 1)`, x uniform in 0…1.
///
/// Features beyond the fifth bear on nothing.
package struct Friedman1: Sendable, Hashable {
  /// Rows; default 600.
  package var samples: Int
  /// Columns, at least 5; default 10.
  package var features: Int
  /// Standard deviation of the noise; default 1.
  package var noise: Double
  /// Share 0…1 of the training rows whose target is made an outlier; default 0.
  package var outliers: Double
  /// An outlier adds this times N(0, 1) to its target; default 50.
  package var outlierScale: Double

  package init(
    samples: Int = 600, features: Int = 10, noise: Double = 1, outliers: Double = 0,
    outlierScale: Double = 50
  ) {
    self.samples = samples
    self.features = features
    self.noise = noise
    self.outliers = outliers
    self.outlierScale = outlierScale
  }

  /// The clean rows; sample `i` is the same whatever `samples` is.
  ///
  /// - Parameter deadline: when drawing is given up.
  /// - Throws: `DatasetError.outOfRange`, `DatasetError.outOfTime`.
  package func dataset(
    key: RandomKey, deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) -> Dataset {
    guard (1...10_000_000).contains(samples) else {
      throw .outOfRange(parameter: "samples", allowed: "1 to 10000000")
    }
    guard (5...10_000).contains(features), samples * features <= 1_000_000_000 else {
      throw .outOfRange(parameter: "features", allowed: "5 to 10000")
    }
    guard noise >= 0, noise <= 1e6 else {
      throw .outOfRange(parameter: "noise", allowed: "0 to 1e6")
    }
    guard outliers >= 0, outliers <= 1 else {
      throw .outOfRange(parameter: "outliers", allowed: "0 to 1")
    }
    guard abs(outlierScale) <= 1e6 else {
      throw .outOfRange(parameter: "outlier_scale", allowed: "-1e6 to 1e6")
    }
    var values: [Double] = []
    values.reserveCapacity(samples * features)
    var targets: [Double] = []
    let inputs = RandomStream(key: key, purpose: "friedman1.features")
    let errors = RandomStream(key: key, purpose: "friedman1.noise")
    for ordinal in 0..<samples {
      if DeadlineInterval.includes(ordinal), deadline.hasPassed { throw .outOfTime }
      var draws = SampleDraws(stream: inputs, ordinal: ordinal)
      let x = (0..<features).map { _ in draws.uniform() }
      let error = errors.normal(draw: UInt64(ordinal), element: 0)
      values += x
      targets.append(Self.mean(x) + noise * Double(error))
    }
    return Dataset(
      featureNames: (0..<features).map { "x\($0)" }, features: values,
      targets: .values(targets, names: ["y"]), rowCount: samples)
  }

  /// The same data with outliers among the training rows only.
  ///
  /// The `round(outliers · rows)` training rows of smallest draw are taken.
  package func contaminated(
    _ dataset: Dataset, by partition: Partition, key: RandomKey
  ) -> Dataset {
    guard case .values(var values, let names) = dataset.targets, names.count == 1 else {
      return dataset
    }
    let rows = partition.train
    let count = Int((min(1, max(0, outliers)) * Double(rows.count)).rounded())
    var isTraining = [Bool](repeating: false, count: dataset.rowCount)
    for row in rows { isTraining[row] = true }
    let order = RandomStream(key: key, purpose: "friedman1.outlier")
      .permutation(count: dataset.rowCount).filter { isTraining[$0] }
    let sizes = RandomStream(key: key, purpose: "friedman1.outlier_size")
    for row in order.prefix(count) {
      values[row] += outlierScale * Double(sizes.normal(draw: UInt64(row), element: 0))
    }
    return dataset.replacingTargets(.values(values, names: names))
  }

  private static func mean(_ x: [Double]) -> Double {
    let centred = x[2] - 0.5
    return 10 * DoubleMath.cospi(x[0] * x[1] - 0.5) + 20 * centred * centred + 10 * x[3] + 5 * x[4]
  }
}
