internal import Tensors

/// The binary cross-entropy of one row's logits, in double.
struct BinaryCrossEntropyRule {
  /// One number for all outputs, or one an output.
  let positiveWeights: [Double]

  /// The row's loss, summed over its outputs; writes its derivative.
  ///
  /// With `s(x) = log(1 + eˣ)`: `w·y·s(−x) + (1 − y)·s(x)`, whose derivative
  /// `(1 − y)·σ(x) − w·y·σ(−x)` cancels nowhere.
  func evaluate(
    _ x: RowValues, target: (Int) -> Double, gradient: inout [Double]
  ) -> Double {
    var terms = [Double](repeating: 0, count: x.count)
    for column in 0..<x.count {
      let (value, y) = (x[column], target(column))
      let weight = positiveWeights[positiveWeights.count == 1 ? 0 : column] * y
      let small = DoubleMath.exp(-abs(value))
      let tail = DoubleMath.log1p(small)
      let (softPositive, softNegative) = (max(value, 0) + tail, max(-value, 0) + tail)
      let (near, far) = (1 / (1 + small), small / (1 + small))
      let (positive, negative) = value >= 0 ? (near, far) : (far, near)
      terms[column] = weight * softNegative + (1 - y) * softPositive
      gradient[column] = (1 - y) * positive - weight * negative
    }
    return Statistics.sum(terms)
  }
}
