internal import CKernels

/// The derivative of each operation, over the samples of one grain.
extension Tape {
  /// Hands the gradient `g` of record `index` on to its inputs and parameters.
  func differentiate(_ index: Int, _ g: consuming Tensor, _ samples: Range<Int>) {
    switch records[index].operation {
    case .input:
      break
    case .linear(let x, let weight, let bias, let rectified):
      let inner =
        rectified ? inward(g, compute.kernels.pointee.relu_backward, index, samples) : g
      differentiateLinear(x, weight, bias, inner, samples)
    case .matmul(let x, let weight):
      differentiateMatmul(x, weight, g, samples)
    case .add(let a, let b):
      if needsGradient(a) { contribute(copy g, to: a) }
      if needsGradient(b) { contribute(g, to: b) }
    case .map(let function, let x):
      differentiateMap(function, index, x, g, samples)
    case .dropout(let x, let stream, let threshold, let scale):
      var dx = g
      let target = dx.mutableElements
      applyDropout(
        UnsafePointer(target), target, dx.count / max(1, samples.count), samples, stream,
        threshold, scale)
      contribute(dx, to: x)
    case .layerNorm(let x, let gain, let bias, let means, let scales):
      differentiateLayerNorm(x, gain, bias, (means, scales), g, samples)
    }
  }

  private func differentiateLinear(
    _ x: Node, _ weight: Parameter, _ bias: Parameter?, _ g: Tensor, _ samples: Range<Int>
  ) {
    let (outputs, inputs) = (weight.value.rows, weight.value.columns)
    let (source, rows) = slice(x, samples)
    if weight.isTrained {
      var dw = Tensor(uninitialized: weight.value.shape)
      compute.matmul(
        .tn, m: outputs, n: inputs, k: rows, g.elements, outputs, source, inputs,
        into: dw.mutableElements, inputs)
      weight.contribute(dw, compute)
    }
    if let bias, bias.isTrained {
      var db = Tensor(uninitialized: bias.value.shape)
      compute.kernels.pointee.column_sums(
        rows, outputs, outputs, g.elements, db.mutableElements)
      bias.contribute(db, compute)
    }
    if needsGradient(x) {
      var dx = Tensor(uninitialized: g.shape.replacingColumns(inputs))
      compute.matmul(
        .nn, m: rows, n: inputs, k: outputs, g.elements, outputs, weight.value.elements, inputs,
        into: dx.mutableElements, inputs)
      contribute(dx, to: x)
    }
    withExtendedLifetime(g) {}
  }

  private func differentiateMatmul(
    _ x: Node, _ weight: Parameter, _ g: Tensor, _ samples: Range<Int>
  ) {
    let (inputs, outputs) = (weight.value.rows, weight.value.columns)
    let (source, rows) = slice(x, samples)
    if weight.isTrained {
      var dw = Tensor(uninitialized: weight.value.shape)
      compute.matmul(
        .tn, m: inputs, n: outputs, k: rows, source, inputs, g.elements, outputs,
        into: dw.mutableElements, outputs)
      weight.contribute(dw, compute)
    }
    if needsGradient(x) {
      var dx = Tensor(uninitialized: g.shape.replacingColumns(inputs))
      compute.matmul(
        .nt, m: rows, n: inputs, k: outputs, g.elements, outputs, weight.value.elements, outputs,
        into: dx.mutableElements, inputs)
      contribute(dx, to: x)
    }
    withExtendedLifetime(g) {}
  }

  private func differentiateMap(
    _ function: ElementFunction, _ index: Int, _ x: Node, _ g: consuming Tensor,
    _ samples: Range<Int>
  ) {
    let kernels = compute.kernels.pointee
    let readsOutput: Bool
    let kernel: Derivative
    switch function {
    case .relu: (kernel, readsOutput) = (kernels.relu_backward, true)
    case .tanh: (kernel, readsOutput) = (kernels.tanh_backward, true)
    case .sigmoid: (kernel, readsOutput) = (kernels.sigmoid_backward, true)
    case .gelu: (kernel, readsOutput) = (kernels.gelu_backward, false)
    case .geluTanh: (kernel, readsOutput) = (kernels.gelu_tanh_backward, false)
    default: preconditionFailure("\(function) has no derivative on the tape")
    }
    contribute(inward(g, kernel, readsOutput ? index : x.index, samples), to: x)
  }

  private typealias Derivative =
    @convention(c) (
      Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

  /// The gradient before a function of one number, whose derivative reads the value of a record.
  private func inward(
    _ g: consuming Tensor, _ kernel: Derivative, _ record: Int, _ samples: Range<Int>
  ) -> Tensor {
    let saved = slice(Node(index: record), samples).start
    var dx = g
    let (count, target) = (dx.count, dx.mutableElements)
    compute.threads.split(count, grain: 1 << 14) { range in
      let start = range.lowerBound
      kernel(range.count, saved + start, target + start, target + start)
    }
    return dx
  }

  private func differentiateLayerNorm(
    _ x: Node, _ gain: Parameter, _ bias: Parameter, _ saved: (means: Tensor, scales: Tensor),
    _ g: consuming Tensor, _ samples: Range<Int>
  ) {
    let kernels = compute.kernels
    let columns = gain.value.count
    let (source, rows) = slice(x, samples)
    let first = samples.lowerBound * (samples.isEmpty ? 0 : rows / samples.count)
    let (means, scales) = (saved.means.elements + first, saved.scales.elements + first)
    var dGain = Tensor(uninitialized: gain.value.shape)
    var dBias = Tensor(uninitialized: bias.value.shape)
    kernels.pointee.layer_norm_parameters(
      rows, columns, columns, source, means, scales, g.elements, dGain.mutableElements,
      dBias.mutableElements)
    if gain.isTrained { gain.contribute(dGain, compute) }
    if bias.isTrained { bias.contribute(dBias, compute) }
    guard needsGradient(x) else { return }
    var dx = g
    let (target, gains) = (dx.mutableElements, gain.value.elements)
    compute.threads.split(rows, grain: max(1, (1 << 14) / max(1, columns))) { range in
      let (row, start) = (range.lowerBound, range.lowerBound * columns)
      kernels.pointee.layer_norm_backward(
        range.count, columns, source + start, gains, means + row, scales + row, target + start,
        target + start)
    }
    contribute(dx, to: x)
    withExtendedLifetime(saved) {}
  }
}
