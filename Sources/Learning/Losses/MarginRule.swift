internal import Tensors

/// The hinge losses of one row, in double.
struct MarginRule {
  let settings: Loss.Hinge
  let weights: [Double]?

  /// The row's loss; writes its derivative by the outputs.
  func evaluate(_ x: RowValues, target: Int, gradient: inout [Double]) -> Double {
    for column in gradient.indices { gradient[column] = 0 }
    let weight = weights?[target] ?? 1
    switch settings.kind {
    case .multiMargin: return multiMargin(x, target, weight, &gradient)
    case .binary: return binary(x, target, weight, &gradient)
    case .crammerSinger: return crammerSinger(x, target, weight, &gradient)
    }
  }

  /// `z^p` and its derivative; the kink at 0 has slope 0.
  private func powered(_ z: Double) -> (value: Double, slope: Double) {
    guard z > 0 else { return z.isNaN ? (z, z) : (0, 0) }
    return settings.power == 1 ? (z, 1) : (z * z, 2 * z)
  }

  private func multiMargin(
    _ x: RowValues, _ target: Int, _ weight: Double, _ gradient: inout [Double]
  ) -> Double {
    let share = weight / Double(x.count)
    let base = settings.margin - x[target]
    var terms = [Double](repeating: 0, count: x.count)
    for column in 0..<x.count where column != target {
      let (value, slope) = powered(base + x[column])
      terms[column] = value
      gradient[column] = slope * share
    }
    gradient[target] = -Statistics.sum(gradient)
    return Statistics.sum(terms) * share
  }

  private func binary(
    _ x: RowValues, _ target: Int, _ weight: Double, _ gradient: inout [Double]
  ) -> Double {
    let sign: Double = target == 1 ? 1 : -1
    let (value, slope) = powered(settings.margin - sign * x[0])
    gradient[0] = -sign * slope * weight
    return value * weight
  }

  private func crammerSinger(
    _ x: RowValues, _ target: Int, _ weight: Double, _ gradient: inout [Double]
  ) -> Double {
    // The first of equal rivals wins (rule 8). NaN must not hide behind a comparison.
    var rival = target == 0 ? 1 : 0
    for column in 0..<x.count where column != target {
      if x[column].isNaN { return x[column] }
      if x[column] > x[rival] { rival = column }
    }
    let (value, slope) = powered(settings.margin - x[target] + x[rival])
    gradient[rival] = slope * weight
    gradient[target] = -slope * weight
    return value * weight
  }
}
