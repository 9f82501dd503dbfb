import Learning
import Tensors
import Testing

/// Interruption changes no bit.
@Suite struct ResumeTests {
  /// What the cases met, so that none of it is claimed in vain.
  private struct Coverage {
    var resumed = 0
    var beforeValidation = 0
    var stoppedEarly = 0
    var bestBeforeLast = 0
    var rates: Set<Double> = []
  }

  @Test(
    "a training resumed after any step ends in the bits of an undisturbed one",
    arguments: ResumeCase.optimizers.indices)
  func anyStep(_ index: Int) throws {
    var met = Coverage()
    for example in ResumeCase.all(optimizer: ResumeCase.optimizers[index]) {
      let trainer = try example.trainer()
      let plain = try trainer.train()
      let recorded = try RecordedRun(trainer)
      #expect(recorded.record.isSame(as: plain), "states handed out: \(example)")
      #expect(recorded.states.count == plain.steps)
      let perEpoch = example.settings.stepsPerEpoch(rows: trainer.data.train.count)
      for (index, bytes) in recorded.states.enumerated() {
        let state = try TrainingState(
          decoding: bytes, identity: RecordedRun.identity, trainer: trainer)
        #expect(state.step == index + 1)
        #expect(state.encoded(identity: RecordedRun.identity) == bytes, "\(example)")
        let rest = try RecordedRun(trainer, resuming: state)
        #expect(rest.record.isSame(as: plain), "after step \(index + 1): \(example)")
        #expect(
          rest.states == Array(recorded.states[(index + 1)...]),
          "states after step \(index + 1): \(example)")
        met.resumed += 1
        if (index + 1) % perEpoch == 0 || index + 1 == plain.steps { met.beforeValidation += 1 }
      }
      if plain.stoppedEarly { met.stoppedEarly += 1 }
      if let best = plain.bestEpoch, best < plain.epochs { met.bestBeforeLast += 1 }
      if example.plateau { met.rates.formUnion(plain.series("lr", by: .epoch)?.values ?? []) }
    }
    #expect(met.resumed > 1000 && met.beforeValidation > 300)
    #expect(met.bestBeforeLast > 0 && met.rates.count > 1)
    print(
      "resume, \(ResumeCase.optimizers[index].name): \(met.resumed) resumptions, "
        + "\(met.beforeValidation) before validation, \(met.stoppedEarly) runs stopped early")
  }

  @Test("a training that dies after every few steps ends in the same bits", arguments: [1, 2, 3])
  func manyDeaths(life: Int) throws {
    for optimizer in ResumeCase.optimizers {
      let example = ResumeCase(
        optimizer: optimizer, plateau: true, stopping: true, dropout: true, length: .epochs(6))
      let trainer = try example.trainer()
      let plain = try trainer.train()
      var kept: [UInt8]?
      var record: TrainingRecord?
      var deaths = 0
      while record == nil {
        let state = try kept.map {
          try TrainingState(decoding: $0, identity: "id", trainer: trainer)
        }
        let end = (state?.step ?? 0) + life
        // Only being cancelled keeps the state: no step is a multiple of the interval.
        let policy = CheckpointPolicy(every: .steps(1_000)) { kept = $0.encoded(identity: "id") }
        do {
          record = try trainer.train(resuming: state, checkpoint: policy) { $0.step < end }
        } catch {
          #expect(error == .cancelled(step: end))
          deaths += 1
          if deaths > plain.steps { break }
        }
      }
      #expect(record?.isSame(as: plain) == true, "\(example)")
      #expect(deaths == plain.steps / life)
    }
  }

  @Test("a training may go on with other threads and instructions than it began with")
  func otherMachine() throws {
    let example = ResumeCase(optimizer: ResumeCase.optimizers[4], dropout: true)
    let here = try example.trainer(compute: Compute(threads: ThreadPool(count: 1)))
    let recorded = try RecordedRun(here)
    for instructionSet in InstructionSet.available {
      let there = try example.trainer(
        compute: Compute(instructionSet: instructionSet, threads: ThreadPool(count: 3)))
      let state = try TrainingState(
        decoding: recorded.states[6], identity: RecordedRun.identity, trainer: there)
      #expect(try there.train(resuming: state).isSame(as: recorded.record), "\(instructionSet)")
    }
  }

  @Test("the watcher of a resumed training sees the steps to come, as they would have been")
  func progress() throws {
    let trainer = try ResumeCase(optimizer: ResumeCase.optimizers[3]).trainer()
    var all: [TrainingProgress] = []
    _ = try trainer.train {
      all.append($0)
      return true
    }
    let state = try TrainingState(
      decoding: RecordedRun(trainer).states[5], identity: RecordedRun.identity, trainer: trainer)
    var rest: [TrainingProgress] = []
    _ = try trainer.train(resuming: state) {
      rest.append($0)
      return true
    }
    #expect(rest == Array(all[6...]))
  }

  @Test("states are handed out when they are due, and when a training is cancelled")
  func policy() throws {
    let trainer = try ResumeCase(optimizer: ResumeCase.optimizers[0]).trainer()
    func steps(
      _ interval: CheckpointPolicy.Interval, cancelAfter last: Int = .max
    ) throws -> [Int] {
      var steps: [Int] = []
      let policy = CheckpointPolicy(every: interval) { steps.append($0.step) }
      do {
        _ = try trainer.train(checkpoint: policy) { $0.step < last }
      } catch {
        #expect(error == .cancelled(step: last))
      }
      return steps
    }
    #expect(try steps(.steps(4)) == [4, 8, 12])
    #expect(try steps(.steps(0)) == Array(1...15))
    #expect(try steps(.steps(4), cancelAfter: 6) == [4, 6])
    #expect(try steps(.seconds(1_000)) == [])
    #expect(try steps(.seconds(1_000), cancelAfter: 3) == [3])
    #expect(try steps(.seconds(.nan)) == [])
  }

  @Test("keeping states takes at most a twentieth of the time, however long it takes")
  func cost() throws {
    var example = ResumeCase(optimizer: ResumeCase.optimizers[0])
    example.length = .steps(1_000_000)
    let trainer = try example.trainer()
    let clock = ContinuousClock()
    func wait(_ duration: Duration) {
      let end = clock.now + duration
      while clock.now < end {}
    }
    // Keeping a state takes 2 ms, so at least 38 ms of training must lie between two of them.
    var times: [ContinuousClock.Instant] = []
    let policy = CheckpointPolicy(every: .seconds(0)) { _ in
      times.append(clock.now)
      wait(.milliseconds(2))
    }
    do {
      _ = try trainer.train(checkpoint: policy) { _ in
        wait(.microseconds(500))
        return times.count < 4
      }
    } catch {
      guard case .cancelled = error else { throw error }
    }
    // The last one was kept because training was cancelled.
    #expect(times.count == 5)
    for (earlier, later) in zip(times.prefix(4), times.prefix(4).dropFirst()) {
      #expect(earlier.duration(to: later) >= .milliseconds(40))
    }
  }
}
