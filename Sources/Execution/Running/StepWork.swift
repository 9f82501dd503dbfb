internal import Diagnostics
internal import Experiments
internal import Learning
internal import Tensors

/// The work of single steps: from the payloads of its inputs to a step's own.
struct StepWork {
  let plan: Plan
  let notebook: ExperimentNotebook
  let shelf: DataShelf
  let options: RunOptions

  /// What a worker brings along, and whom it tells.
  struct Worker {
    let compute: Compute
    /// The payload of an input; nil when it failed.
    let payload: (Step.ID) -> StepPayload?
    /// Told of every step of a training; false ends it.
    let watch: (TrainingProgress) -> Bool
    let clock: StepClock
  }

  func perform(_ step: Step, _ worker: Worker) throws(StepFailure) -> StepPayload {
    let outcome = Result { () throws(StepFailure) in try compute(step, worker) }
    // A mapped file may have been written to meanwhile: then what came of it, be it a failure, is not
    // that of the planned bytes.
    if let source = step.dataStep(in: plan), case .prepare(let spec, _, _) = source.work,
      spec.isText, let path = spec.path, case .texts(let texts) = try data(step, worker),
      !texts.corpus.isUnchanged
    {
      throw .data(.changed(path: path), source, notebook)
    }
    return try outcome.get()
  }

  private func compute(_ step: Step, _ worker: Worker) throws(StepFailure) -> StepPayload {
    switch step.work {
    case .prepare:
      return .result(try data(step, worker).rows.result)
    case .tokenize(let tokenizer):
      return .tokenizer(try tokenize(step, tokenizer, worker))
    case .train(let training, let seed, let repeatIndex):
      return .training(
        try train(step, training, seed: seed, repeatIndex: repeatIndex, worker))
    case .evaluate(let evaluation, _):
      return .measurements(try evaluate(step, evaluation, worker))
    case .combine:
      return .result(combine(step, worker))
    case .compare(let runs, let metrics):
      return .result(
        RunResult(comparing: runs, metrics: metrics, results: try results(step, worker)))
    case .plot(let spec, let runs):
      return .result(
        RunResult(plotting: spec, runs: runs, results: try results(step, worker)))
    }
  }

  func data(_ step: Step, _ worker: Worker) throws(StepFailure) -> SplitData {
    guard let source = step.dataStep(in: plan) else { throw .internalGap(step, notebook) }
    do throws(DatasetError) {
      return try shelf.data(of: source, compute: worker.compute)
    } catch {
      throw .data(error, source, notebook)
    }
  }

  private func train(
    _ step: Step, _ training: TrainingPlan, seed: Int, repeatIndex: Int, _ worker: Worker
  ) throws(StepFailure) -> TrainingRecord {
    let key = RandomKey(seed: UInt64(bitPattern: Int64(seed)), repeatIndex: repeatIndex)
    switch training.model {
    case .sequential(let model, _):
      return try record(
        of: step, from: nil, try trainer(step, training, model, key: key, worker), worker)
    case .bert(let bert):
      let initial = try origin(of: bert, step, worker)
      switch try self.training(step, training, bert, key: key, worker) {
      case .pretraining(let trainer):
        return try record(of: step, from: initial, trainer, worker)
      case .fineTuning(let trainer):
        return try record(of: step, from: initial, trainer, worker)
      }
    }
  }

  /// Trains, or goes on with a training that was interrupted.
  private func record(
    of step: Step, from initial: ParameterSet?, _ trainer: some ModelTrainer, _ worker: Worker
  ) throws(StepFailure) -> TrainingRecord {
    let checkpoint = Checkpoint(of: step, options)
    let state = checkpoint?.state(for: trainer)
    worker.clock.add(earlier: state?.seconds ?? 0)
    var record: TrainingRecord
    do throws(TrainingError) {
      record = try trainer.train(
        resuming: state, initial: initial, checkpoint: checkpoint?.policy(worker.clock),
        progress: worker.watch)
    } catch {
      throw .training(error, step, notebook)
    }
    checkpoint?.remove()
    record.transfer = initial.map {
      WeightTransfer(from: $0.shapes, to: trainer.outline.parameters)
    }
    return record
  }

  private func evaluate(
    _ step: Step, _ evaluation: EvaluationPlan, _ worker: Worker
  ) throws(StepFailure) -> [Measurement] {
    guard let source = step.inputs.first(where: { plan[$0]?.kind == .train }),
      case .training(let record) = worker.payload(source)
    else { throw .internalGap(step, notebook) }
    // Nothing is drawn but which tokens of a pre-training's texts are hidden: the same for every
    // repeat.
    let key = RandomKey(seed: 0, repeatIndex: 0)
    switch evaluation.training.model {
    case .sequential(let model, _):
      let trainer = try trainer(step, evaluation.training, model, key: key, worker)
      guard let samples = trainer.data.samples(of: evaluation.part) else { return [] }
      return evaluation.measurements(
        of: trainer.evaluate(record.parameters, on: samples), classes: trainer.data.classNames)
    case .bert(let bert):
      return try measurements(
        of: record.parameters, step, evaluation, bert, key: key, worker)
    }
  }

  private func trainer(
    _ step: Step, _ training: TrainingPlan, _ spec: SequentialSpec, key: RandomKey,
    _ worker: Worker
  ) throws(StepFailure) -> Trainer {
    guard case .numbers(_, let data) = try data(step, worker) else {
      throw .internalGap(step, notebook)
    }
    let model: Sequential
    do throws(ModelError) {
      model = try Sequential(spec, inputs: data.featureNames.count)
    } catch {
      throw .model(error.rule, step, notebook)
    }
    do throws(TrainingError) {
      return try Trainer(
        model: model, settings: TrainingSettings(training), data: data, key: key,
        compute: worker.compute)
    } catch {
      throw .training(error, step, notebook)
    }
  }

  /// The repeats of a block, put together.
  private func combine(_ step: Step, _ worker: Worker) -> RunResult {
    var records: [TrainingRecord] = []
    var measured: [[Measurement]] = []
    for input in step.inputs {
      switch worker.payload(input) {
      case .training(let record): records.append(record)
      case .measurements(let found): measured.append(found)
      case .result, .tokenizer, nil: break
      }
    }
    return RunResult(combining: records, measured: measured)
  }

  /// Results of the blocks whose steps are the inputs, in order.
  private func results(_ step: Step, _ worker: Worker) throws(StepFailure) -> [RunResult] {
    var results: [RunResult] = []
    for input in step.inputs {
      guard case .result(let result) = worker.payload(input) else {
        throw .internalGap(step, notebook)
      }
      results.append(result)
    }
    return results
  }
}
