internal import Tensors

/// The losses of differences between outputs and values, one row at a time, in double.
struct ErrorRule {
  private enum Form {
    case square
    case absolute
    /// `scale·(½d²/knee for |d| < knee, else |d| − ½knee)`.
    case knee(Double, scale: Double)
  }

  private let form: Form

  /// A loss of values.
  init(_ loss: Loss) {
    switch loss {
    case .absoluteError: form = .absolute
    case .huber(let delta): form = .knee(delta, scale: delta)
    case .smoothL1(let beta): form = beta > 0 ? .knee(beta, scale: 1) : .absolute
    case .meanSquaredError, .crossEntropy, .hinge, .binaryCrossEntropy: form = .square
    }
  }

  /// The row's loss, summed over its outputs; writes its derivative.
  func evaluate(
    _ x: RowValues, target: (Int) -> Double, gradient: inout [Double]
  ) -> Double {
    if x.count == 1 {
      let (value, slope) = error(x[0] - target(0))
      gradient[0] = slope
      return value
    }
    var terms = [Double](repeating: 0, count: x.count)
    for column in 0..<x.count {
      (terms[column], gradient[column]) = error(x[column] - target(column))
    }
    return Statistics.sum(terms)
  }

  private func error(_ d: Double) -> (value: Double, slope: Double) {
    let size = abs(d)
    let sign: Double = d > 0 ? 1 : d < 0 ? -1 : d  // keeps 0 and NaN
    switch form {
    case .square: return (d * d, 2 * d)
    case .absolute: return (size, sign)
    case .knee(let knee, let scale):
      return size < knee
        ? (scale * (0.5 * d * d / knee), scale * (d / knee))
        : (scale * (size - 0.5 * knee), scale * sign)
    }
  }
}
