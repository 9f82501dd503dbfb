import Learning
import Tensors
import Testing

/// What final weights of a BERT do not depend on.
@Suite struct BertTrainingBitsTests {
  /// The record of a pre-training or of a fine-tuning.
  private func record(
    _ example: BertTrainingCase, pretraining: Bool, _ compute: Compute = Compute()
  ) throws -> TrainingRecord {
    pretraining
      ? try example.pretrainer(compute: compute).train()
      : try example.fineTuner(compute: compute).train()
  }

  @Test("threads and instruction sets change no bit of a training", arguments: [true, false])
  func machines(pretraining: Bool) throws {
    let example = BertTrainingCase()
    let reference = try record(example, pretraining: pretraining)
    for isa in InstructionSet.available {
      for threads in [1, 2, 5] {
        let compute = Compute(instructionSet: isa, threads: ThreadPool(count: threads))
        let other = try record(example, pretraining: pretraining, compute)
        #expect(other.isSame(as: reference), "\(isa), \(threads) threads")
      }
    }
  }

  @Test(
    "accumulation, and activations computed again, change no bit of a training",
    arguments: [true, false])
  func memory(pretraining: Bool) throws {
    let reference = try record(BertTrainingCase(), pretraining: pretraining)
    for passes in [1, 2, 4] {
      for recomputes in [false, true] {
        let example = BertTrainingCase(passes: passes, recomputes: recomputes)
        let other = try record(example, pretraining: pretraining)
        #expect(other.isSame(as: reference), "\(passes) passes, recomputing \(recomputes)")
      }
    }
  }

  private func resume(_ trainer: some ModelTrainer, _ what: String) throws -> Int {
    let (record, states) = try trainer.recorded()
    #expect(try trainer.train().isSame(as: record))
    #expect(states.count == record.steps)
    for (index, bytes) in states.enumerated() {
      let state = try TrainingState(decoding: bytes, identity: "id", trainer: trainer)
      #expect(state.encoded(identity: "id") == bytes)
      let rest = try trainer.recorded(resuming: state)
      #expect(rest.record.isSame(as: record), "\(what) after step \(index + 1)")
      #expect(rest.states == Array(states[(index + 1)...]))
    }
    return states.count
  }

  @Test("a training resumed after any step ends in the bits of an undisturbed one")
  func anyStep() throws {
    var resumed = 0
    let rules = [
      ParameterRules(), ParameterRules(layerwiseRateDecay: 0.8, gradualUnfreezing: true),
      ParameterRules(freeze: .embeddings),
    ]
    for rules in rules {
      for objective in [(true, true), (true, false), (false, true)] {
        var example = BertTrainingCase(rules: rules, length: .steps(7))
        example.objective.maskedLanguageModel = objective.0
        example.objective.nextSentence = objective.1
        example.earlyStopping = TrainingSettings.EarlyStopping(patience: 2)
        resumed += try resume(example.pretrainer(), "\(objective), \(rules)")
      }
      let example = BertTrainingCase(rules: rules, length: .epochs(3))
      resumed += try resume(example.fineTuner(), "fine-tuning, \(rules)")
    }
    #expect(resumed > 80)
  }

  @Test("a state of another objective or model is refused")
  func otherTrainings() throws {
    let trainer = try BertTrainingCase().pretrainer()
    let bytes = try #require(trainer.recorded().states.first)
    var masked = BertTrainingCase()
    masked.objective.nextSentence = false
    let frozen = BertTrainingCase(rules: ParameterRules(freeze: .encoder))
    let others = try [
      masked.pretrainer(), frozen.pretrainer(), BertTrainingCase(layers: 3).pretrainer(),
    ]
    for other in others {
      #expect(throws: TrainingStateError.self) {
        try TrainingState(decoding: bytes, identity: "id", trainer: other)
      }
    }
    #expect(throws: TrainingStateError.self) {
      try TrainingState(decoding: bytes, identity: "id", trainer: BertTrainingCase().fineTuner())
    }
  }
}
