internal import CKernels

/// Double functions of our own (NUMERICS.md rule 5), the same on every machine.
package enum DoubleMath {
  package static func exp(_ x: Double) -> Double { assay_exp(x) }
  package static func expm1(_ x: Double) -> Double { assay_expm1(x) }
  package static func log(_ x: Double) -> Double { assay_log(x) }
  package static func log1p(_ x: Double) -> Double { assay_log1p(x) }
  package static func pow(_ x: Double, _ y: Double) -> Double { assay_pow(x, y) }
  /// sin(πx).
  package static func sinpi(_ x: Double) -> Double { assay_sinpi(x) }
  /// cos(πx).
  package static func cospi(_ x: Double) -> Double { assay_cospi(x) }
  package static func erf(_ x: Double) -> Double { assay_erf(x) }
  package static func erfc(_ x: Double) -> Double { assay_erfc(x) }
  /// exp(x²)·erfc(x).
  package static func erfcx(_ x: Double) -> Double { assay_erfcx(x) }
  /// log |Γ(x)|.
  package static func logGamma(_ x: Double) -> Double { assay_lgamma(x) }

  /// The regularised incomplete beta function I_x(a, b), x in [0, 1], a and b positive.
  package static func incompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
    assay_incomplete_beta(x, a, b)
  }

  /// The z with Φ(z) = p; ±∞ at 0 and 1.
  package static func normalQuantile(_ p: Double) -> Double { assay_normal_quantile(p) }

  /// The t that Student's distribution stays below with probability p; degrees > 0.
  package static func studentQuantile(_ p: Double, degrees: Double) -> Double {
    assay_student_quantile(p, degrees)
  }

  /// baseⁿ by binary powering: squares from the lowest bit up, n < 0 by one final division.
  package static func power(_ base: Double, _ exponent: Int) -> Double {
    var remaining = exponent.magnitude
    var square = base
    var result = 1.0
    while remaining > 0 {
      if remaining & 1 == 1 { result *= square }
      remaining >>= 1
      if remaining > 0 { square *= square }
    }
    return exponent < 0 ? 1 / result : result
  }
}

/// Float functions of one number, the same bits as the tensor kernels give.
package enum FloatMath {
  package static func exp(_ x: Float) -> Float { assay_expf(x) }
  package static func expm1(_ x: Float) -> Float { assay_expm1f(x) }
  package static func log(_ x: Float) -> Float { assay_logf(x) }
  package static func log1p(_ x: Float) -> Float { assay_log1pf(x) }
  package static func tanh(_ x: Float) -> Float { assay_tanhf(x) }
  package static func erf(_ x: Float) -> Float { assay_erff(x) }
  package static func sinpi(_ x: Float) -> Float { assay_sinpif(x) }
  package static func cospi(_ x: Float) -> Float { assay_cospif(x) }
  /// 1/(1 + exp(−x)).
  package static func sigmoid(_ x: Float) -> Float { 1 / (1 + assay_expf(-x)) }
}
