/// How a parameter starts (PyTorch's `nn.init` unless said otherwise).
///
/// Fans: a weight `[outputs, inputs]` has fan-in `inputs` and fan-out `outputs`; a bias has those
/// of its weight.
package enum Initializer: Sendable, Hashable {
  /// Which side of the weight a Kaiming scale keeps.
  package enum Fan: String, Sendable, Hashable, CaseIterable {
    case fanIn = "fan_in"
    case fanOut = "fan_out"
  }

  case zeros
  case constant(Double)
  /// Uniform in `low…high`; torch 0…1.
  case uniform(low: Double, high: Double)
  case normal(mean: Double, std: Double)
  /// Normal, redrawn until it lies within two standard deviations of the mean (rule 6).
  case truncatedNormal(mean: Double, std: Double)
  /// U(±gain·√(6/(fan-in + fan-out))).
  case xavierUniform(gain: Double)
  /// N(0, gain·√(2/(fan-in + fan-out))).
  case xavierNormal(gain: Double)
  /// U(±√3·gain/√fan).
  case kaimingUniform(Kaiming)
  /// N(0, gain/√fan).
  case kaimingNormal(Kaiming)
  /// gain times a matrix with orthonormal rows or columns, from the QR of a normal one.
  case orthogonal(gain: Double)
  /// U(±1/√fan-in): what PyTorch's `nn.Linear` does for weight and bias.
  case fanInUniform

  /// What a Kaiming scale depends on.
  package struct Kaiming: Sendable, Hashable {
    /// Negative slope, for `leakyReLU` only; torch 0.
    package var slope: Double
    /// Torch `fan_in`.
    package var fan: Fan
    /// Torch `leaky_relu`.
    package var nonlinearity: Nonlinearity

    package init(
      slope: Double = 0, fan: Fan = .fanIn, nonlinearity: Nonlinearity = .leakyReLU
    ) {
      self.slope = slope
      self.fan = fan
      self.nonlinearity = nonlinearity
    }
  }

  /// The function after the layer, which decides the gain (torch `calculate_gain`).
  package enum Nonlinearity: String, Sendable, Hashable, CaseIterable {
    case linear, sigmoid, tanh, relu, selu
    case leakyReLU = "leaky_relu"

    /// Recommended gain; `slope` is the negative slope of a leaky ReLU.
    package func gain(slope: Double = 0) -> Double {
      switch self {
      case .linear, .sigmoid: 1
      case .tanh: 5.0 / 3
      case .relu: Double(2).squareRoot()
      case .leakyReLU: (2 / (1 + slope * slope)).squareRoot()
      case .selu: 0.75
      }
    }
  }

  /// Whether all its numbers are finite and no spread is negative.
  package var isValid: Bool {
    switch self {
    case .zeros, .fanInUniform: true
    case .constant(let value): value.isFinite
    case .uniform(let low, let high): low.isFinite && high.isFinite && low <= high
    case .normal(let mean, let std), .truncatedNormal(let mean, let std):
      mean.isFinite && std.isFinite && std >= 0
    case .xavierUniform(let gain), .xavierNormal(let gain), .orthogonal(let gain):
      gain.isFinite
    case .kaimingUniform(let kaiming), .kaimingNormal(let kaiming): kaiming.slope.isFinite
    }
  }
}
