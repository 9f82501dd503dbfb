internal import CKernels

/// Coefficients of one SGD step, as PyTorch's `SGD`.
package struct SGDStep: Sendable {
  package var rate: Double
  package var momentum: Double
  package var dampening: Double
  package var weightDecay: Double
  package var nesterov: Bool

  package init(
    rate: Double, momentum: Double = 0, dampening: Double = 0, weightDecay: Double = 0,
    nesterov: Bool = false
  ) {
    self.rate = rate
    self.momentum = momentum
    self.dampening = dampening
    self.weightDecay = weightDecay
    self.nesterov = nesterov
  }
}

/// Coefficients of one Adam or AdamW step, as PyTorch's.
package struct AdamStep: Sendable {
  package var rate: Double
  package var beta1: Double
  package var beta2: Double
  package var epsilon: Double
  /// λ: added to the gradient (Adam), or decays the parameter before the step (AdamW).
  package var weightDecay: Double
  /// AdamW when true.
  package var decoupled: Bool
  /// Number of this step, from 1.
  package var step: Int

  package init(
    rate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0, decoupled: Bool = false, step: Int
  ) {
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.decoupled = decoupled
    self.step = step
  }
}

/// Coefficients of one RMSprop step, as PyTorch's.
package struct RMSpropStep: Sendable {
  package var rate: Double
  package var alpha: Double
  package var epsilon: Double
  package var momentum: Double
  package var weightDecay: Double

  package init(
    rate: Double, alpha: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0,
    weightDecay: Double = 0
  ) {
    self.rate = rate
    self.alpha = alpha
    self.epsilon = epsilon
    self.momentum = momentum
    self.weightDecay = weightDecay
  }
}

/// Coefficients of one Adagrad step, as PyTorch's.
package struct AdagradStep: Sendable {
  package var rate: Double
  package var rateDecay: Double
  package var epsilon: Double
  package var weightDecay: Double
  /// Number of this step, from 1.
  package var step: Int

  package init(
    rate: Double, rateDecay: Double = 0, epsilon: Double = 1e-10, weightDecay: Double = 0,
    step: Int
  ) {
    self.rate = rate
    self.rateDecay = rateDecay
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.step = step
  }
}

/// Optimiser updates in one pass over memory; expressions in NUMERICS.md rule 8.
extension Compute {
  private static var updateGrain: Int { 1 << 15 }

  /// One SGD step; `velocity` is made on the first step with momentum and stays nil without.
  package func update(
    _ p: inout Tensor, gradient g: Tensor, velocity: inout Tensor?, _ step: SGDStep
  ) {
    precondition(p.shape == g.shape, "gradient \(g.shape) of parameter \(p.shape)")
    let first = velocity == nil
    if step.momentum != 0 && first { velocity = Tensor(uninitialized: p.shape) }
    let coefficients = AssaySGD(
      rate: Float(step.rate), momentum: Float(step.momentum),
      one_minus_dampening: Float(1 - step.dampening), weight_decay: Float(step.weightDecay),
      nesterov: step.nesterov ? 1 : 0, first: first ? 1 : 0)
    let (target, source) = (p.mutableElements, g.elements)
    let state = step.momentum == 0 ? nil : velocity?.mutableElements
    threads.split(g.count, grain: Compute.updateGrain) { range in
      let start = range.lowerBound
      kernels.pointee.sgd(
        range.count, coefficients, source + start, state.map { $0 + start }, target + start)
    }
    withExtendedLifetime(g) {}
  }

  /// One Adam or AdamW step; `m` and `v` begin as zeros.
  package func update(
    _ p: inout Tensor, gradient g: Tensor, m: inout Tensor, v: inout Tensor, _ step: AdamStep
  ) {
    precondition(p.shape == g.shape, "gradient \(g.shape) of parameter \(p.shape)")
    precondition(m.shape == g.shape && v.shape == g.shape, "state of parameter \(p.shape)")
    let coefficients = AssayAdam(
      one_minus_beta1: Float(1 - step.beta1), beta2: Float(step.beta2),
      one_minus_beta2: Float(1 - step.beta2),
      rate: Float(step.rate / (1 - DoubleMath.power(step.beta1, step.step))),
      root_scale: Float(1 / (1 - DoubleMath.power(step.beta2, step.step)).squareRoot()),
      epsilon: Float(step.epsilon), weight_decay: step.decoupled ? 0 : Float(step.weightDecay),
      decay: step.decoupled ? Float(1 - step.rate * step.weightDecay) : 1)
    let (target, source) = (p.mutableElements, g.elements)
    let (first, second) = (m.mutableElements, v.mutableElements)
    threads.split(g.count, grain: Compute.updateGrain) { range in
      let start = range.lowerBound
      kernels.pointee.adam(
        range.count, coefficients, source + start, first + start, second + start, target + start)
    }
    withExtendedLifetime(g) {}
  }

  /// One RMSprop step; states begin as zeros.
  ///
  /// `average` is given for the centred variant,
  /// `buffer` when there is momentum; otherwise they are nil.
  package func update(
    _ p: inout Tensor, gradient g: Tensor, square: inout Tensor, average: inout Tensor?,
    buffer: inout Tensor?, _ step: RMSpropStep
  ) {
    precondition(p.shape == g.shape, "gradient \(g.shape) of parameter \(p.shape)")
    precondition((buffer != nil) == (step.momentum != 0), "buffer without momentum")
    let coefficients = AssayRMSprop(
      rate: Float(step.rate), alpha: Float(step.alpha), one_minus_alpha: Float(1 - step.alpha),
      epsilon: Float(step.epsilon), momentum: Float(step.momentum),
      weight_decay: Float(step.weightDecay))
    let (target, source) = (p.mutableElements, g.elements)
    let (squares, averages) = (square.mutableElements, average?.mutableElements)
    let velocities = buffer?.mutableElements
    threads.split(g.count, grain: Compute.updateGrain) { range in
      let start = range.lowerBound
      kernels.pointee.rmsprop(
        range.count, coefficients, source + start, squares + start, averages.map { $0 + start },
        velocities.map { $0 + start }, target + start)
    }
    withExtendedLifetime(g) {}
  }

  /// One Adagrad step; `sum` begins filled with the initial accumulator value.
  package func update(
    _ p: inout Tensor, gradient g: Tensor, sum: inout Tensor, _ step: AdagradStep
  ) {
    precondition(p.shape == g.shape, "gradient \(g.shape) of parameter \(p.shape)")
    let rate = Float(step.rate / (1 + Double(step.step - 1) * step.rateDecay))
    let (target, source, sums) = (p.mutableElements, g.elements, sum.mutableElements)
    threads.split(g.count, grain: Compute.updateGrain) { range in
      let start = range.lowerBound
      kernels.pointee.adagrad(
        range.count, rate, Float(step.epsilon), Float(step.weightDecay), source + start,
        sums + start, target + start)
    }
    withExtendedLifetime(g) {}
  }
}
