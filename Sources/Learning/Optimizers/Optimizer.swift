/// How gradients move parameters, with PyTorch's settings and meanings.
///
/// Every optimiser takes its learning rate from the schedule; `rate` here is the base rate (`lr`).
package enum Optimizer: Sendable, Hashable {
  /// `v = μv + (1 − damping)g` (first `v = g`), `p −= lr·v`, or `lr·(g + μv)` with Nesterov.
  case sgd(SGD)
  /// Kingma & Ba 2015; weight decay is added to the gradient.
  case adam(Adam)
  /// Loshchilov & Hutter 2019; `p` is first multiplied by `1 − lr·λ`.
  case adamW(Adam)
  /// Squares averaged by α; `p −= lr·g/(√s + ε)`.
  case rmsprop(RMSprop)
  /// Squares summed; `p −= lr/(1 + (t − 1)·decay)·g/(√s + ε)`.
  case adagrad(Adagrad)

  /// Torch `SGD`.
  package struct SGD: Sendable, Hashable {
    /// Torch 1e-3.
    package var rate: Double
    package var momentum: Double
    package var dampening: Double
    package var nesterov: Bool
    package var weightDecay: Double

    package init(
      rate: Double = 1e-3, momentum: Double = 0, dampening: Double = 0, nesterov: Bool = false,
      weightDecay: Double = 0
    ) {
      self.rate = rate
      self.momentum = momentum
      self.dampening = dampening
      self.nesterov = nesterov
      self.weightDecay = weightDecay
    }
  }

  /// Torch `Adam` and `AdamW`.
  package struct Adam: Sendable, Hashable {
    /// Torch 1e-3.
    package var rate: Double
    package var beta1: Double
    package var beta2: Double
    package var epsilon: Double
    /// Torch: 0 for Adam, 0.01 for AdamW; no default here, since the two differ.
    package var weightDecay: Double

    package init(
      rate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
      weightDecay: Double
    ) {
      self.rate = rate
      self.beta1 = beta1
      self.beta2 = beta2
      self.epsilon = epsilon
      self.weightDecay = weightDecay
    }
  }

  /// Torch `RMSprop`.
  package struct RMSprop: Sendable, Hashable {
    /// Torch 1e-2.
    package var rate: Double
    package var alpha: Double
    package var epsilon: Double
    package var momentum: Double
    /// Divides by the deviation of the gradient instead of its size.
    package var centered: Bool
    package var weightDecay: Double

    package init(
      rate: Double = 1e-2, alpha: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0,
      centered: Bool = false, weightDecay: Double = 0
    ) {
      self.rate = rate
      self.alpha = alpha
      self.epsilon = epsilon
      self.momentum = momentum
      self.centered = centered
      self.weightDecay = weightDecay
    }
  }

  /// Torch `Adagrad`.
  package struct Adagrad: Sendable, Hashable {
    /// Torch 1e-2.
    package var rate: Double
    package var rateDecay: Double
    package var epsilon: Double
    package var initialAccumulator: Double
    package var weightDecay: Double

    package init(
      rate: Double = 1e-2, rateDecay: Double = 0, epsilon: Double = 1e-10,
      initialAccumulator: Double = 0, weightDecay: Double = 0
    ) {
      self.rate = rate
      self.rateDecay = rateDecay
      self.epsilon = epsilon
      self.initialAccumulator = initialAccumulator
      self.weightDecay = weightDecay
    }
  }

  /// The base learning rate.
  package var rate: Double {
    switch self {
    case .sgd(let settings): settings.rate
    case .adam(let settings), .adamW(let settings): settings.rate
    case .rmsprop(let settings): settings.rate
    case .adagrad(let settings): settings.rate
    }
  }
}
