package import Tensors

/// What an optimiser remembers between steps, and the step itself.
package struct OptimizerState: Sendable {
  package let optimizer: Optimizer
  private let treatments: [ParameterTreatment]
  /// Steps taken.
  package private(set) var steps = 0
  /// nil for a parameter that has not moved yet.
  private var memory: [Memory?]

  /// Which of a parameter's remembered tensors a name means.
  private typealias Slot = any WritableKeyPath<Memory, Tensor?> & Sendable

  /// Starts with nothing remembered.
  ///
  /// - Parameters:
  ///   - shapes: of the parameters, in the order in which steps will bring them.
  ///   - treatments: one a parameter; nil: all alike.
  package init(
    _ optimizer: Optimizer, shapes: [Shape], treatments: [ParameterTreatment]? = nil
  ) {
    self.optimizer = optimizer
    self.treatments = treatments ?? shapes.map { _ in ParameterTreatment() }
    // Taken before the first pass, which could otherwise not have its buffers again.
    memory = zip(shapes, self.treatments).map { shape, treatment in
      treatment.firstStep == 0 ? Memory(optimizer, shape: shape) : nil
    }
  }

  /// Goes on from what was remembered after some steps.
  ///
  /// - Parameters:
  ///   - steps: taken before, at least 1.
  ///   - remembered: for every name of ``rememberedNames(_:)`` a tensor for every parameter that
  ///     has moved.
  package init(
    _ optimizer: Optimizer, treatments: [ParameterTreatment], steps: Int,
    remembered: [[Tensor?]]
  ) {
    self.optimizer = optimizer
    self.treatments = treatments
    self.steps = steps
    memory = treatments.map { $0.ownSteps(of: steps) > 0 ? Memory() : nil }
    for ((_, slot), tensors) in zip(Self.slots(optimizer), remembered) {
      for (index, tensor) in tensors.enumerated() { memory[index]?[keyPath: slot] = tensor }
    }
  }

  /// What is remembered of each parameter once a step was taken, by PyTorch's names.
  package static func rememberedNames(_ optimizer: Optimizer) -> [String] {
    slots(optimizer).map(\.name)
  }

  /// For every name of ``rememberedNames(_:)`` a tensor for every parameter that has moved.
  package var remembered: [[Tensor?]] {
    Self.slots(optimizer).map { slot in memory.map { $0?[keyPath: slot.place] } }
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

  /// Moves all parameters that are not frozen once, along their gathered gradients.
  ///
  /// - Parameter rate: the learning rate of this step.
  package mutating func step(_ parameters: [Parameter], rate: Double, compute: Compute) {
    steps += 1
    for (index, parameter) in parameters.enumerated() {
      let treatment = treatments[index]
      let own = treatment.ownSteps(of: steps)
      guard own > 0 else { continue }
      let gradient = parameter.gradient(compute)
      if memory[index] == nil { memory[index] = Memory(optimizer, shape: gradient.shape) }
      memory[index]?.update(
        &parameter.value, gradient, treatment.decays ? optimizer : optimizer.withoutDecay,
        rate: rate * treatment.rateFactor, step: own, compute: compute)
    }
  }
}

extension Optimizer {
  /// The same without weight decay.
  fileprivate var withoutDecay: Optimizer {
    switch self {
    case .sgd(var settings):
      settings.weightDecay = 0
      return .sgd(settings)
    case .adam(var settings):
      settings.weightDecay = 0
      return .adam(settings)
    case .adamW(var settings):
      settings.weightDecay = 0
      return .adamW(settings)
    case .rmsprop(var settings):
      settings.weightDecay = 0
      return .rmsprop(settings)
    case .adagrad(var settings):
      settings.weightDecay = 0
      return .adagrad(settings)
    }
  }
}

/// One parameter's share of what is remembered: which tensors there are depends on the optimiser.
private struct Memory: Sendable {
  var first: Tensor?
  var second: Tensor?
  var third: Tensor?

  init() {}

  /// Before a parameter's first step; the velocity of SGD begins with the first gradient.
  init(_ optimizer: Optimizer, shape: Shape) {
    switch optimizer {
    case .sgd: break
    case .adam, .adamW:
      first = Tensor(zeros: shape)
      second = Tensor(zeros: shape)
    case .rmsprop(let settings):
      first = Tensor(zeros: shape)
      second = settings.centered ? Tensor(zeros: shape) : nil
      third = settings.momentum == 0 ? nil : Tensor(zeros: shape)
    case .adagrad(let settings):
      first = Tensor(repeating: Float(settings.initialAccumulator), shape: shape)
    }
  }

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
