internal import Experiments
internal import Learning

extension Loss {
  /// The engine's loss for what a notebook asks for.
  init(_ spec: LossSpec) {
    switch spec {
    case .crossEntropy(let spec):
      self = .crossEntropy(
        CrossEntropy(
          labelSmoothing: spec.labelSmoothing,
          classWeights: ClassWeights(spec.classWeights)))
    case .hinge(let spec):
      let kind: Hinge.Kind =
        switch spec.kind {
        case .multiMargin: .multiMargin
        case .binary: .binary
        case .crammerSinger: .crammerSinger
        }
      self = .hinge(Hinge(kind: kind, margin: spec.margin, power: spec.p))
    case .mse: self = .meanSquaredError
    case .huber(let spec): self = .huber(delta: spec.delta)
    case .smoothL1(let spec): self = .smoothL1(beta: spec.beta)
    case .bceWithLogits(let spec):
      let weights: PositiveWeights =
        switch spec.posWeight {
        case .balanced: .balanced
        case .values(let weights): .values(weights)
        }
      self = .binaryCrossEntropy(BinaryCrossEntropy(positiveWeights: weights))
    }
  }
}

extension Loss.ClassWeights {
  fileprivate init(_ spec: ClassWeightsSpec?) {
    switch spec {
    case nil: self = .none
    case .balanced: self = .balanced
    case .values(let weights): self = .values(weights)
    }
  }
}
