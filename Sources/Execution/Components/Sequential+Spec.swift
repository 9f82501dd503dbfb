internal import Experiments
internal import Learning

extension Sequential {
  /// The engine's model for a checked specification over rows of `inputs` features.
  ///
  /// A bias starts at zero where only the weights' initialisation is given, as people write it by
  /// hand; with nothing given both start as PyTorch's `nn.Linear` does.
  init(_ spec: SequentialSpec, inputs: Int) throws(ModelError) {
    try self.init(
      spec.layers.map(Layer.init), inputs: inputs,
      weight: spec.initializer.map(Initializer.init) ?? .fanInUniform,
      bias: Self.bias(spec.biasInitializer, beside: spec.initializer) ?? .fanInUniform)
  }

  fileprivate static func bias(
    _ bias: InitializerSpec?, beside weight: InitializerSpec?
  ) -> Initializer? {
    if let bias { return Initializer(bias) }
    return weight == nil ? nil : .zeros
  }
}

extension Layer {
  fileprivate init(_ spec: LayerSpec) {
    switch spec {
    case .linear(let spec): self = .linear(Linear(spec))
    case .relu: self = .relu
    case .gelu(let spec):
      switch spec.approximate {
      case .none: self = .gelu(.exact)
      case .tanh: self = .gelu(.tanh)
      }
    case .tanh: self = .tanh
    case .sigmoid: self = .sigmoid
    case .dropout(let spec): self = .dropout(p: spec.p)
    case .layerNorm(let spec): self = .layerNorm(LayerNorm(epsilon: spec.eps))
    }
  }
}

extension Linear {
  fileprivate init(_ spec: LinearSpec) {
    self.init(
      inputs: spec.inFeatures, outputs: spec.outFeatures, hasBias: spec.bias,
      weight: spec.initializer.map(Initializer.init),
      bias: Sequential.bias(spec.biasInitializer, beside: spec.initializer))
  }
}
