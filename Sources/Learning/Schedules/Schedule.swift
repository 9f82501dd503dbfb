/// A learning rate as a function of time: a warm-up, then a shape.
///
/// Time `t` counts optimiser steps (or epochs, see ``unit``) from 0; the rate at `t` is the one
/// that step `t` uses. Everything is computed in double from `t` alone, never from the rate
/// before, so PyTorch's chained forms agree to their own rounding.
package struct Schedule: Sendable, Hashable {
  /// What time counts.
  package enum Unit: String, Sendable, Hashable, CaseIterable { case step, epoch }

  /// How long the rate rises linearly from 0 (transformers: the first step uses rate 0).
  package enum Warmup: Sendable, Hashable {
    /// No warm-up.
    case none
    /// So many units of time.
    case duration(Int)
    /// A share 0…1 of the total, rounded up as transformers' Trainer does.
    case ratio(Double)

    /// Units of time out of `total`.
    package func duration(total: Int) -> Int {
      switch self {
      case .none: return 0
      case .duration(let units): return max(0, units)
      case .ratio(let ratio):
        let units = (Double(max(0, total)) * min(1, max(0, ratio))).rounded(.up)
        return Int(exactly: units) ?? 0
      }
    }
  }

  package var shape: ScheduleShape
  package var warmup: Warmup
  package var unit: Unit

  package init(_ shape: ScheduleShape, warmup: Warmup = .none, unit: Unit = .step) {
    self.shape = shape
    self.warmup = warmup
    self.unit = unit
  }

  /// The rate at time `t` of `total`.
  ///
  /// During warm-up `base · t / W`; after it the shape over `t − W` of `total − W`. `noam` has its
  /// own warm-up. `reduceOnPlateau` is constant here: its factor comes from ``PlateauState``.
  /// - Parameters:
  ///   - t: 0-based time; may lie past `total`.
  ///   - total: how long training is planned to take, in ``unit``.
  ///   - base: the optimiser's `lr`.
  package func rate(at t: Int, total: Int, base: Double) -> Double {
    if case .noam = shape { return shape.rate(at: t, total: total, base: base) }
    let rise = warmup.duration(total: total)
    if t < rise { return base * (Double(t) / Double(rise)) }
    return shape.rate(at: t - rise, total: max(0, total - rise), base: base)
  }
}
