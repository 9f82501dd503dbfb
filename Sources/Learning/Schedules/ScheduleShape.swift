internal import Tensors

/// What the learning rate does after the warm-up; `t` counts from the end of the warm-up.
package enum ScheduleShape: Sendable, Hashable {
  /// `base` throughout.
  case constant
  /// `base · γ^⌊t / size⌋` (torch `StepLR`; gamma 0.1).
  case step(size: Int, gamma: Double)
  /// `base · γ^(milestones ≤ t)` (torch `MultiStepLR`).
  case multiStep(milestones: [Int], gamma: Double)
  /// `base · γ^t` (torch `ExponentialLR`).
  case exponential(gamma: Double)
  /// `base · max(0, 1 − t / T)` (transformers `linear`).
  case linear
  /// From `base · start` to `base · end` over `duration`, then level (torch `LinearLR`).
  case ramp(start: Double, end: Double, duration: Int)
  /// `(base − end)(1 − t / T)^power + end`, `end` after T (transformers `polynomial`: end 1e-7).
  case polynomial(power: Double, end: Double)
  /// `η + (base − η)·½(1 + cos(2π·c·t/T))`, never below η (torch `CosineAnnealingLR` with
  /// cycles ½, transformers `cosine`).
  case cosine(cycles: Double, minimum: Double)
  /// `c` whole cosine descents over T, η at and after T (transformers `cosine_with_restarts`).
  case cosineRestarts(cycles: Int, minimum: Double)
  /// Cosine descents of `period`, `period·factor`, … (torch `CosineAnnealingWarmRestarts`).
  case cosinePeriods(period: Int, factor: Int, minimum: Double)
  /// Torch `OneCycleLR`; the base rate is not used.
  case oneCycle(OneCycle)
  /// `base · d^-½ · min(s^-½, s·W^-1.5)` with `s = t + 1` (Vaswani et al. 2017, eq. 3): the
  /// optimiser's rate is a factor.
  case noam(modelWidth: Int, warmup: Int)
  /// Constant, multiplied down when a monitored value stops improving (``PlateauState``).
  case reduceOnPlateau(Plateau)

  func rate(at t: Int, total: Int, base: Double) -> Double {
    switch self {
    case .constant, .reduceOnPlateau:
      return base
    case .step(let size, let gamma):
      return base * DoubleMath.power(gamma, t / max(1, size))
    case .multiStep(let milestones, let gamma):
      return base * DoubleMath.power(gamma, milestones.count { $0 <= t })
    case .exponential(let gamma):
      return base * DoubleMath.power(gamma, t)
    case .linear:
      return base * max(0, Double(total - t) / Double(max(1, total)))
    case .ramp(let start, let end, let duration):
      let share = Self.share(t, of: duration)
      return base * (start + (end - start) * min(1, share))
    case .polynomial(let power, let end):
      if t >= total { return end }
      let remaining = 1 - Double(t) / Double(total)
      return (base - end) * Self.power(remaining, power) + end
    case .cosine(let cycles, let minimum):
      let wave = 0.5 * (1 + DoubleMath.cospi(2 * cycles * Self.share(t, of: total)))
      return minimum + (base - minimum) * max(0, wave)
    case .cosineRestarts(let cycles, let minimum):
      if t >= total { return minimum }
      // (c·t) mod T in integers: the phase of a restart is exactly 0.
      let phase = (max(1, cycles) % total * t) % total
      let wave = 0.5 * (1 + DoubleMath.cospi(Double(phase) / Double(total)))
      return minimum + (base - minimum) * wave
    case .cosinePeriods(let period, let factor, let minimum):
      let (elapsed, length) = Self.position(t, period: max(1, period), factor: max(1, factor))
      let wave = 0.5 * (1 + DoubleMath.cospi(Double(elapsed) / Double(length)))
      return minimum + (base - minimum) * wave
    case .oneCycle(let cycle):
      return cycle.rate(at: t, total: total)
    case .noam(let width, let warmup):
      let step = Double(t) + 1
      let rise = Double(max(1, warmup))
      let scale = 1 / Double(max(1, width)).squareRoot()
      return base * scale * min(1 / step.squareRoot(), step / (rise * rise.squareRoot()))
    }
  }

  private static func share(_ t: Int, of total: Int) -> Double {
    total > 0 ? Double(t) / Double(total) : 1
  }

  /// Whole powers by binary powering (rule 5), others by our own `pow`.
  private static func power(_ base: Double, _ exponent: Double) -> Double {
    if let whole = Int(exactly: exponent), whole >= 0 { return DoubleMath.power(base, whole) }
    return DoubleMath.pow(base, exponent)
  }

  /// Time inside the current period, and that period's length.
  private static func position(_ t: Int, period: Int, factor: Int) -> (Int, Int) {
    if factor == 1 { return (t % period, period) }
    var elapsed = t
    var length = period
    while elapsed >= length {
      elapsed -= length
      let (longer, overflow) = length.multipliedReportingOverflow(by: factor)
      if overflow { break }
      length = longer
    }
    return (elapsed, length)
  }
}
