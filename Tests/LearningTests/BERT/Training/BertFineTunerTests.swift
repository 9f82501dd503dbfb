import Learning
import Tensors
import Testing

@Suite struct BertFineTunerTests {
  @Test("pairs are told apart, with class weights and label smoothing, to the best epoch")
  func learning() throws {
    var example = BertTrainingCase(length: .epochs(20), dropout: 0)
    example.loss = .crossEntropy(
      Loss.CrossEntropy(labelSmoothing: 0.1, classWeights: .balanced))
    example.earlyStopping = .init(monitor: "validation.accuracy", patience: 20)
    let trainer = try example.fineTuner(train: 60)
    let record = try trainer.train()
    let accuracy = try #require(record.series("validation.accuracy", by: .epoch)).values
    let best = try #require(accuracy.max())
    #expect(best > 0.8 && record.bestEpoch == accuracy.firstIndex(of: best).map { $0 + 1 })
    let validation = try #require(trainer.data.validation)
    let evaluation = trainer.evaluate(record.parameters, on: validation)
    #expect(evaluation.value(of: .accuracy) == best && evaluation.rows == 12)
  }

  @Test("numbers are fitted")
  func regression() throws {
    let (sequences, targets) = BertTrainingCase.labelled(40, seed: 3)
    guard case .classes(let codes, _) = targets else { return }
    let values = Targets.values(codes.map { Double($0) - 1 }, names: ["x"])
    var example = BertTrainingCase(length: .epochs(30), dropout: 0)
    example.loss = .meanSquaredError
    let data = PreparedSequences(train: (sequences, values))
    let trainer = try BertFineTuner(
      model: example.model(.classifier(outputs: 1)), settings: example.settings, data: data,
      key: .test, compute: Compute())
    let record = try trainer.train()
    let scores = try #require(trainer.evaluate(record.parameters, on: data.train).regression)
    #expect(scores.r2 > 0.5, "\(scores)")
  }

  @Test("weights of a pre-training come along by name; the classifier is new")
  func transfer() throws {
    let example = BertTrainingCase()
    let pretrained = try example.pretrainer().train().parameters
    let trainer = try example.fineTuner()
    let fresh = trainer.initialParameters()
    let start = trainer.startingParameters(pretrained)
    for (name, tensor) in zip(start.names, start.tensors) {
      let source = name.hasPrefix("classifier") ? fresh[name] : pretrained[name]
      #expect(tensor.hasSameBits(as: try #require(source)), "\(name)")
    }
    let transfer = WeightTransfer(from: pretrained.shapes, to: trainer.outline.parameters)
    #expect(transfer.new.map(\.name) == ["classifier.weight", "classifier.bias"])
    #expect(transfer.leftBehind.allSatisfy { $0.name.hasPrefix("cls.") })
    #expect(transfer.leftBehind.count == 7 && transfer.taken.count == fresh.names.count - 2)
    let record = try trainer.train(initial: pretrained)
    #expect(!record.isSame(as: try trainer.train()))
    #expect(record.isSame(as: try trainer.train(initial: start)))
  }

  @Test("what is frozen keeps its weights, and nothing else does")
  func freezing() throws {
    func moved(_ rules: ParameterRules, _ length: TrainingSettings.Length) throws -> Set<String> {
      let trainer = try BertTrainingCase(rules: rules, length: length).fineTuner()
      let (start, end) = (trainer.initialParameters(), try trainer.train().parameters)
      let places = start.names.indices.filter {
        !start.tensors[$0].hasSameBits(as: end.tensors[$0])
      }
      return Set(places.map { start.names[$0] })
    }
    let names = try Set(BertTrainingCase().fineTuner().initialParameters().names)
    func below(_ prefixes: [String]) -> Set<String> {
      names.filter { name in prefixes.contains { name.hasPrefix($0) } }
    }
    let embeddings = below(["bert.embeddings."])
    let top = below(["bert.pooler.", "classifier."])
    #expect(embeddings.count == 5 && top.count == 4)
    #expect(try moved(ParameterRules(), .epochs(2)) == names)
    #expect(
      try moved(ParameterRules(freeze: .embeddings), .epochs(2)) == names.subtracting(embeddings))
    #expect(try moved(ParameterRules(freeze: .encoder), .epochs(2)) == top)
    let gradual = ParameterRules(gradualUnfreezing: true)
    let upper = below(["bert.encoder.layer.1."])
    #expect(try moved(gradual, .epochs(1)) == top)
    #expect(try moved(gradual, .epochs(2)) == top.union(upper))
    #expect(try moved(gradual, .epochs(3)) == names.subtracting(embeddings))
    #expect(try moved(gradual, .epochs(4)) == names)
  }

  @Test("levels go from the embeddings to the head; biases and layer norms do not decay")
  func treatments() throws {
    let trainer = try BertTrainingCase(rules: ParameterRules(layerwiseRateDecay: 0.5), layers: 12)
      .fineTuner()
    let expected = [
      "bert.embeddings.word_embeddings.weight": (0x1p-13, true),
      "bert.embeddings.LayerNorm.weight": (0x1p-13, false),
      "bert.encoder.layer.0.attention.self.query.weight": (0x1p-12, true),
      "bert.encoder.layer.1.output.dense.bias": (0x1p-11, false),
      "bert.encoder.layer.10.output.LayerNorm.bias": (0x1p-2, false),
      "bert.encoder.layer.11.intermediate.dense.weight": (0.5, true),
      "bert.pooler.dense.weight": (1, true), "classifier.bias": (1, false),
    ]
    var found = 0
    for (spec, treatment) in zip(trainer.outline.parameters, trainer.outline.treatments) {
      guard let (factor, decays) = expected[spec.name] else { continue }
      #expect(treatment.rateFactor == factor && treatment.decays == decays, "\(spec.name)")
      #expect(treatment.firstStep == 0)
      found += 1
    }
    #expect(found == expected.count)
  }

  @Test("twenty steps over Hugging Face's batch have its losses")
  func parity() throws {
    let fixture = try BertFixture.classification()
    let codes = fixture.batch.labels.values.map(Int32.init)
    let data = PreparedSequences(
      train: (fixture.sequences, .classes(codes, names: ["0", "1", "2"])))
    let optimizer = Optimizer.adamW(
      Optimizer.Adam(rate: fixture.training.lr, weightDecay: fixture.training.weight_decay))
    let settings = TrainingSettings(
      loss: .crossEntropy(Loss.CrossEntropy()), optimizer: optimizer, length: .steps(20),
      batchSize: codes.count, grain: 8, shuffle: false,
      parameters: ParameterRules(noWeightDecay: []))
    let trainer = try BertFineTuner(
      model: fixture.model, settings: settings, data: data, key: .test, compute: Compute())
    let record = try trainer.train(initial: fixture.initial)
    let losses = try #require(record.series("train.loss", by: .step)).values
    let expected = fixture.training.loss_before_step_f64
    expectClose(losses, Array(expected.prefix(20)), rtol: 1e-5, atol: 0, "losses")
  }

  @Test("models and sequences that do not fit are refused before training")
  func faults() throws {
    func error(_ heads: BertHeads, _ ids: [Int32]) throws -> TrainingError? {
      var part = BertTrainingCase.labelled(8, seed: 1)
      part.sequences.append(ids: ids, types: ids.map { _ in 0 })
      guard case .classes(let codes, let names) = part.targets else { return nil }
      part.targets = .classes(codes + [0], names: names)
      let example = BertTrainingCase()
      do {
        _ = try BertFineTuner(
          model: example.model(heads), settings: example.settings,
          data: PreparedSequences(train: BertTrainingCase.labelled(8, seed: 2), test: part),
          key: .test, compute: Compute())
        return nil
      } catch let error as TrainingError { return error }
    }
    let three = BertHeads.classifier(outputs: 3)
    #expect(try error(three, [2, 5, 3]) == nil)
    #expect(try error(.classifier(outputs: 2), [2]) == .outputs(expected: 3, found: 2))
    #expect(try error(.pretraining, [2]) == .bert(.missingHead(objective: "classifier")))
    guard case .bert(.input(.tooLong)) = try error(three, Array(repeating: 5, count: 65)) else {
      Issue.record("65 tokens in 64 positions")
      return
    }
    guard case .bert(.input(.tokenOutsideVocabulary)) = try error(three, [2, 50, 3]) else {
      Issue.record("token 50 of 50")
      return
    }
  }
}
