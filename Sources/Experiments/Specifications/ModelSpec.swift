/// A network and how its weights begin.
package enum ModelSpec: Sendable, Hashable {
  case sequential(SequentialSpec)
  case bert(BertSpec)
  case derived(DerivedModelSpec)
  case pretrained(PretrainedModelSpec)
}

/// Layers, each fed by the one before.
package struct SequentialSpec: Sendable, Hashable {
  package var layers: [LayerSpec] = []
  /// Weights of every linear layer that does not say its own; nil: PyTorch's default.
  package var initializer: InitializerSpec?
  /// Biases of every linear layer that does not say its own; nil: PyTorch's default.
  package var biasInitializer: InitializerSpec?

  package init() {}
}

/// One layer of a sequential model, by its PyTorch name in lower case.
package enum LayerSpec: Sendable, Hashable {
  case linear(LinearSpec)
  case relu
  case gelu(GELUSpec)
  case tanh
  case sigmoid
  case dropout(DropoutSpec)
  case layerNorm(LayerNormSpec)
}

/// y = x·Wᵀ + b.
package struct LinearSpec: Sendable, Hashable {
  /// nil: as many as the layer before gives.
  package var inFeatures: Int?
  package var outFeatures = 0
  package var bias = true
  package var initializer: InitializerSpec?
  package var biasInitializer: InitializerSpec?

  package init() {}
}

/// x·Φ(x), exactly or by its tanh approximation.
package struct GELUSpec: Sendable, Hashable {
  package enum Approximation: String, Sendable, Hashable, CaseIterable { case none, tanh }

  package var approximate = Approximation.none

  package init() {}
}

/// Sets each input to zero with probability `p` while training and scales the others by 1/(1 − p).
package struct DropoutSpec: Sendable, Hashable {
  package var p = 0.5

  package init() {}
}

/// Normalises each row to mean 0 and variance 1, then scales and shifts.
package struct LayerNormSpec: Sendable, Hashable {
  package var eps = 1e-5

  package init() {}
}
