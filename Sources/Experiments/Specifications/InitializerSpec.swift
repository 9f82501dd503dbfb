/// How weights begin, by PyTorch's names (`torch.nn.init`).
package enum InitializerSpec: Sendable, Hashable {
  case zeros
  case constant(ConstantInitSpec)
  case uniform(UniformInitSpec)
  case normal(NormalInitSpec)
  case truncatedNormal(NormalInitSpec)
  case xavierUniform(XavierInitSpec)
  case xavierNormal(XavierInitSpec)
  case kaimingUniform(KaimingInitSpec)
  case kaimingNormal(KaimingInitSpec)
  case orthogonal(XavierInitSpec)
}

/// Every weight the same.
package struct ConstantInitSpec: Sendable, Hashable {
  package var value = 0.0

  package init() {}
}

/// Uniform in `low`…`high`.
package struct UniformInitSpec: Sendable, Hashable {
  package var low = 0.0
  package var high = 1.0

  package init() {}
}

/// Normal; when truncated, at two standard deviations.
package struct NormalInitSpec: Sendable, Hashable {
  package var mean = 0.0
  package var std = 1.0

  package init() {}
}

/// Initialisers with nothing but a gain: xavier and orthogonal.
package struct XavierInitSpec: Sendable, Hashable {
  package var gain = 1.0

  package init() {}
}

/// Variance gain²/fan (He and others 2015).
package struct KaimingInitSpec: Sendable, Hashable {
  package enum Mode: String, Sendable, Hashable, CaseIterable {
    case fanIn = "fan_in"
    case fanOut = "fan_out"
  }

  package enum Nonlinearity: String, Sendable, Hashable, CaseIterable {
    case linear, sigmoid, tanh, relu
    case leakyRelu = "leaky_relu"
    case selu
  }

  /// Negative slope, for `leaky_relu`.
  package var a = 0.0
  package var mode = Mode.fanIn
  package var nonlinearity = Nonlinearity.leakyRelu

  package init() {}
}
