/// How gradients move weights, by PyTorch's names and defaults (`torch.optim`).
package enum OptimizerSpec: Sendable, Hashable {
  case sgd(SGDSpec)
  case adam(AdamSpec)
  case adamw(AdamSpec)
  case rmsprop(RMSpropSpec)
  case adagrad(AdagradSpec)

  /// The learning rate that the schedule scales.
  package var lr: Double {
    switch self {
    case .sgd(let spec): spec.lr
    case .adam(let spec), .adamw(let spec): spec.lr
    case .rmsprop(let spec): spec.lr
    case .adagrad(let spec): spec.lr
    }
  }
}

/// Stochastic gradient descent.
package struct SGDSpec: Sendable, Hashable {
  package var lr = 1e-3
  package var momentum = 0.0
  package var dampening = 0.0
  package var nesterov = false
  package var weightDecay = 0.0

  package init() {}
}

/// Adam (Kingma and Ba 2015), and AdamW (Loshchilov and Hutter 2019).
///
/// AdamW decays weights apart from the gradient. They differ in the default of `weightDecay`: 0
/// and 0.01.
package struct AdamSpec: Sendable, Hashable {
  package var lr = 1e-3
  package var betas = Betas()
  package var eps = 1e-8
  package var weightDecay: Double

  /// Decay rates of the first and second moment.
  package struct Betas: Sendable, Hashable {
    package var first = 0.9
    package var second = 0.999

    package init(_ first: Double = 0.9, _ second: Double = 0.999) {
      self.first = first
      self.second = second
    }
  }

  package init(weightDecay: Double) {
    self.weightDecay = weightDecay
  }
}

/// RMSprop (Hinton's lecture 6e).
package struct RMSpropSpec: Sendable, Hashable {
  package var lr = 1e-2
  package var alpha = 0.99
  package var eps = 1e-8
  package var momentum = 0.0
  package var centered = false
  package var weightDecay = 0.0

  package init() {}
}

/// Adagrad (Duchi, Hazan and Singer 2011).
package struct AdagradSpec: Sendable, Hashable {
  package var lr = 1e-2
  package var lrDecay = 0.0
  package var eps = 1e-10
  package var initialAccumulatorValue = 0.0
  package var weightDecay = 0.0

  package init() {}
}
