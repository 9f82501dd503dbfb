package import Diagnostics
package import Experiments
internal import Learning
internal import Tensors

extension Run {
  /// Runs every step of a plan in order.
  ///
  /// A failed step stops what depends on it and nothing else.
  /// - Parameters:
  ///   - notebook: where the plan comes from; failures point into it.
  ///   - data: the catalog that the plan was made with.
  ///   - machine: no result depends on it.
  ///   - progress: called as the work goes on, from the calling thread.
  package init(
    _ plan: Plan, notebook: ExperimentNotebook, data: DatasetCatalog, machine: Machine,
    progress: (RunProgress) -> Void = { _ in }
  ) {
    var runner = PlanRunner(plan: plan, notebook: notebook, data: data, machine: machine)
    runner.run(progress)
    self.init(outcomes: runner.outcomes, log: runner.log)
  }
}

/// A plan while it runs: what its finished steps left for later ones.
struct PlanRunner {
  let plan: Plan
  let notebook: ExperimentNotebook
  let catalog: DatasetCatalog
  let compute: Compute

  var outcomes: [String: Run.Outcome] = [:]
  var log: RunLog

  // Equal fingerprints are equal work, so intermediate results are kept by fingerprint.
  private var data: [Fingerprint: SplitData] = [:]
  private var trainings: [Fingerprint: TrainedModel] = [:]
  private var evaluations: [Fingerprint: [Measurement]] = [:]
  /// The last step of the plan, by index, that reads or repeats the work of a fingerprint.
  private let lastUses: [Fingerprint: Int]

  /// A data set as rows to look at and as tensors to train on.
  private struct SplitData {
    let rows: SplitDataset
    let prepared: PreparedData
  }

  init(plan: Plan, notebook: ExperimentNotebook, data: DatasetCatalog, machine: Machine) {
    self.plan = plan
    self.notebook = notebook
    var lastUses: [Fingerprint: Int] = [:]
    for (index, step) in plan.steps.enumerated() {
      lastUses[step.fingerprint] = index
      for input in step.inputs.compactMap({ plan[$0] }) { lastUses[input.fingerprint] = index }
    }
    self.lastUses = lastUses
    catalog = data
    compute = machine.compute
    log = RunLog(instructionSet: machine.instructionSet, threads: machine.threadCount)
  }

  mutating func run(_ progress: (RunProgress) -> Void) {
    let clock = ContinuousClock()
    for (index, step) in plan.steps.enumerated() {
      if let cause = blockingInput(of: step) {
        if outcomes[step.block] == nil { outcomes[step.block] = .blocked(by: cause) }
        continue
      }
      progress(.began(step.id, index: index + 1, count: plan.steps.count))
      let start = clock.now
      let isRepeated = isComputed(step)
      do throws(StepFailure) {
        try perform(step, progress)
      } catch {
        log.failures.append(error.diagnostic)
        outcomes[step.block] = .failed(error.diagnostic)
      }
      let seconds = start.duration(to: clock.now) / .seconds(1)
      log.entries.append(
        RunLog.Entry(step: step.id, isRepeated: isRepeated, seconds: seconds))
      progress(.ended(step.id, seconds: seconds))
      release(after: index)
    }
    log.peakMemory = TensorMemory.peakResidentBytes
  }

  /// Lets go of what no later step reads: a long plan holds no more than its widest place needs.
  private mutating func release(after index: Int) {
    let step = plan.steps[index]
    let touched = [step.fingerprint] + step.inputs.compactMap { plan[$0]?.fingerprint }
    for fingerprint in touched where lastUses[fingerprint] == index {
      data[fingerprint] = nil
      trainings[fingerprint] = nil
      evaluations[fingerprint] = nil
    }
  }

  /// The block, if any, whose failure leaves the step without an input.
  private func blockingInput(of step: Step) -> String? {
    if case .failed = outcomes[step.block] { return step.block }
    for input in step.inputs {
      guard let source = plan[input] else { continue }
      switch outcomes[source.block] {
      case .failed where source.block != step.block: return source.block
      case .blocked(let cause): return cause
      default: continue
      }
    }
    return nil
  }

  private func isComputed(_ step: Step) -> Bool {
    switch step.work {
    case .prepare: data[step.fingerprint] != nil
    case .train: trainings[step.fingerprint] != nil
    case .evaluate: evaluations[step.fingerprint] != nil
    case .combine, .compare, .plot: false
    }
  }

  private mutating func perform(
    _ step: Step, _ progress: (RunProgress) -> Void
  ) throws(StepFailure) {
    switch step.work {
    case .prepare(let spec, let seed, _):
      let prepared = try prepare(step, spec, seed: seed)
      outcomes[step.block] = outcomes[step.block] ?? .computed(prepared.rows.result)
    case .train(let training, let seed, let repeatIndex):
      try train(step, training, seed: seed, repeatIndex: repeatIndex, progress)
    case .evaluate(let evaluation, _):
      try evaluate(step, evaluation)
    case .combine:
      outcomes[step.block] = .computed(combine(step))
    case .compare(let runs, let metrics):
      outcomes[step.block] = .computed(
        RunResult(comparing: runs, metrics: metrics, results: inputResults(step)))
    case .plot(let spec, let runs):
      outcomes[step.block] = .computed(
        RunResult(plotting: spec, runs: runs, results: inputResults(step)))
    }
  }

  private mutating func prepare(
    _ step: Step, _ spec: DatasetSpec, seed: Int
  ) throws(StepFailure) -> SplitData {
    if let known = data[step.fingerprint] { return known }
    do throws(DatasetError) {
      let rows = try catalog.data(spec, seed: seed, compute: compute)
      let prepared = try PreparedData(
        rows.dataset, partition: rows.partition, standardize: spec.standardize)
      let split = SplitData(rows: rows, prepared: prepared)
      data[step.fingerprint] = split
      return split
    } catch {
      throw .data(error, step, notebook)
    }
  }

  private mutating func train(
    _ step: Step, _ training: TrainingPlan, seed: Int, repeatIndex: Int,
    _ progress: (RunProgress) -> Void
  ) throws(StepFailure) {
    guard trainings[step.fingerprint] == nil else { return }
    guard let source = plan[training.data], let split = data[source.fingerprint] else {
      throw .internalGap(step, notebook)
    }
    let model: Sequential
    do throws(ModelError) {
      model = try Sequential(training.model, inputs: split.prepared.featureNames.count)
    } catch {
      throw .model(error, step, notebook)
    }
    do throws(TrainingError) {
      let trainer = try Trainer(
        model: model, settings: TrainingSettings(training), data: split.prepared,
        key: RandomKey(seed: UInt64(bitPattern: Int64(seed)), repeatIndex: repeatIndex),
        compute: compute)
      let record = try trainer.train { state in
        progress(
          .training(step: state.step, of: state.totalSteps, loss: state.loss, lr: state.rate))
        return true
      }
      trainings[step.fingerprint] = TrainedModel(trainer: trainer, record: record)
    } catch {
      throw .training(error, step, notebook)
    }
  }

  private mutating func evaluate(
    _ step: Step, _ evaluation: EvaluationPlan
  ) throws(StepFailure) {
    guard evaluations[step.fingerprint] == nil else { return }
    guard let source = step.inputs.compactMap({ plan[$0] }).first(where: { $0.kind == .train }),
      let trained = trainings[source.fingerprint]
    else { throw .internalGap(step, notebook) }
    evaluations[step.fingerprint] = trained.measurements(evaluation)
  }

  /// The repeats of a block, put together.
  private func combine(_ step: Step) -> RunResult {
    var models: [TrainedModel] = []
    var measured: [[Measurement]] = []
    for input in step.inputs.compactMap({ plan[$0] }) {
      switch input.kind {
      case .train: if let model = trainings[input.fingerprint] { models.append(model) }
      case .evaluate: if let found = evaluations[input.fingerprint] { measured.append(found) }
      case .prepare, .combine, .compare, .plot: break
      }
    }
    return RunResult(combining: models, measured: measured)
  }

  /// Results of the blocks whose steps are the inputs, in order.
  private func inputResults(_ step: Step) -> [RunResult] {
    step.inputs.compactMap { input in
      guard let source = plan[input], case .computed(let result) = outcomes[source.block]
      else { return nil }
      return result
    }
  }
}
