internal import CKernels

/// Functions of one number that are applied element by element.
package enum ElementFunction: Sendable, CaseIterable {
  case exp, expm1, log, log1p, tanh, erf, sinpi, cospi, sigmoid, relu, gelu, geluTanh, sqrt

  var code: AssayFunction {
    switch self {
    case .exp: ASSAY_EXP
    case .expm1: ASSAY_EXPM1
    case .log: ASSAY_LOG
    case .log1p: ASSAY_LOG1P
    case .tanh: ASSAY_TANH
    case .erf: ASSAY_ERF
    case .sinpi: ASSAY_SINPI
    case .cospi: ASSAY_COSPI
    case .sigmoid: ASSAY_SIGMOID
    case .relu: ASSAY_RELU
    case .gelu: ASSAY_GELU
    case .geluTanh: ASSAY_GELU_TANH
    case .sqrt: ASSAY_SQRT
    }
  }
}

/// Which expression `gelu` means.
package enum GELUApproximation: Sendable, Hashable {
  /// x·½(1 + erf(x/√2)).
  case none
  /// ½x(1 + tanh(√(2/π)(x + 0.044715x³))).
  case tanh
}

extension Compute {
  /// Elements that are worth another thread.
  private static var grain: Int { 1 << 15 }

  /// The function of every element.
  package func map(_ function: ElementFunction, _ x: Tensor) -> Tensor {
    var y = Tensor(uninitialized: x.shape)
    let (source, target) = (x.elements, y.mutableElements)
    threads.split(x.count, grain: Compute.grain) { range in
      kernels.pointee.map(
        function.code, range.count, source + range.lowerBound, target + range.lowerBound)
    }
    withExtendedLifetime(x) {}
    return y
  }

  /// a + b, element by element.
  package func add(_ a: Tensor, _ b: Tensor) -> Tensor {
    combine(a, b, kernels.pointee.add)
  }

  /// a − b, element by element.
  package func subtract(_ a: Tensor, _ b: Tensor) -> Tensor {
    combine(a, b, kernels.pointee.subtract)
  }

  /// a · b, element by element.
  package func multiply(_ a: Tensor, _ b: Tensor) -> Tensor {
    combine(a, b, kernels.pointee.multiply)
  }

  private typealias Binary =
    @convention(c) (
      Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

  private func combine(_ a: Tensor, _ b: Tensor, _ kernel: Binary) -> Tensor {
    precondition(a.shape == b.shape, "shapes \(a.shape) and \(b.shape) differ")
    var y = Tensor(uninitialized: a.shape)
    let (left, right, target) = (a.elements, b.elements, y.mutableElements)
    threads.split(a.count, grain: Compute.grain) { range in
      let start = range.lowerBound
      kernel(range.count, left + start, right + start, target + start)
    }
    withExtendedLifetime((a, b)) {}
    return y
  }

  /// a = a + b in place.
  package func add(_ b: Tensor, to a: inout Tensor) {
    precondition(a.shape == b.shape, "shapes \(a.shape) and \(b.shape) differ")
    let (source, target) = (b.elements, a.mutableElements)
    threads.split(b.count, grain: Compute.grain) { range in
      let start = range.lowerBound
      kernels.pointee.add(range.count, target + start, source + start, target + start)
    }
    withExtendedLifetime(b) {}
  }

  /// x = x · factor in place.
  package func scale(_ x: inout Tensor, by factor: Float) {
    let (count, target) = (x.count, x.mutableElements)
    threads.split(count, grain: Compute.grain) { range in
      let start = range.lowerBound
      kernels.pointee.scale(range.count, factor, target + start, target + start)
    }
  }

  /// y = fma(factor, x, y) in place.
  package func addScaled(_ x: Tensor, by factor: Float, to y: inout Tensor) {
    precondition(x.shape == y.shape, "shapes \(x.shape) and \(y.shape) differ")
    let (source, target) = (x.elements, y.mutableElements)
    threads.split(x.count, grain: Compute.grain) { range in
      let start = range.lowerBound
      kernels.pointee.add_scaled(range.count, factor, source + start, target + start)
    }
    withExtendedLifetime(x) {}
  }

  /// Σ x² in double (rule 3): NaN or infinite exactly when some element is.
  package func sumOfSquares(_ x: Tensor) -> Double {
    // Blocks of a power of two of chunks are whole subtrees of the index tree.
    let block = 1 << 15
    guard threads.count > 1, x.count > 2 * block else {
      return withExtendedLifetime(x) { kernels.pointee.sum_of_squares(x.count, x.elements) }
    }
    let blocks = (x.count + block - 1) / block
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: blocks) { sums in
      guard let sums = sums.baseAddress else { return 0 }
      let source = x.elements
      threads.split(blocks, grain: 1) { range in
        for index in range {
          sums[index] = kernels.pointee.sum_of_squares(
            min(block, x.count - index * block), source + index * block)
        }
      }
      withExtendedLifetime(x) {}
      return assay_tree_sum_f64(blocks, sums)
    }
  }
}
