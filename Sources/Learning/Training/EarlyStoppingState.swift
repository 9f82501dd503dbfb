/// The memory of early stopping: the best value and how long ago it was.
struct EarlyStoppingState: Sendable {
  private let settings: TrainingSettings.EarlyStopping
  private let rises: Bool
  private(set) var best: Double?
  /// Epochs in a row that were not better.
  private(set) var badEpochs = 0
  private(set) var bestEpoch: Int?

  /// - Parameter rises: whether the monitored value is better when it is larger.
  init(_ settings: TrainingSettings.EarlyStopping, rises: Bool) {
    self.settings = settings
    self.rises = rises
  }

  /// Goes on from what was remembered; `best` and its epoch are both nil or both known.
  init(
    _ settings: TrainingSettings.EarlyStopping, rises: Bool, best: (value: Double, epoch: Int)?,
    badEpochs: Int
  ) {
    self.init(settings, rises: rises)
    self.best = best?.value
    bestEpoch = best?.epoch
    self.badEpochs = badEpochs
  }

  /// Takes an epoch's value and says whether it is the best so far; the first of equals stays.
  mutating func observe(_ value: Double, epoch: Int) -> Bool {
    if improves(value) {
      best = value
      bestEpoch = epoch
      badEpochs = 0
      return true
    }
    badEpochs += 1
    return false
  }

  var isExhausted: Bool { badEpochs >= max(1, settings.patience) }

  private func improves(_ value: Double) -> Bool {
    if value.isNaN { return false }
    guard let best else { return true }
    return rises
      ? value > best + settings.minimumDelta : value < best - settings.minimumDelta
  }
}
