/// A model that applies layers one after the other to rows of features.
package struct Sequential: Sendable, Hashable {
  /// Widths accepted for a layer.
  package static let widths = 1...1_000_000

  package let layers: [Layer]
  /// Width of the rows that come in.
  package let inputs: Int
  /// Width of the rows that go out.
  package let outputs: Int
  /// `outputWidths[i]` is the width of the rows after layer `i`.
  package let outputWidths: [Int]
  /// In order of the layers, weight before bias: the order of ``ParameterSet``.
  package let parameters: [ParameterSpec]

  /// Checks the widths of layers against each other and names the parameters.
  ///
  /// - Parameters:
  ///   - inputs: features of a row.
  ///   - weight: how weights start that do not say so; default PyTorch's `nn.Linear`.
  ///   - bias: how biases start that do not say so; default PyTorch's `nn.Linear`.
  ///   - parameterLimit: default 2·10⁸.
  package init(
    _ layers: [Layer], inputs: Int, weight: Initializer = .fanInUniform,
    bias: Initializer = .fanInUniform, parameterLimit: Int = 200_000_000
  ) throws(ModelError) {
    if layers.isEmpty { throw .noLayers }
    guard Self.widths.contains(inputs) else {
      throw .invalidWidth(layer: 0, width: inputs)
    }
    var width = inputs
    var widths: [Int] = []
    var parameters: [ParameterSpec] = []
    var count = 0
    for (index, layer) in layers.enumerated() {
      let added = try Self.parameters(
        of: layer, at: index, width: &width, weight: weight, bias: bias)
      count += added.reduce(0) { $0 + $1.count }
      if count > parameterLimit { throw .tooManyParameters(limit: parameterLimit) }
      guard added.allSatisfy(\.canStart) else {
        throw .invalidInitializer(layer: index)
      }
      parameters += added
      widths.append(width)
    }
    self.layers = layers
    self.inputs = inputs
    self.outputs = width
    self.outputWidths = widths
    self.parameters = parameters
  }

  /// Numbers to learn.
  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// Where each parameter stands: every layer that has parameters is a level.
  var places: [ParameterPlace] {
    var places: [ParameterPlace] = []
    var level = 0
    for layer in layers {
      let kinds: [ParameterPlace.Kind] =
        switch layer {
        case .linear(let linear): linear.hasBias ? [.weight, .bias] : [.weight]
        case .layerNorm(let norm): norm.isAffine ? [.normalization, .normalization] : []
        case .relu, .gelu, .tanh, .sigmoid, .dropout: []
        }
      places += kinds.map { ParameterPlace(kind: $0, level: level) }
      if !kinds.isEmpty { level += 1 }
    }
    return places
  }

  private static func parameters(
    of layer: Layer, at index: Int, width: inout Int, weight: Initializer, bias: Initializer
  ) throws(ModelError) -> [ParameterSpec] {
    switch layer {
    case .linear(let linear):
      return try parameters(of: linear, at: index, width: &width, weight: weight, bias: bias)
    case .layerNorm(let norm):
      guard norm.epsilon > 0, norm.epsilon.isFinite else { throw .invalidEpsilon(layer: index) }
      guard norm.isAffine else { return [] }
      return [("weight", Initializer.constant(1)), ("bias", .zeros)].map { part, start in
        ParameterSpec(
          name: "\(index).\(part)", dimensions: [width], initializer: start, fanIn: width,
          fanOut: width)
      }
    case .dropout(let p):
      guard p >= 0, p <= 1 else { throw .invalidProbability(layer: index) }
      return []
    case .relu, .gelu, .tanh, .sigmoid:
      return []
    }
  }

  private static func parameters(
    of linear: Linear, at index: Int, width: inout Int, weight: Initializer, bias: Initializer
  ) throws(ModelError) -> [ParameterSpec] {
    let inputs = linear.inputs ?? width
    for size in [inputs, linear.outputs] where !widths.contains(size) {
      throw .invalidWidth(layer: index, width: size)
    }
    if inputs != width {
      throw .widthMismatch(layer: index, declared: inputs, actual: width)
    }
    width = linear.outputs
    var parameters = [
      ParameterSpec(
        name: "\(index).weight", dimensions: [linear.outputs, inputs],
        initializer: linear.weight ?? weight, fanIn: inputs, fanOut: linear.outputs)
    ]
    if linear.hasBias {
      parameters.append(
        ParameterSpec(
          name: "\(index).bias", dimensions: [linear.outputs],
          initializer: linear.bias ?? bias, fanIn: inputs, fanOut: linear.outputs))
    }
    return parameters
  }
}
