internal import Experiments
internal import Learning

extension Initializer {
  /// The engine's initialiser for what a notebook asks for.
  init(_ spec: InitializerSpec) {
    switch spec {
    case .zeros: self = .zeros
    case .constant(let spec): self = .constant(spec.value)
    case .uniform(let spec): self = .uniform(low: spec.low, high: spec.high)
    case .normal(let spec): self = .normal(mean: spec.mean, std: spec.std)
    case .truncatedNormal(let spec): self = .truncatedNormal(mean: spec.mean, std: spec.std)
    case .xavierUniform(let spec): self = .xavierUniform(gain: spec.gain)
    case .xavierNormal(let spec): self = .xavierNormal(gain: spec.gain)
    case .kaimingUniform(let spec): self = .kaimingUniform(Kaiming(spec))
    case .kaimingNormal(let spec): self = .kaimingNormal(Kaiming(spec))
    case .orthogonal(let spec): self = .orthogonal(gain: spec.gain)
    }
  }
}

extension Initializer.Kaiming {
  fileprivate init(_ spec: KaimingInitSpec) {
    let fan: Initializer.Fan =
      switch spec.mode {
      case .fanIn: .fanIn
      case .fanOut: .fanOut
      }
    let nonlinearity: Initializer.Nonlinearity =
      switch spec.nonlinearity {
      case .linear: .linear
      case .sigmoid: .sigmoid
      case .tanh: .tanh
      case .relu: .relu
      case .leakyRelu: .leakyReLU
      case .selu: .selu
      }
    self.init(slope: spec.a, fan: fan, nonlinearity: nonlinearity)
  }
}
