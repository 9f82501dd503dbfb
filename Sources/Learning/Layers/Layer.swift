/// A fully connected layer, `y = x Wᵀ + b`, with `W` of shape `[outputs, inputs]`.
package struct Linear: Sendable, Hashable {
  /// Width of the rows that come in; nil: whatever the layer before gives.
  package var inputs: Int?
  package var outputs: Int
  /// Whether there is a bias; default true.
  package var hasBias: Bool
  /// How the weight starts; nil: as the model says.
  package var weight: Initializer?
  /// How the bias starts; nil: as the model says.
  package var bias: Initializer?

  package init(
    inputs: Int? = nil, outputs: Int, hasBias: Bool = true, weight: Initializer? = nil,
    bias: Initializer? = nil
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.hasBias = hasBias
    self.weight = weight
    self.bias = bias
  }
}

/// Normalisation of every row to mean 0 and variance 1, then scale and shift (rule 8).
package struct LayerNorm: Sendable, Hashable {
  /// Added to the variance; PyTorch's default 1e-5.
  package var epsilon: Double
  /// Whether scale (starts at 1) and shift (starts at 0) are learned; default true.
  package var isAffine: Bool

  package init(epsilon: Double = 1e-5, isAffine: Bool = true) {
    self.epsilon = epsilon
    self.isAffine = isAffine
  }
}

/// One layer of a sequential model.
package enum Layer: Sendable, Hashable {
  /// Which form of GELU: `x·½(1 + erf(x/√2))`, or the tanh approximation.
  package enum GELUForm: String, Sendable, Hashable, CaseIterable {
    case exact = "none"
    case tanh
  }

  case linear(Linear)
  case relu
  case gelu(GELUForm)
  case tanh
  case sigmoid
  /// Training: an element is +0 with probability `p`, else scaled by 1/(1 − p).
  case dropout(p: Double)
  case layerNorm(LayerNorm)
}

/// A parameter of a model: its PyTorch path, its shape and how it starts.
package struct ParameterSpec: Sendable, Hashable {
  /// Such as `0.weight`: index of the layer in the model, then the part.
  package let name: String
  /// `[outputs, inputs]` for weights, `[width]` for biases and layer norms.
  package let dimensions: [Int]
  package let initializer: Initializer
  /// Rows coming in: for a bias those of its weight.
  package let fanIn: Int
  /// Rows going out.
  package let fanOut: Int

  package var count: Int { dimensions.reduce(1, *) }

  /// Whether the initialisation fits: an orthogonal one needs a matrix.
  var canStart: Bool {
    if case .orthogonal = initializer, dimensions.count < 2 { return false }
    return initializer.isValid
  }
}

/// Why layers do not make a model.
package enum ModelError: Error, Sendable, Hashable {
  /// A model needs a layer.
  case noLayers
  /// A width is not in 1…10⁶.
  case invalidWidth(layer: Int, width: Int)
  /// The layer declares `declared` inputs and gets rows of `actual`.
  case widthMismatch(layer: Int, declared: Int, actual: Int)
  /// The model has more parameters than allowed.
  case tooManyParameters(limit: Int)
  /// A drop probability is not in 0…1.
  case invalidProbability(layer: Int)
  /// An epsilon is not a positive finite number.
  case invalidEpsilon(layer: Int)
  /// An initialisation has a value that makes no sense (a negative or infinite spread), or is an
  /// orthogonal one of a bias.
  case invalidInitializer(layer: Int)
}
