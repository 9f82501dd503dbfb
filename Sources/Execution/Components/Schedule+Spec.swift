internal import Experiments
internal import Learning

extension Schedule {
  /// The engine's schedule for what a notebook asks for; `lr` is the optimiser's rate.
  init(_ spec: ScheduleSpec, lr: Double) {
    switch spec {
    case .constant(let spec):
      self.init(.constant, warmup: Warmup(spec.warmup))
    case .step(let spec):
      self.init(.step(size: spec.stepSize, gamma: spec.gamma), unit: Unit(spec.unit))
    case .exponential(let spec):
      self.init(.exponential(gamma: spec.gamma), unit: Unit(spec.unit))
    case .linear(let spec):
      self.init(.linear, warmup: Warmup(spec.warmup), unit: Unit(spec.unit))
    case .polynomial(let spec):
      self.init(
        .polynomial(power: spec.power, end: spec.lrEnd), warmup: Warmup(spec.warmup),
        unit: Unit(spec.unit))
    case .cosine(let spec):
      self.init(ScheduleShape(spec), warmup: Warmup(spec.warmup), unit: Unit(spec.unit))
    case .oneCycle(let spec):
      self.init(
        .oneCycle(
          OneCycle(
            maximum: spec.maxLR ?? lr, riseShare: spec.pctStart, initialDivisor: spec.divFactor,
            finalDivisor: spec.finalDivFactor)))
    case .noam(let spec):
      self.init(.noam(modelWidth: spec.dModel, warmup: spec.warmupSteps))
    case .reduceOnPlateau(let spec):
      self.init(
        .reduceOnPlateau(
          Plateau(
            factor: spec.factor, patience: spec.patience, threshold: spec.threshold,
            cooldown: spec.cooldown, minimum: spec.minLR)),
        unit: .epoch)
    }
  }
}

extension ScheduleShape {
  fileprivate init(_ spec: CosineScheduleSpec) {
    if spec.restarts {
      // Transformers counts restarts in whole cycles.
      let cycles = Int(exactly: spec.effectiveCycles.rounded()) ?? 1
      self = .cosineRestarts(cycles: cycles, minimum: spec.etaMin)
    } else {
      self = .cosine(cycles: spec.effectiveCycles, minimum: spec.etaMin)
    }
  }
}

extension Schedule.Unit {
  fileprivate init(_ spec: ScheduleUnit) {
    switch spec {
    case .step: self = .step
    case .epoch: self = .epoch
    }
  }
}

extension Schedule.Warmup {
  fileprivate init(_ spec: WarmupSpec) {
    if let steps = spec.steps {
      self = .duration(steps)
    } else if let ratio = spec.ratio {
      self = .ratio(ratio)
    } else {
      self = .none
    }
  }
}
