import Learning
import Tensors
import Testing

/// Fine-tuning on sets of labels.
@Suite struct BertMultilabelTests {
  private static func example(
    _ weights: Loss.PositiveWeights = .none, passes: Int = 1, recomputes: Bool = false
  ) -> BertTrainingCase {
    var example = BertTrainingCase(passes: passes, recomputes: recomputes)
    example.loss = .binaryCrossEntropy(Loss.BinaryCrossEntropy(positiveWeights: weights))
    return example
  }

  @Test("labels are learned, each by itself, to the best epoch")
  func learning() throws {
    var example = Self.example(.balanced)
    example.length = .epochs(25)
    example.dropout = 0
    example.earlyStopping = .init(monitor: "validation.micro_f1", patience: 25)
    let trainer = try example.tagger(train: 60)
    let record = try trainer.train()
    let scores = try #require(record.series("validation.micro_f1", by: .epoch)).values
    let best = try #require(scores.max())
    #expect(best > 0.85 && record.bestEpoch == scores.firstIndex(of: best).map { $0 + 1 })
    let validation = try #require(trainer.data.validation)
    let evaluation = trainer.evaluate(record.parameters, on: validation)
    #expect(evaluation.value(of: .averaged(.f1, .micro)) == best && evaluation.rows == 12)
    let wrong = try #require(evaluation.value(of: .hammingLoss))
    let exact = try #require(evaluation.value(of: .accuracy))
    #expect(wrong < 0.2 && exact > 0.6 && evaluation.confusion == nil)
    #expect(evaluation.value(of: .binary(.f1)) == nil)
    #expect(evaluation.value(of: .binary(.f1), positive: 1) != nil)
  }

  @Test("twenty steps over Hugging Face's batch have its losses")
  func parity() throws {
    let fixture = try BertFixture.multiLabel()
    let sets = try #require(fixture.labelSets)
    let data = PreparedSequences(
      train: (fixture.sequences, .labels(sets, names: ["0", "1", "2"])))
    let optimizer = Optimizer.adamW(
      Optimizer.Adam(rate: fixture.training.lr, weightDecay: fixture.training.weight_decay))
    let settings = TrainingSettings(
      loss: .binaryCrossEntropy(Loss.BinaryCrossEntropy()), optimizer: optimizer,
      length: .steps(20), batchSize: sets.count, grain: 8, shuffle: false,
      parameters: ParameterRules(noWeightDecay: []))
    let trainer = try BertFineTuner(
      model: fixture.model, settings: settings, data: data, key: .test, compute: Compute())
    let record = try trainer.train(initial: fixture.initial)
    let losses = try #require(record.series("train.loss", by: .step)).values
    let expected = fixture.training.loss_before_step_f64
    expectClose(losses, Array(expected.prefix(20)), rtol: 1e-5, atol: 0, "losses")
  }

  @Test("threads and instruction sets change no bit of a training")
  func machines() throws {
    let reference = try Self.example().tagger().train()
    for isa in InstructionSet.available {
      for threads in [1, 2, 5] {
        let compute = Compute(instructionSet: isa, threads: ThreadPool(count: threads))
        let other = try Self.example().tagger(compute: compute).train()
        #expect(other.isSame(as: reference), "\(isa), \(threads) threads")
      }
    }
  }

  @Test("accumulation, and activations computed again, change no bit of a training")
  func memory() throws {
    let reference = try Self.example(.values([0.5, 2])).tagger().train()
    for passes in [1, 2, 4] {
      for recomputes in [false, true] {
        let example = Self.example(.values([0.5, 2]), passes: passes, recomputes: recomputes)
        #expect(
          try example.tagger().train().isSame(as: reference),
          "\(passes) passes, recomputing \(recomputes)")
      }
    }
  }

  @Test("a training resumed after any step ends in the bits of an undisturbed one")
  func resuming() throws {
    let trainer = try Self.example().tagger()
    let (record, states) = try trainer.recorded()
    #expect(states.count == record.steps)
    for bytes in states {
      let state = try TrainingState(decoding: bytes, identity: "id", trainer: trainer)
      #expect(try trainer.recorded(resuming: state).record.isSame(as: record))
    }
  }

  @Test("an output a label is needed, and a loss that judges each by itself")
  func faults() throws {
    func error(_ example: BertTrainingCase, outputs: Int) -> TrainingError? {
      do {
        _ = try BertFineTuner(
          model: example.model(.classifier(outputs: outputs)), settings: example.settings,
          data: PreparedSequences(train: BertTrainingCase.tagged(8, seed: 2)), key: .test,
          compute: Compute())
        return nil
      } catch { return error as? TrainingError }
    }
    #expect(error(Self.example(), outputs: 2) == nil)
    #expect(error(Self.example(), outputs: 3) == .outputs(expected: 2, found: 3))
    #expect(error(BertTrainingCase(), outputs: 2) == .loss(.needsClasses))
    #expect(
      error(Self.example(.values([1, 2, 3])), outputs: 2)
        == .loss(.weightCount(expected: 2, found: 3)))
    #expect(error(Self.example(.values([1, -2])), outputs: 2) == .loss(.invalidWeight))
    var monitored = Self.example()
    monitored.earlyStopping = .init(monitor: "validation.mae", patience: 2)
    guard case .unknownMonitor("validation.mae", let available)? = error(monitored, outputs: 2)
    else {
      Issue.record("`validation.mae` of sets of labels")
      return
    }
    #expect(available.contains("validation.hamming_loss"))
    #expect(available.contains("validation.samples_f1"))
    #expect(!available.contains("validation.f1"))
  }
}
