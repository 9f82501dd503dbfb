internal import Tensors

extension Initializer {
  /// The starting value of a parameter; scales in double, rounded once.
  func tensor(_ spec: ParameterSpec, stream: RandomStream, compute: Compute) -> Tensor {
    let shape = Shape(spec.dimensions)
    let (fanIn, fanOut) = (Double(spec.fanIn), Double(spec.fanOut))
    func uniform(_ bound: Double) -> Tensor {
      compute.uniform(shape, low: -bound, high: bound, stream: stream)
    }
    func normal(_ std: Double, mean: Double = 0) -> Tensor {
      compute.normal(shape, mean: mean, deviation: std, stream: stream)
    }
    switch self {
    case .zeros: return Tensor(zeros: shape)
    case .constant(let value): return Tensor(repeating: Float(value), shape: shape)
    case .uniform(let low, let high):
      return compute.uniform(shape, low: low, high: high, stream: stream)
    case .normal(let mean, let std): return normal(std, mean: mean)
    case .truncatedNormal(let mean, let std):
      return compute.truncatedNormal(shape, mean: mean, deviation: std, stream: stream)
    case .xavierUniform(let gain): return uniform(gain * (6 / (fanIn + fanOut)).squareRoot())
    case .xavierNormal(let gain): return normal(gain * (2 / (fanIn + fanOut)).squareRoot())
    case .kaimingUniform(let kaiming):
      return uniform(3.0.squareRoot() * kaiming.deviation(fanIn: fanIn, fanOut: fanOut))
    case .kaimingNormal(let kaiming):
      return normal(kaiming.deviation(fanIn: fanIn, fanOut: fanOut))
    case .orthogonal(let gain):
      let draws = compute.normal(shape, stream: stream)
      return OrthonormalRows.scaled(draws, by: gain)
    case .fanInUniform: return uniform(1 / fanIn.squareRoot())
    }
  }
}

extension Initializer.Kaiming {
  /// gain/√fan.
  func deviation(fanIn: Double, fanOut: Double) -> Double {
    nonlinearity.gain(slope: slope) / (fan == .fanIn ? fanIn : fanOut).squareRoot()
  }
}
