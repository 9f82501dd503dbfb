internal import CKernels

/// Sums and moments in double, in the order of rule 3.
package enum Statistics {
  private static var kernels: UnsafePointer<AssayKernels>? { assay_kernels_for(assay_best_isa()) }

  /// Σ x; +0 for none.
  package static func sum(_ x: [Double]) -> Double {
    x.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress, let kernels else { return 0 }
      return kernels.pointee.sum_f64(values.count, base)
    }
  }

  /// Σ x of floats, each converted exactly.
  package static func sum(_ x: [Float]) -> Double { sum(x.map(Double.init)) }

  /// Σ x·y; the counts must agree.
  package static func dot(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "dot of \(x.count) and \(y.count) numbers")
    return x.withUnsafeBufferPointer { first in
      y.withUnsafeBufferPointer { second in
        guard let a = first.baseAddress, let b = second.baseAddress, let kernels else { return 0 }
        return kernels.pointee.dot_f64(first.count, a, b)
      }
    }
  }

  /// Σ x / n; NaN for none.
  package static func mean(_ x: [Double]) -> Double {
    x.isEmpty ? .nan : sum(x) / Double(x.count)
  }

  /// Σ (x − mean)² over n − `correction`; NaN when that is not positive.
  package static func variance(_ x: [Double], correction: Int = 1) -> Double {
    guard x.count > correction else { return .nan }
    let center = mean(x)
    let deviations = x.map { $0 - center }
    return dot(deviations, deviations) / Double(x.count - correction)
  }

  /// The square root of the variance; n − 1 below the sum unless said otherwise.
  package static func standardDeviation(_ x: [Double], correction: Int = 1) -> Double {
    variance(x, correction: correction).squareRoot()
  }

  /// Half the width of the confidence interval of the mean by Student's t; NaN below two values.
  package static func halfWidth(_ x: [Double], confidence: Double = 0.95) -> Double {
    guard x.count > 1 else { return .nan }
    let quantile = DoubleMath.studentQuantile(
      0.5 + confidence / 2, degrees: Double(x.count - 1))
    return quantile * (standardDeviation(x) / Double(x.count).squareRoot())
  }
}
