internal import Diagnostics
internal import Digests
internal import Experiments
internal import Learning
internal import Synchronization
internal import Tensors

/// What the workers of a run leave for each other, and what they tell the watcher: in the order of
/// the plan, whoever is faster.
final class RunBoard: Sendable {
  /// Why a step has no payload.
  enum Failure: Error {
    case own(Diagnostic)
    /// The block that failed.
    case blocked(by: String)
  }

  private struct Ended {
    let outcome: Result<Void, Failure>
    let seconds: Double
  }

  private struct State {
    var payloads: [Fingerprint: StepPayload]
    /// Steps still to come that read a payload; weights are let go of after the last.
    var uses: [Fingerprint: Int]
    var failures: [Fingerprint: String] = [:]
    var began = 0
    var ended: [Ended?]
    var told = 0
    var stopped: Diagnostic?
  }

  private let work: [Step]
  /// Fingerprints of the inputs of each.
  private let inputs: [[Fingerprint]]
  private let state: Mutex<State>
  private let start: ContinuousClock.Instant
  private let digests: [Fingerprint: SHA256Digest]
  nonisolated(unsafe) private let progress: (RunProgress) -> Void

  /// - Parameter progress: called under the lock, so by one thread at a time.
  init(_ demand: StepDemand, _ plan: Plan, progress: @escaping (RunProgress) -> Void) {
    work = demand.work
    digests = demand.digests
    start = ContinuousClock().now
    self.progress = progress
    inputs = demand.work.map { $0.inputs.compactMap { plan[$0]?.fingerprint } }
    var uses: [Fingerprint: Int] = [:]
    for input in inputs.joined() { uses[input, default: 0] += 1 }
    state = Mutex(
      State(
        payloads: demand.known, uses: uses,
        ended: [Ended?](repeating: nil, count: demand.work.count)))
  }

  /// Seconds since the run began.
  var elapsed: Double { start.duration(to: ContinuousClock().now) / .seconds(1) }

  func payload(_ fingerprint: Fingerprint) -> StepPayload? {
    state.withLock { $0.payloads[fingerprint] }
  }

  /// The block whose failure leaves a step without an input.
  func failedInput(of step: Step, _ plan: Plan) -> String? {
    state.withLock { state in
      step.inputs.compactMap { plan[$0].flatMap { state.failures[$0.fingerprint] } }.first
    }
  }

  func begin(_ index: Int) {
    state.withLock { state in
      state.began += 1
      progress(.began(work[index].id, index: state.began, count: work.count))
    }
  }

  func tell(_ step: Step, _ training: TrainingProgress) {
    state.withLock { _ in
      progress(
        .training(
          step.id, step: training.step, of: training.totalSteps, loss: training.loss,
          lr: training.rate))
    }
  }

  func end(_ index: Int, _ outcome: Result<StepPayload, Failure>, seconds: Double) {
    state.withLock { state in
      let step = work[index]
      switch outcome {
      case .success(let payload):
        state.payloads[step.fingerprint] = payload
        state.ended[index] = Ended(outcome: .success(()), seconds: seconds)
      case .failure(let failure):
        if case .blocked(let cause) = failure { state.failures[step.fingerprint] = cause }
        if case .own = failure { state.failures[step.fingerprint] = step.block }
        state.ended[index] = Ended(outcome: .failure(failure), seconds: seconds)
      }
      for input in inputs[index] {
        state.uses[input, default: 0] -= 1
        if state.uses[input] == 0, case .training = state.payloads[input] {
          state.payloads[input] = nil
        }
      }
      while state.told < work.count, let ended = state.ended[state.told] {
        if case .success = ended.outcome {
          progress(.ended(work[state.told].id, seconds: ended.seconds))
        }
        state.told += 1
      }
    }
  }

  /// Ends the run as a whole; the first reason counts.
  func stop(_ reason: Diagnostic) {
    state.withLock { $0.stopped = $0.stopped ?? reason }
  }

  /// The run as its plan orders it.
  func finish(
    _ plan: Plan, _ notebook: ExperimentNotebook, _ log: RunLog, warnings: [Diagnostic],
    _ unwritable: WriteFailure?
  ) -> Run {
    state.withLock { state in
      var log = log
      var outcomes: [String: Run.Outcome] = [:]
      var found: [String: SHA256Digest] = [:]
      var places: [Fingerprint: Int] = [:]
      for (index, step) in work.enumerated() { places[step.fingerprint] = index }
      for step in plan.steps {
        let ended = places[step.fingerprint].flatMap { state.ended[$0] }
        if let ended, places[step.fingerprint].map({ work[$0].id }) == step.id {
          log.entries.append(
            RunLog.Entry(step: step.id, origin: .computed, seconds: ended.seconds))
        }
        switch ended?.outcome {
        case .failure(.own(let diagnostic)) where outcomes[step.block] == nil:
          let isItsOwn = places[step.fingerprint].map { work[$0].block } == step.block
          let owner = state.failures[step.fingerprint] ?? step.block
          outcomes[step.block] = isItsOwn ? .failed(diagnostic) : .blocked(by: owner)
          if isItsOwn { log.failures.append(diagnostic) }
        case .failure(.blocked(let cause)) where outcomes[step.block] == nil:
          outcomes[step.block] = .blocked(by: cause)
        default:
          if step.isResult, outcomes[step.block] == nil,
            let result = state.payloads[step.fingerprint]?.result
          {
            outcomes[step.block] = .computed(result)
            found[step.block] = digests[step.fingerprint]
          }
        }
      }
      log.stopped = state.stopped
      log.peakMemory = TensorMemory.peakResidentBytes
      log.warnings = warnings
      if let unwritable { log.warnings.append(.storeUnwritable(unwritable)) }
      return Run(outcomes: outcomes, log: log, digests: found)
    }
  }
}

extension Diagnostic {
  fileprivate static func storeUnwritable(_ failure: WriteFailure) -> Diagnostic {
    Diagnostic(
      .warning, "store.unwritable",
      "Results could not be kept in `\(failure.path)`: \(failure.reason)",
      notes: [.init("documents are written all the same; the next render computes again")])
  }
}
