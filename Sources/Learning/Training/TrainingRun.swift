internal import Tensors

/// One training run in progress.
struct TrainingRun<Task: TrainingTask> {
  private let outline: TrainingOutline
  private let task: Task
  private let key: RandomKey
  private let compute: Compute
  private var optimizer: OptimizerState
  private var plateau: PlateauState?
  private var stopping: EarlyStoppingState?
  private var best: ParameterSet?
  private var log: TrainingLog
  private var step = 0
  private let totalSteps: Int
  private let totalEpochs: Int

  private var settings: TrainingSettings { outline.settings }

  init<Trainer: ModelTrainer>(
    _ trainer: Trainer, initial: ParameterSet
  ) where Trainer.Task == Task {
    outline = trainer.outline
    task = trainer.task(initial)
    key = trainer.key
    compute = trainer.compute
    let settings = trainer.outline.settings
    optimizer = OptimizerState(
      settings.optimizer, shapes: task.parameters.map(\.value.shape),
      treatments: trainer.outline.treatments)
    log = TrainingLog(trainer.outline)
    (totalSteps, totalEpochs) = settings.duration(rows: trainer.outline.rows)
    if case .reduceOnPlateau(let rule) = settings.schedule.shape {
      plateau = PlateauState(rule, rate: settings.optimizer.rate)
    }
    stopping = settings.earlyStopping.map { rule in
      EarlyStoppingState(rule, rises: TrainingOutline.rises(rule.monitor))
    }
  }

  /// Takes up a training of the same trainer after a step.
  init<Trainer: ModelTrainer>(
    _ trainer: Trainer, resuming state: TrainingState
  ) where Trainer.Task == Task {
    self.init(trainer, initial: state.parameters)
    precondition(
      outline.accepts(state.parameters) && (1...totalSteps).contains(state.step),
      "the state of another training")
    step = state.step
    optimizer = state.optimizer
    plateau = state.plateau
    stopping = state.stopping
    best = state.best
    log = state.log
  }

  /// Where training stands after a step.
  private var state: TrainingState {
    TrainingState(
      step: step, parameters: values, best: best, optimizer: optimizer,
      plateau: plateau, stopping: stopping, log: log)
  }

  /// The parameters as they are now.
  private var values: ParameterSet {
    ParameterSet(
      names: task.parameters.map(\.name), tensors: task.parameters.map(\.value))
  }

  mutating func run(
    _ checkpoint: CheckpointPolicy?, _ progress: (TrainingProgress) -> Bool
  ) throws(TrainingError) -> TrainingRecord {
    var timer = checkpoint.map { CheckpointTimer($0) }
    // A state is taken after a step and before what follows it, which may be the epoch's end.
    let place = settings.place(ofStep: step, rows: outline.rows)
    var epoch = place.epoch
    var batches = place.batches
    var isExhausted = false
    while epoch < totalEpochs, !isExhausted {
      let rate = try runEpoch(epoch, from: batches, &timer, progress)
      try endEpoch(epoch, rate: rate)
      epoch += 1
      batches = 0
      isExhausted = stopping?.isExhausted ?? false
    }
    return TrainingRecord(
      series: log.series, epochs: epoch, steps: step, bestEpoch: stopping?.bestEpoch,
      stoppedEarly: step < totalSteps, parameters: best ?? values)
  }

  /// Trains on every row once, or until the steps are used up; returns the last step's rate.
  ///
  /// - Parameter batches: how many of the epoch's are done.
  private mutating func runEpoch(
    _ epoch: Int, from batches: Int, _ timer: inout CheckpointTimer?,
    _ progress: (TrainingProgress) -> Bool
  ) throws(TrainingError) -> Double {
    let count = outline.rows
    let order =
      settings.shuffle
      ? RandomStream(key: key, purpose: "shuffle").permutation(count: count, draw: UInt64(epoch))
      : Array(0..<count)
    let trained = startEpoch(epoch)
    var rate = batches > 0 ? log.lastRate ?? 0 : 0
    let first = batches * settings.batchSize
    for start in stride(from: first, to: count, by: settings.batchSize) where step < totalSteps {
      rate = self.rate(epoch: epoch)
      for parameter in trained { parameter.clearGradient() }
      let losses = task.gradients(
        of: TrainingBatch(
          epoch: epoch, rows: order[start..<min(count, start + settings.batchSize)],
          firstOrdinal: epoch * count + start))
      let loss = losses.dropFirst().reduce(losses.first?.mean ?? 0) { $0 + $1.mean }
      let norm = settings.clipping.apply(to: trained, compute: compute)
      step += 1
      guard loss.isFinite, norm.isFinite else {
        throw .diverged(step: step, loss: loss, rate: rate)
      }
      optimizer.step(task.parameters, rate: rate, compute: compute)
      log.addStep(step, loss: loss, rate: rate, parts: losses)
      let news = TrainingProgress(
        step: step, totalSteps: totalSteps, epoch: epoch + 1, loss: loss, rate: rate)
      if !progress(news) {
        timer?.saveLast(state)
        throw .cancelled(step: step)
      }
      if timer?.isDue(after: step) == true { timer?.save(state) }
    }
    return rate
  }

  /// Freezes and unfreezes for an epoch; returns the parameters that it trains.
  private func startEpoch(_ epoch: Int) -> [Parameter] {
    let steps = epoch * settings.stepsPerEpoch(rows: outline.rows)
    for (parameter, treatment) in zip(task.parameters, outline.treatments) {
      parameter.isTrained = treatment.isTrained(afterSteps: steps)
    }
    return task.parameters.filter(\.isTrained)
  }

  private func rate(epoch: Int) -> Double {
    let base = plateau?.rate ?? settings.optimizer.rate
    switch settings.schedule.unit {
    case .step: return settings.schedule.rate(at: step, total: totalSteps, base: base)
    case .epoch: return settings.schedule.rate(at: epoch, total: totalEpochs, base: base)
    }
  }

  /// Validates, and lets schedule and early stopping see what came out.
  private mutating func endEpoch(_ epoch: Int, rate: Double) throws(TrainingError) {
    // The epoch's last step may have thrown the weights off with nobody looking at them since.
    let areFinite = task.parameters.allSatisfy { compute.sumOfSquares($0.value).isFinite }
    guard areFinite else { throw .diverged(step: step, loss: .nan, rate: rate) }
    log.endEpoch(epoch + 1, step: step, rate: rate)
    if let validation = task.validate() {
      guard validation.loss.isFinite else {
        throw .diverged(step: step, loss: validation.loss, rate: rate)
      }
      for (name, value) in validation.values {
        log.add("validation.\(name)", value, epoch: epoch + 1, step: step)
      }
    }
    if let name = plateau?.settings.monitor, let value = log.last(name) {
      plateau?.observe(value)
    }
    if let name = settings.earlyStopping?.monitor, let value = log.last(name),
      stopping?.observe(value, epoch: epoch + 1) == true
    {
      best = values
    }
  }
}
