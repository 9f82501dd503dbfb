/// How the learning rate changes over training, by the names of PyTorch and Transformers.
package enum ScheduleSpec: Sendable, Hashable {
  case constant(ConstantScheduleSpec)
  case step(StepScheduleSpec)
  case exponential(ExponentialScheduleSpec)
  case linear(LinearScheduleSpec)
  case polynomial(PolynomialScheduleSpec)
  case cosine(CosineScheduleSpec)
  case oneCycle(OneCycleScheduleSpec)
  case noam(NoamScheduleSpec)
  case reduceOnPlateau(ReduceOnPlateauScheduleSpec)
}

/// What a schedule counts.
package enum ScheduleUnit: String, Sendable, Hashable, CaseIterable { case step, epoch }

/// A rise from 0 to the full rate before the schedule proper, as in Transformers: in units of the
/// schedule, or as a share of the whole (rounded up); at most one of the two is set.
package struct WarmupSpec: Sendable, Hashable {
  package var steps: Int?
  package var ratio: Double?

  package init(steps: Int? = nil, ratio: Double? = nil) {
    self.steps = steps
    self.ratio = ratio
  }
}

/// A schedule that may begin with a warm-up.
package protocol WarmingUp: Sendable {
  var warmup: WarmupSpec { get set }
}

/// The optimiser's rate throughout.
package struct ConstantScheduleSpec: WarmingUp, Sendable, Hashable {
  package var warmup = WarmupSpec()

  package init() {}
}

/// `StepLR`: times `gamma` every `stepSize` units.
package struct StepScheduleSpec: Sendable, Hashable {
  package var stepSize = 1
  package var gamma = 0.1
  package var unit = ScheduleUnit.epoch

  package init() {}
}

/// `ExponentialLR`: times `gamma` every unit.
package struct ExponentialScheduleSpec: Sendable, Hashable {
  package var gamma = 0.0
  package var unit = ScheduleUnit.epoch

  package init() {}
}

/// Down to 0 in a straight line.
package struct LinearScheduleSpec: WarmingUp, Sendable, Hashable {
  package var warmup = WarmupSpec()
  package var unit = ScheduleUnit.step

  package init() {}
}

/// Down to `lrEnd` along (1 − progress)^power.
package struct PolynomialScheduleSpec: WarmingUp, Sendable, Hashable {
  package var power = 1.0
  package var lrEnd = 1e-7
  package var warmup = WarmupSpec()
  package var unit = ScheduleUnit.step

  package init() {}
}

/// Down to `etaMin` along a cosine.
package struct CosineScheduleSpec: WarmingUp, Sendable, Hashable {
  /// Waves over the training; nil: a half, or one with restarts.
  package var numCycles: Double?
  /// Whether each cycle jumps back to the full rate (`cosine_with_restarts`).
  package var restarts = false
  package var etaMin = 0.0
  package var warmup = WarmupSpec()
  package var unit = ScheduleUnit.step

  package init() {}

  /// `numCycles` or the default that goes with `restarts`.
  package var effectiveCycles: Double { numCycles ?? (restarts ? 1 : 0.5) }
}

/// `OneCycleLR` (Smith and Topin 2018), two phases, cosine.
package struct OneCycleScheduleSpec: Sendable, Hashable {
  /// Peak; nil: the optimiser's rate.
  package var maxLR: Double?
  package var pctStart = 0.3
  package var divFactor = 25.0
  package var finalDivFactor = 1e4

  package init() {}
}

/// rate · dModel^−½ · min(t^−½, t · warmupSteps^−1.5), t from 1 (Vaswani and others 2017).
package struct NoamScheduleSpec: Sendable, Hashable {
  package var dModel = 512
  package var warmupSteps = 4000

  package init() {}
}

/// `ReduceLROnPlateau` on the validation loss, once per evaluation.
package struct ReduceOnPlateauScheduleSpec: Sendable, Hashable {
  package var factor = 0.1
  package var patience = 10
  package var threshold = 1e-4
  package var cooldown = 0
  package var minLR = 0.0

  package init() {}
}
