/// When and how far `reduce_on_plateau` lowers the rate (torch `ReduceLROnPlateau`).
package struct Plateau: Sendable, Hashable {
  /// Whether the monitored value should fall (loss) or rise (accuracy).
  package enum Mode: String, Sendable, Hashable, CaseIterable { case min, max }

  /// Whether the threshold is a share of the best value or an amount.
  package enum ThresholdMode: String, Sendable, Hashable, CaseIterable {
    case relative = "rel"
    case absolute = "abs"
  }

  /// The series watched, once an epoch; default `validation.loss`.
  package var monitor: String
  package var mode: Mode
  /// New rate = old rate × factor; default 0.1.
  package var factor: Double
  /// Epochs without improvement that are borne; default 10.
  package var patience: Int
  /// How much counts as improvement; default 1e-4.
  package var threshold: Double
  package var thresholdMode: ThresholdMode
  /// Epochs after a reduction in which none is counted; default 0.
  package var cooldown: Int
  /// The lowest rate; default 0.
  package var minimum: Double
  /// Reductions smaller than this are not made; default 1e-8.
  package var smallest: Double

  package init(
    monitor: String = "validation.loss", mode: Mode = .min, factor: Double = 0.1,
    patience: Int = 10, threshold: Double = 1e-4, thresholdMode: ThresholdMode = .relative,
    cooldown: Int = 0, minimum: Double = 0, smallest: Double = 1e-8
  ) {
    self.monitor = monitor
    self.mode = mode
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
    self.thresholdMode = thresholdMode
    self.cooldown = cooldown
    self.minimum = minimum
    self.smallest = smallest
  }
}

/// The memory of `reduce_on_plateau`: the rate, the best value and how long ago it was.
package struct PlateauState: Sendable, Hashable {
  package let settings: Plateau
  /// The rate for the steps until the next ``observe(_:)``.
  package private(set) var rate: Double
  /// The best value so far; an infinity before the first.
  private(set) var best: Double
  /// Values in a row that were not better.
  private(set) var badCount = 0
  /// Values to come that do not count.
  private(set) var cooldownLeft = 0

  /// Starts at a rate.
  package init(_ settings: Plateau, rate: Double) {
    self.settings = settings
    self.rate = rate
    best = settings.mode == .min ? .infinity : -.infinity
  }

  /// Goes on from what was remembered.
  init(_ settings: Plateau, rate: Double, best: Double, badCount: Int, cooldownLeft: Int) {
    self.settings = settings
    self.rate = rate
    self.best = best
    self.badCount = badCount
    self.cooldownLeft = cooldownLeft
  }

  /// Takes the next value of the monitored series and lowers the rate if it is time.
  package mutating func observe(_ value: Double) {
    if improves(value) {
      best = value
      badCount = 0
    } else {
      badCount += 1
    }
    if cooldownLeft > 0 {
      cooldownLeft -= 1
      badCount = 0
    }
    guard badCount > settings.patience else { return }
    cooldownLeft = settings.cooldown
    badCount = 0
    let lowered = max(rate * settings.factor, settings.minimum)
    if rate - lowered > settings.smallest { rate = lowered }
  }

  private func improves(_ value: Double) -> Bool {
    switch (settings.mode, settings.thresholdMode) {
    case (.min, .relative): value < best * (1 - settings.threshold)
    case (.min, .absolute): value < best - settings.threshold
    case (.max, .relative): value > best * (1 + settings.threshold)
    case (.max, .absolute): value > best + settings.threshold
    }
  }
}
