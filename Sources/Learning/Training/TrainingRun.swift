internal import Tensors

/// One training run in progress.
struct TrainingRun {
  private let trainer: Trainer
  private let network: Network
  private let tape: Tape
  private var optimizer: OptimizerState
  private var plateau: PlateauState?
  private var stopping: EarlyStoppingState?
  private var best: ParameterSet?
  private var log = TrainingLog()
  private var step = 0
  private let totalSteps: Int
  private let totalEpochs: Int
  /// Samples that are on the tape at once: whole grains, so that cutting changes no bit.
  private let passRows: Int

  private var settings: TrainingSettings { trainer.settings }
  private var samples: Samples { trainer.data.train }

  init(_ trainer: Trainer, initial: ParameterSet) {
    self.trainer = trainer
    let settings = trainer.settings
    network = Network(trainer.model, initial: initial, key: trainer.key)
    tape = Tape(compute: trainer.compute)
    optimizer = OptimizerState(
      settings.optimizer, shapes: network.parameters.map(\.value.shape))
    (totalSteps, totalEpochs) = settings.duration(rows: trainer.data.train.count)
    passRows = max(1, 4096 / settings.grain) * settings.grain
    if case .reduceOnPlateau(let rule) = settings.schedule.shape {
      plateau = PlateauState(rule, rate: settings.optimizer.rate)
    }
    stopping = settings.earlyStopping.map { rule in
      EarlyStoppingState(rule, rises: Trainer.rises(rule))
    }
  }

  /// Takes up a training of the same trainer after a step.
  init(_ trainer: Trainer, resuming state: TrainingState) {
    self.init(trainer, initial: state.parameters)
    precondition(
      trainer.model.accepts(state.parameters) && (1...totalSteps).contains(state.step),
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
      step: step, parameters: network.values, best: best, optimizer: optimizer,
      plateau: plateau, stopping: stopping, log: log)
  }

  mutating func run(
    _ checkpoint: CheckpointPolicy?, _ progress: (TrainingProgress) -> Bool
  ) throws(TrainingError) -> TrainingRecord {
    var timer = checkpoint.map { CheckpointTimer($0) }
    // A state is taken after a step and before what follows it, which may be the epoch's end.
    let place = settings.place(ofStep: step, rows: samples.count)
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
      stoppedEarly: step < totalSteps, parameters: best ?? network.values)
  }

  /// Trains on every row once, or until the steps are used up; returns the last step's rate.
  ///
  /// - Parameter batches: how many of the epoch's are done.
  private mutating func runEpoch(
    _ epoch: Int, from batches: Int, _ timer: inout CheckpointTimer?,
    _ progress: (TrainingProgress) -> Bool
  ) throws(TrainingError) -> Double {
    let count = samples.count
    let order =
      settings.shuffle
      ? RandomStream(key: trainer.key, purpose: "shuffle")
        .permutation(count: count, draw: UInt64(epoch)) : Array(0..<count)
    var rate = batches > 0 ? log.lastRate ?? 0 : 0
    let first = batches * settings.batchSize
    for start in stride(from: first, to: count, by: settings.batchSize) where step < totalSteps {
      let rows = order[start..<min(count, start + settings.batchSize)]
      rate = self.rate(epoch: epoch)
      let batch = computeGradients(rows, firstOrdinal: epoch * count + start)
      let norm = settings.clipping.apply(to: network.parameters, compute: trainer.compute)
      step += 1
      guard batch.mean.isFinite, norm.isFinite else {
        throw .diverged(step: step, loss: batch.mean, rate: rate)
      }
      optimizer.step(network.parameters, rate: rate, compute: trainer.compute)
      log.addStep(step, loss: batch.mean, rate: rate, sum: batch.sum, weight: batch.weight)
      let news = TrainingProgress(
        step: step, totalSteps: totalSteps, epoch: epoch + 1, loss: batch.mean, rate: rate)
      if !progress(news) {
        timer?.saveLast(state)
        throw .cancelled(step: step)
      }
      if timer?.isDue(after: step) == true { timer?.save(state) }
    }
    return rate
  }

  private func rate(epoch: Int) -> Double {
    let base = plateau?.rate ?? settings.optimizer.rate
    switch settings.schedule.unit {
    case .step: return settings.schedule.rate(at: step, total: totalSteps, base: base)
    case .epoch: return settings.schedule.rate(at: epoch, total: totalEpochs, base: base)
    }
  }

  /// The losses of a batch, undivided and divided.
  private struct BatchLoss {
    let sum: Double
    /// The batch's normaliser.
    let weight: Double
    /// 0 for a batch that weighs nothing.
    var mean: Double { weight == 0 ? 0 : sum / weight }
  }

  /// Gathers the gradients of a batch's mean loss in the parameters.
  private func computeGradients(_ rows: ArraySlice<Int>, firstOrdinal: Int) -> BatchLoss {
    let weight = trainer.loss.normalizer(samples.targets.gatheringRows(rows))
    let factor = weight == 0 ? 0 : 1 / weight
    for parameter in network.parameters { parameter.clearGradient() }
    var losses: [Double] = []
    losses.reserveCapacity(rows.count)
    for start in stride(from: rows.startIndex, to: rows.endIndex, by: passRows) {
      let part = rows[start..<min(rows.endIndex, start + passRows)]
      let ordinal = UInt64(firstOrdinal + start - rows.startIndex)
      let draws = (0..<UInt64(part.count)).map { ordinal + $0 }
      tape.start(samples: part.count, mode: .training(draws: draws, grain: settings.grain))
      let input = tape.input(trainer.compute.gatherRows(samples.features, part))
      let output = network.forward(input, on: tape)
      let loss = trainer.loss.evaluate(
        outputs: tape.value(of: output), targets: samples.targets.gatheringRows(part),
        factor: factor, compute: trainer.compute)
      tape.backward(from: output, gradient: loss.gradient)
      losses += loss.rows
    }
    return BatchLoss(sum: Statistics.sum(losses), weight: weight)
  }

  /// Validates, and lets schedule and early stopping see what came out.
  private mutating func endEpoch(_ epoch: Int, rate: Double) throws(TrainingError) {
    // The epoch's last step may have thrown the weights off with nobody looking at them since.
    let areFinite = network.parameters.allSatisfy {
      trainer.compute.sumOfSquares($0.value).isFinite
    }
    guard areFinite else { throw .diverged(step: step, loss: .nan, rate: rate) }
    log.endEpoch(epoch + 1, step: step, rate: rate)
    if let validation = trainer.data.validation, !trainer.validationMetrics.isEmpty {
      let evaluation = trainer.evaluate(network, on: validation, tape: tape)
      guard evaluation.loss.isFinite else {
        throw .diverged(step: step, loss: evaluation.loss, rate: rate)
      }
      for metric in trainer.validationMetrics {
        guard let value = evaluation.value(of: metric) else { continue }
        log.add("validation.\(metric.name)", value, epoch: epoch + 1, step: step)
      }
    }
    if let name = plateau?.settings.monitor, let value = log.last(name) {
      plateau?.observe(value)
    }
    if let name = settings.earlyStopping?.monitor, let value = log.last(name),
      stopping?.observe(value, epoch: epoch + 1) == true
    {
      best = network.values
    }
  }
}
