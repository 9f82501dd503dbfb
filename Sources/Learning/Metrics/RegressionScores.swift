internal import Tensors

/// How far predicted values are from the true ones, as scikit-learn measures it.
package struct RegressionScores: Sendable, Hashable {
  /// Mean squared error over all rows and outputs.
  package let mse: Double
  /// Mean absolute error over all rows and outputs.
  package let mae: Double
  /// Coefficient of determination, 1 − Σ(y − ŷ)² / Σ(y − ȳ)², the mean over outputs.
  ///
  /// An output whose truth does not vary counts 1 when predicted exactly and 0 otherwise
  /// (`force_finite`).
  package let r2: Double

  /// Compares `[rows × width]` row-major values; both arrays are of one length, not empty.
  package init(truth: [Double], predicted: [Double], width: Int = 1) {
    let differences = zip(truth, predicted).map { $0 - $1 }
    let width = max(1, width)
    let squares = Statistics.dot(differences, differences)
    mse = differences.isEmpty ? 0 : squares / Double(differences.count)
    mae = differences.isEmpty ? 0 : Statistics.mean(differences.map(abs))
    let perOutput = (0..<width).map { output in
      let indices = stride(from: output, to: differences.count, by: width)
      return Self.determination(
        truth: indices.map { truth[$0] }, residuals: indices.map { differences[$0] })
    }
    r2 = Statistics.mean(perOutput)
  }

  private static func determination(truth: [Double], residuals: [Double]) -> Double {
    // Not defined for fewer than two rows, as scikit-learn says.
    guard truth.count > 1 else { return .nan }
    let mean = Statistics.mean(truth)
    let residual = Statistics.dot(residuals, residuals)
    let deviations = truth.map { $0 - mean }
    let total = Statistics.dot(deviations, deviations)
    if total == 0 { return residual == 0 ? 1 : 0 }
    return 1 - residual / total
  }
}
