package import Tensors

/// A sequential model with parameters that a tape can train; belongs to one run.
package final class Network {
  package let model: Sequential
  /// In the order of ``Sequential/parameters``.
  package let parameters: [Parameter]
  /// Scale and shift of layer norms that learn none, by layer.
  private let fixed: [Int: (gain: Parameter, bias: Parameter)]
  /// Where each layer's parameters begin.
  private let firstParameter: [Int]
  private let dropouts: [Int: RandomStream]

  /// - Parameters:
  ///   - initial: as ``Sequential/initialParameters(key:compute:)`` makes them.
  ///   - key: whose dropout streams (purpose `dropout`, path the layer's index) are used.
  package init(_ model: Sequential, initial: ParameterSet, key: RandomKey) {
    self.model = model
    parameters = zip(initial.names, initial.tensors).map { Parameter(name: $0, value: $1) }
    var next = 0
    var first: [Int] = []
    var fixed: [Int: (gain: Parameter, bias: Parameter)] = [:]
    var dropouts: [Int: RandomStream] = [:]
    for (index, layer) in model.layers.enumerated() {
      first.append(next)
      switch layer {
      case .linear(let linear): next += linear.hasBias ? 2 : 1
      case .layerNorm(let norm) where norm.isAffine: next += 2
      case .layerNorm:
        fixed[index] = Self.fixedNorm(width: model.outputWidths[index])
      case .dropout:
        dropouts[index] = RandomStream(key: key, site: Sequential.dropoutSite(index))
      case .relu, .gelu, .tanh, .sigmoid: break
      }
    }
    firstParameter = first
    self.fixed = fixed
    self.dropouts = dropouts
  }

  private static func fixedNorm(width: Int) -> (gain: Parameter, bias: Parameter) {
    let gain = Parameter(name: "gain", value: Tensor(repeating: 1, shape: .vector(width)))
    let bias = Parameter(name: "bias", value: Tensor(zeros: .vector(width)))
    gain.isTrained = false
    bias.isTrained = false
    return (gain, bias)
  }

  /// Puts the model on a tape: `[samples, inputs]` in, `[samples, outputs]` out.
  package func forward(_ input: Tape.Node, on tape: Tape) -> Tape.Node {
    var node = input
    for (index, layer) in model.layers.enumerated() {
      let first = firstParameter[index]
      switch layer {
      case .linear(let linear):
        let next = index + 1 < model.layers.count ? model.layers[index + 1] : nil
        node = tape.linear(
          node, weight: parameters[first], bias: linear.hasBias ? parameters[first + 1] : nil,
          rectified: next == .relu)
      case .relu:
        // After a linear layer it is part of it.
        if index > 0, case .linear = model.layers[index - 1] { continue }
        node = tape.relu(node)
      case .gelu(.exact): node = tape.gelu(node, approximation: .none)
      case .gelu(.tanh): node = tape.gelu(node, approximation: .tanh)
      case .tanh: node = tape.tanh(node)
      case .sigmoid: node = tape.sigmoid(node)
      case .dropout(let p):
        if let stream = dropouts[index] { node = tape.dropout(node, p: p, stream: stream) }
      case .layerNorm(let norm):
        let (gain, bias) = fixed[index] ?? (parameters[first], parameters[first + 1])
        node = tape.layerNorm(node, gain: gain, bias: bias, epsilon: norm.epsilon)
      }
    }
    return node
  }

  /// The model's outputs in evaluation mode, in order of the rows.
  ///
  /// - Parameters:
  ///   - features: `[n, inputs]`.
  ///   - batch: rows computed at once; the result does not depend on it.
  /// - Returns: `[n, outputs]`.
  package func outputs(of features: Tensor, on tape: Tape, batch: Int = 1024) -> Tensor {
    let rows = features.rows
    let width = model.outputs
    var result = Tensor(uninitialized: .matrix(rows, width))
    for start in stride(from: 0, to: rows, by: max(1, batch)) {
      let range = start..<min(rows, start + max(1, batch))
      tape.start(samples: range.count, mode: .inference)
      let node = forward(tape.input(features.gatheringRows(range)), on: tape)
      tape.value(of: node).withElements { source in
        result.withMutableElements { target in
          for index in source.indices { target[range.lowerBound * width + index] = source[index] }
        }
      }
    }
    return result
  }

  /// The parameters as they are now.
  package var values: ParameterSet {
    ParameterSet(names: parameters.map(\.name), tensors: parameters.map(\.value))
  }
}
