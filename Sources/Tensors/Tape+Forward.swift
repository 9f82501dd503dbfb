internal import CKernels

/// The operations that a model is made of.
extension Tape {
  private func shared(_ parameter: Parameter) -> Bool {
    note(parameter)
    return isTraining && parameter.isTrained
  }

  /// x·Wᵀ + b, with x [.., in], W [out, in], b [out].
  ///
  /// - Parameter rectified: whether ``relu(_:)`` follows, which then costs no pass of its own.
  package func linear(
    _ x: Node, weight: Parameter, bias: Parameter?, rectified: Bool = false
  ) -> Node {
    let input = value(of: x)
    let (rows, inputs) = (input.rows, input.columns)
    let outputs = weight.value.rows
    precondition(
      weight.value.columns == inputs, "weight \(weight.value.shape) of input \(input.shape)")
    precondition(
      bias == nil || bias?.value.count == outputs, "bias \(bias?.name ?? "") of \(outputs) outputs")
    var y = Tensor(uninitialized: input.shape.replacingColumns(outputs))
    compute.matmul(
      .nt, m: rows, n: outputs, k: inputs, input.elements, inputs, weight.value.elements, inputs,
      into: y.mutableElements, outputs,
      epilogue: AssayEpilogue(
        bias: bias?.value.elements, relu: rectified ? 1 : 0, continues: 0))
    let trained = shared(weight)
    let biased = bias.map(shared) ?? false
    return append(
      .linear(x, weight: weight, bias: bias, rectified: rectified), y,
      needsGradient: isTraining && (trained || biased || needsGradient(x)))
  }

  /// x·W, with x [.., in] and W [in, out].
  package func matmul(_ x: Node, _ weight: Parameter) -> Node {
    let input = value(of: x)
    let outputs = weight.value.columns
    precondition(
      weight.value.rows == input.columns, "weight \(weight.value.shape) of input \(input.shape)")
    var y = Tensor(uninitialized: input.shape.replacingColumns(outputs))
    compute.matmul(
      .nn, m: input.rows, n: outputs, k: input.columns, input.elements, input.columns,
      weight.value.elements, outputs, into: y.mutableElements, outputs)
    let trained = shared(weight)
    return append(
      .matmul(x, weight), y, needsGradient: isTraining && (trained || needsGradient(x)))
  }

  /// a + b of one shape.
  package func add(_ a: Node, _ b: Node) -> Node {
    append(
      .add(a, b), compute.add(value(of: a), value(of: b)),
      needsGradient: needsGradient(a) || needsGradient(b))
  }

  /// max(x, 0) that keeps NaN.
  package func relu(_ x: Node) -> Node { map(.relu, x) }

  package func gelu(_ x: Node, approximation: GELUApproximation = .none) -> Node {
    map(approximation == .none ? .gelu : .geluTanh, x)
  }

  package func tanh(_ x: Node) -> Node { map(.tanh, x) }

  /// 1/(1 + exp(−x)).
  package func sigmoid(_ x: Node) -> Node { map(.sigmoid, x) }

  private func map(_ function: ElementFunction, _ x: Node) -> Node {
    append(
      .map(function, x), compute.map(function, value(of: x)), needsGradient: needsGradient(x))
  }

  /// In training, keeps each element with probability 1 − p and multiplies it by 1/(1 − p).
  ///
  /// The element of the random stream is the position within the sample, the draw the sample's
  /// ordinal in the training stream: the mask knows nothing of batches.
  ///
  /// - Parameter p: probability of a zero, in 0 ... 1.
  package func dropout(_ x: Node, p: Double, stream: RandomStream) -> Node {
    precondition(p >= 0 && p <= 1, "dropout probability \(p)")
    guard isTraining, p > 0 else { return x }
    let input = value(of: x)
    precondition(draws.count == input.shape[0], "\(draws.count) draws for \(input.shape)")
    let threshold = UInt64((p * 0x1p32).rounded(.toNearestOrEven))
    let scale = Float(1 / (1 - p))
    var y = Tensor(uninitialized: input.shape)
    applyDropout(
      input.elements, y.mutableElements, input.count / max(1, draws.count), 0..<draws.count,
      stream, threshold, scale)
    withExtendedLifetime(input) {}
    return append(
      .dropout(x, stream, threshold: threshold, scale: scale), y, needsGradient: needsGradient(x))
  }

  /// Writes the kept and scaled elements of the given samples; x and y begin at the first one.
  func applyDropout(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ size: Int,
    _ samples: Range<Int>, _ stream: RandomStream, _ threshold: UInt64, _ scale: Float
  ) {
    let kernels = compute.kernels
    draws.withUnsafeBufferPointer { draws in
      compute.threads.split(samples.count, grain: max(1, (1 << 14) / max(1, size))) { range in
        for row in range {
          kernels.pointee.dropout(
            size, 0, stream.source(draw: draws[samples.lowerBound + row]), threshold, scale,
            x + row * size, y + row * size)
        }
      }
    }
  }

  /// (x − μ)/√(v + ε)·γ + β over the last dimension (rule 8).
  package func layerNorm(
    _ x: Node, gain: Parameter, bias: Parameter, epsilon: Double = 1e-5
  ) -> Node {
    let input = value(of: x)
    let (rows, columns) = (input.rows, input.columns)
    precondition(
      gain.value.count == columns && bias.value.count == columns,
      "layer norm of \(input.shape) with gain \(gain.value.shape)")
    var y = Tensor(uninitialized: input.shape)
    var means = Tensor(uninitialized: .vector(rows))
    var scales = Tensor(uninitialized: .vector(rows))
    let (target, mean, scale) = (y.mutableElements, means.mutableElements, scales.mutableElements)
    let (kernels, source) = (compute.kernels, input.elements)
    let (gains, biases) = (gain.value.elements, bias.value.elements)
    compute.threads.split(rows, grain: max(1, (1 << 14) / max(1, columns))) { range in
      let (row, start) = (range.lowerBound, range.lowerBound * columns)
      kernels.pointee.layer_norm(
        range.count, columns, source + start, gains, biases, Float(epsilon), target + start,
        mean + row, scale + row)
    }
    withExtendedLifetime(input) {}
    let trainedGain = shared(gain)
    let trainedBias = shared(bias)
    return append(
      .layerNorm(x, gain: gain, bias: bias, means: means, scales: scales), y,
      needsGradient: isTraining && (trainedGain || trainedBias || needsGradient(x)))
  }
}
