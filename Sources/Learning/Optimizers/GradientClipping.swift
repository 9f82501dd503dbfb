package import Tensors

/// Limits on the gradients of a step: first every element, then the norm of all together.
package struct GradientClipping: Sendable, Hashable {
  /// Torch `clip_grad_norm_`: scales by `min(1, limit / (‖g‖₂ + 1e-6))`.
  package var maximumNorm: Double?
  /// Torch `clip_grad_value_`: every element into ±limit.
  package var maximumValue: Double?

  package init(maximumNorm: Double? = nil, maximumValue: Double? = nil) {
    self.maximumNorm = maximumNorm
    self.maximumValue = maximumValue
  }

  /// Applies the limits and returns the norm before scaling; not finite iff a gradient is not.
  ///
  /// The norm is in double: squares of each tensor by rule 3, tensors in order (rule 8).
  package func apply(to parameters: [Parameter], compute: Compute) -> Double {
    let norm = Self.norm(of: parameters, compute: compute)
    guard norm.isFinite else { return norm }
    var scaledNorm = norm
    if let maximumValue {
      let limit = Float(maximumValue)
      for parameter in parameters {
        parameter.replaceGradient(Self.clamped(parameter.gradient(compute), to: limit))
      }
      if maximumNorm != nil { scaledNorm = Self.norm(of: parameters, compute: compute) }
    }
    if let maximumNorm {
      let factor = min(1, maximumNorm / (scaledNorm + 1e-6))
      if factor < 1 {
        for parameter in parameters { parameter.scaleGradient(by: Float(factor), compute) }
      }
    }
    return norm
  }

  private static func norm(of parameters: [Parameter], compute: Compute) -> Double {
    var total = 0.0
    for parameter in parameters { total += compute.sumOfSquares(parameter.gradient(compute)) }
    return total.squareRoot()
  }

  private static func clamped(_ gradient: Tensor, to limit: Float) -> Tensor {
    var result = gradient
    result.withMutableElements { elements in
      for index in elements.indices {
        let value = elements[index]
        elements[index] = value > limit ? limit : value < -limit ? -limit : value
      }
    }
    return result
  }
}
