package import Tensors

/// What an optimiser remembers between steps, and the step itself.
package struct OptimizerState: Sendable {
  package let optimizer: Optimizer
  /// Steps taken.
  package private(set) var steps = 0
  private var memory: [Memory]

  /// Which of a parameter's remembered tensors a name means.
  private typealias Slot = any WritableKeyPath<Memory, Tensor?> & Sendable

  /// Starts with nothing remembered.
  ///
  /// - Parameter shapes: of the parameters, in the order in which steps will bring them.
  package init(_ optimizer: Optimizer, shapes: [Shape]) {
    self.optimizer = optimizer
    memory = shapes.map { shape in
      switch optimizer {
      case .sgd: return Memory()
      case .adam, .adamW:
        return Memory(first: Tensor(zeros: shape), second: Tensor(zeros: shape))
      case .rmsprop(let settings):
        return Memory(
          first: Tensor(zeros: shape),
          second: settings.centered ? Tensor(zeros: shape) : nil,
          third: settings.momentum == 0 ? nil : Tensor(zeros: shape))
      case .adagrad(let settings):
        return Memory(
          first: Tensor(repeating: Float(settings.initialAccumulator), shape: shape))
      }
    }
  }

  /// Goes on from what was remembered after some steps.
  ///
  /// - Parameters:
  ///   - steps: taken before, at least 1.
  ///   - parameters: how many there are.
  ///   - remembered: for every name of ``rememberedNames(_:)`` a tensor for every parameter.
  package init(
    _ optimizer: Optimizer, steps: Int, parameters: Int, remembered: [[Tensor]]
  ) {
    self.optimizer = optimizer
    self.steps = steps
    memory = Array(repeating: Memory(), count: parameters)
    for ((_, slot), tensors) in zip(Self.slots(optimizer), remembered) {
      for (index, tensor) in tensors.enumerated() { memory[index][keyPath: slot] = tensor }
    }
  }

  /// What is remembered of each parameter once a step was taken, by PyTorch's names.
  package static func rememberedNames(_ optimizer: Optimizer) -> [String] {
    slots(optimizer).map(\.name)
  }

  /// For every name of ``rememberedNames(_:)`` a tensor for every parameter, after a step.
  package var remembered: [[Tensor]] {
    Self.slots(optimizer).map { slot in memory.compactMap { $0[keyPath: slot.place] } }
  }

  private static func slots(_ optimizer: Optimizer) -> [(name: String, place: Slot)] {
    switch optimizer {
    case .sgd(let settings):
      settings.momentum == 0 ? [] : [("momentum_buffer", \.first)]
    case .adam, .adamW: [("exp_avg", \.first), ("exp_avg_sq", \.second)]
    case .rmsprop(let settings):
      [("square_avg", \.first)] + (settings.centered ? [("grad_avg", \.second)] : [])
        + (settings.momentum == 0 ? [] : [("momentum_buffer", \.third)])
    case .adagrad: [("sum", \.first)]
    }
  }

  /// Moves all parameters once, along their gathered gradients.
  ///
  /// - Parameter rate: the learning rate of this step.
  package mutating func step(_ parameters: [Parameter], rate: Double, compute: Compute) {
    steps += 1
    for (index, parameter) in parameters.enumerated() {
      let gradient = parameter.gradient(compute)
      memory[index].update(
        &parameter.value, gradient, optimizer, rate: rate, step: steps, compute: compute)
    }
  }
}

/// One parameter's share of what is remembered: which tensors there are depends on the optimiser.
private struct Memory: Sendable {
  var first: Tensor?
  var second: Tensor?
  var third: Tensor?

  /// One step, the `step`-th from 1.
  mutating func update(
    _ value: inout Tensor, _ gradient: Tensor, _ optimizer: Optimizer, rate: Double, step: Int,
    compute: Compute
  ) {
    switch optimizer {
    case .sgd(let options):
      let settings = SGDStep(
        rate: rate, momentum: options.momentum, dampening: options.dampening,
        weightDecay: options.weightDecay, nesterov: options.nesterov)
      compute.update(&value, gradient: gradient, velocity: &first, settings)
    case .adam(let options), .adamW(let options):
      let isDecoupled = if case .adamW = optimizer { true } else { false }
      let settings = AdamStep(
        rate: rate, beta1: options.beta1, beta2: options.beta2, epsilon: options.epsilon,
        weightDecay: options.weightDecay, decoupled: isDecoupled, step: step)
      guard var m = first.take(), var v = second.take() else { return }
      compute.update(&value, gradient: gradient, m: &m, v: &v, settings)
      (first, second) = (m, v)
    case .rmsprop(let options):
      let settings = RMSpropStep(
        rate: rate, alpha: options.alpha, epsilon: options.epsilon,
        momentum: options.momentum, weightDecay: options.weightDecay)
      guard var square = first.take() else { return }
      compute.update(
        &value, gradient: gradient, square: &square, average: &second,
        buffer: &third, settings)
      first = square
    case .adagrad(let options):
      let settings = AdagradStep(
        rate: rate, rateDecay: options.rateDecay, epsilon: options.epsilon,
        weightDecay: options.weightDecay, step: step)
      guard var sum = first.take() else { return }
      compute.update(&value, gradient: gradient, sum: &sum, settings)
      first = sum
    }
  }
}
