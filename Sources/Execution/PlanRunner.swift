package import Diagnostics
package import Experiments
internal import Learning
internal import Synchronization
internal import Tensors

extension Run {
  /// Brings every block of a plan to its result: from the store, or by computing what is missing.
  ///
  /// A failed step stops what depends on it and nothing else. Steps that do not depend on each
  /// other run at once; no result, and no order in which anything is told, depends on that.
  /// - Parameters:
  ///   - notebook: where the plan comes from; failures point into it.
  ///   - data: the catalog that the plan was made with.
  ///   - machine: no result depends on it.
  ///   - progress: called as the work goes on, by one thread at a time.
  package init(
    _ plan: Plan, notebook: ExperimentNotebook, data: DatasetCatalog, machine: Machine,
    options: RunOptions = RunOptions(), progress: (RunProgress) -> Void = { _ in }
  ) {
    let runner = PlanRunner(
      plan: plan, notebook: notebook, data: data, machine: machine, options: options)
    self = withoutActuallyEscaping(progress) { runner.run($0) }
  }
}

/// A plan while it runs.
struct PlanRunner {
  private let plan: Plan
  private let notebook: ExperimentNotebook
  private let options: RunOptions
  private let demand: StepDemand
  private let steps: StepWork
  private let queue: StepQueue
  private let workers: [Compute]
  private let writer: StoreWriter?

  init(
    plan: Plan, notebook: ExperimentNotebook, data: DatasetCatalog, machine: Machine,
    options: RunOptions
  ) {
    self.plan = plan
    self.notebook = notebook
    self.options = options
    let demand = StepDemand(plan, options)
    self.demand = demand
    var uses: [Fingerprint: Int] = [:]
    for step in demand.work {
      if let data = step.dataStep(in: plan) { uses[data.fingerprint, default: 0] += 1 }
    }
    steps = StepWork(
      plan: plan, notebook: notebook,
      shelf: DataShelf(
        data, uses: uses,
        deadline: options.limits.seconds.map { ContinuousClock.now + .seconds($0) }),
      options: options)
    let places = Dictionary(
      demand.work.enumerated().map { ($1.fingerprint, $0) }, uniquingKeysWith: { first, _ in first }
    )
    queue = StepQueue(
      needs: demand.work.map { step in
        step.inputs.compactMap { plan[$0].flatMap { places[$0.fingerprint] } }
      })
    workers = machine.workers(
      jobs: options.jobs,
      parallel: options.jobs == nil ? demand.parallelism(in: plan) : demand.work.count)
    writer = options.store.map(StoreWriter.init)
  }

  func run(_ progress: @escaping (RunProgress) -> Void) -> Run {
    let board = RunBoard(demand, plan, progress: progress)
    if !demand.work.isEmpty {
      ThreadPool(count: workers.count).run(workers.count) { index in
        while let next = queue.next() {
          perform(demand.work[next], at: next, workers[index], board)
          queue.finish(next)
        }
      }
    }
    let unwritable = writer?.finish()
    var log = RunLog(
      instructionSet: workers[0].instructionSet.rawValue, threads: workers[0].threads.count,
      jobs: workers.count)
    log.entries = plan.steps.filter { demand.known[$0.fingerprint] != nil }.map {
      RunLog.Entry(step: $0.id, origin: .reused, seconds: 0)
    }
    return board.finish(plan, notebook, log, warnings: demand.warnings, unwritable)
  }

  private func perform(_ step: Step, at index: Int, _ compute: Compute, _ board: RunBoard) {
    let clock = StepClock()
    defer {
      if let data = step.dataStep(in: plan) { steps.shelf.release(data.fingerprint) }
    }
    if let cause = board.failedInput(of: step, plan) {
      return board.end(index, .failure(.blocked(by: cause)), seconds: 0)
    }
    guard permits(step, board) else { return }
    board.begin(index)
    let worker = StepWork.Worker(
      compute: compute, payload: { id in plan[id].flatMap { board.payload($0.fingerprint) } },
      watch: { state in
        board.tell(step, state)
        return state.step % 16 != 0 || permits(step, board)
      }, clock: clock)
    let outcome: Result<StepPayload, RunBoard.Failure>
    do throws(StepFailure) {
      outcome = .success(try steps.perform(step, worker))
    } catch {
      if error.isOutOfTime, let seconds = options.limits.seconds {
        stop(.seconds(limit: seconds), step, board)
        return
      }
      outcome = .failure(.own(error.diagnostic))
    }
    let elapsed = clock.elapsed
    if case .success(let payload) = outcome { keep(payload, of: step, compute, clock.seconds) }
    board.end(index, outcome, seconds: elapsed)
  }

  /// Whether the run may go on; otherwise nothing further begins.
  private func permits(_ step: Step, _ board: RunBoard) -> Bool {
    guard let excess = options.limits.excess(elapsed: board.elapsed) else { return true }
    stop(excess, step, board)
    return false
  }

  private func stop(_ excess: RunLimits.Excess, _ step: Step, _ board: RunBoard) {
    board.stop(.limit(excess, step, notebook))
    queue.stop()
  }

  private func keep(
    _ payload: StepPayload, of step: Step, _ compute: Compute, _ seconds: Double
  ) {
    let log = StepLog(
      computed: WallClock.secondsSince1970, seconds: seconds, threads: compute.threads.count,
      instructionSet: compute.instructionSet.rawValue, peakMemory: TensorMemory.peakResidentBytes)
    let isForced = !options.reuses || options.forced.contains(step.block)
    writer?.write(
      StoreEntry(
        fingerprint: step.fingerprint, provenance: step.provenance, payload: payload, log: log),
      replacing: isForced)
  }
}
