internal import Experiments
internal import Learning

extension Sequential {
  /// The engine's model for a checked specification over rows of `inputs` features.
  ///
  /// A bias starts at zero where only the weights' initialisation is given, as people write it by
  /// hand; with nothing given both start as PyTorch's `nn.Linear` does. How many parameters there
  /// may be is a limit of the plan.
  init(_ spec: SequentialSpec, inputs: Int) throws(ModelError) {
    let bias: Initializer =
      if let stated = spec.biasInitializer {
        Initializer(stated)
      } else {
        spec.initializer == nil ? .fanInUniform : .zeros
      }
    try self.init(
      spec.layers.map { Layer($0, modelStatesBias: spec.biasInitializer != nil) },
      inputs: inputs, weight: spec.initializer.map(Initializer.init) ?? .fanInUniform, bias: bias,
      parameterLimit: .max)
  }
}

extension Layer {
  fileprivate init(_ spec: LayerSpec, modelStatesBias: Bool) {
    switch spec {
    case .linear(let spec): self = .linear(Linear(spec, modelStatesBias: modelStatesBias))
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
  /// The layer's own words come first, then the model's `bias_init`; a layer that states only how
  /// its weights begin has biases of zero.
  fileprivate init(_ spec: LinearSpec, modelStatesBias: Bool) {
    var bias = spec.biasInitializer.map(Initializer.init)
    if bias == nil, spec.initializer != nil, !modelStatesBias { bias = .zeros }
    self.init(
      inputs: spec.inFeatures, outputs: spec.outFeatures, hasBias: spec.bias,
      weight: spec.initializer.map(Initializer.init), bias: bias)
  }
}
