internal import Experiments
internal import Learning

extension Optimizer {
  /// The engine's optimiser for what a notebook asks for.
  init(_ spec: OptimizerSpec) {
    switch spec {
    case .sgd(let spec):
      self = .sgd(
        SGD(
          rate: spec.lr, momentum: spec.momentum, dampening: spec.dampening,
          nesterov: spec.nesterov, weightDecay: spec.weightDecay))
    case .adam(let spec): self = .adam(Adam(spec))
    case .adamw(let spec): self = .adamW(Adam(spec))
    case .rmsprop(let spec):
      self = .rmsprop(
        RMSprop(
          rate: spec.lr, alpha: spec.alpha, epsilon: spec.eps, momentum: spec.momentum,
          centered: spec.centered, weightDecay: spec.weightDecay))
    case .adagrad(let spec):
      self = .adagrad(
        Adagrad(
          rate: spec.lr, rateDecay: spec.lrDecay, epsilon: spec.eps,
          initialAccumulator: spec.initialAccumulatorValue, weightDecay: spec.weightDecay))
    }
  }
}

extension Optimizer.Adam {
  fileprivate init(_ spec: AdamSpec) {
    self.init(
      rate: spec.lr, beta1: spec.betas.first, beta2: spec.betas.second, epsilon: spec.eps,
      weightDecay: spec.weightDecay)
  }
}
