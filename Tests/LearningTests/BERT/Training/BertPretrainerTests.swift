import Learning
import Tensors
import Testing

@Suite struct BertPretrainerTests {
  @Test("losses and scores of both objectives get better, and have their series")
  func learning() throws {
    var example = BertTrainingCase(length: .epochs(30), batchSize: 16, dropout: 0)
    example.objective.maskedShare = 0.3
    let trainer = try example.pretrainer(documents: 60)
    let record = try trainer.train()
    #expect(
      record.series.map { "\($0.name) \($0.axis)" } == [
        "train.loss step", "lr step", "train.mlm_loss step", "train.nsp_loss step",
        "train.loss epoch", "lr epoch", "train.mlm_loss epoch", "train.nsp_loss epoch",
        "validation.loss epoch", "validation.mlm_loss epoch", "validation.mlm_accuracy epoch",
        "validation.perplexity epoch", "validation.nsp_loss epoch",
        "validation.nsp_accuracy epoch",
      ])
    func values(_ name: String) throws -> [Double] {
      try #require(record.series(name, by: .epoch)).values
    }
    for name in ["train.mlm_loss", "train.nsp_loss", "validation.mlm_loss"] {
      let series = try values(name)
      #expect(series[29] < 0.9 * series[0], "\(name): \(series[0]) to \(series[29])")
    }
    #expect(try values("validation.mlm_accuracy")[29] > 0.15)
    // Guessing blindly costs ln 50 and ln 2.
    let first = try #require(record.series("train.mlm_loss", by: .step)).values[0]
    #expect(abs(first - 3.91) < 0.5)
    for epoch in 0..<30 {
      #expect(
        try values("train.loss")[epoch]
          == values("train.mlm_loss")[epoch] + values("train.nsp_loss")[epoch])
      #expect(
        try values("validation.loss")[epoch]
          == values("validation.mlm_loss")[epoch] + values("validation.nsp_loss")[epoch])
    }
    // The masks of the validation part are the same in every epoch and outside of training.
    let validation = try #require(trainer.data.validation)
    let measured = trainer.evaluate(record.parameters, on: validation)
    for (name, value) in measured.values {
      #expect(try values("validation.\(name)").last == value, "\(name)")
    }
  }

  @Test("with one objective there is its loss alone, and what the other reads keeps its weights")
  func oneObjective() throws {
    for isMasked in [true, false] {
      var example = BertTrainingCase(length: .steps(3))
      example.objective.maskedLanguageModel = isMasked
      example.objective.nextSentence = !isMasked
      let trainer = try example.pretrainer()
      let (start, record) = (trainer.initialParameters(), try trainer.train())
      let part = isMasked ? "mlm_loss" : "nsp_loss"
      let names = record.series.filter { $0.axis == .step }.map(\.name)
      #expect(names == ["train.loss", "lr", "train.\(part)"])
      #expect(
        record.series("train.loss", by: .step)?.values
          == record.series("train.\(part)", by: .step)?.values)
      for (name, tensor) in zip(record.parameters.names, record.parameters.tensors) {
        let isUnread =
          isMasked
          ? name.hasPrefix("bert.pooler") || name.hasPrefix("cls.seq_relationship")
          : name.hasPrefix("cls.predictions")
        let before = try #require(start[name])
        #expect(before.hasSameBits(as: tensor) == isUnread, "\(name)")
      }
    }
  }

  @Test("batches without a masked token do not stop a training")
  func nothingMasked() throws {
    var example = BertTrainingCase(length: .epochs(2), batchSize: 1)
    example.objective.maskedShare = 0.02
    example.objective.nextSentence = false
    let record = try example.pretrainer().train()
    let losses = try #require(record.series("train.mlm_loss", by: .step)).values
    #expect(losses.contains(0) && losses.contains { $0 > 1 })
  }

  @Test("monitors and models that do not fit are refused before training")
  func faults() throws {
    func error(
      heads: BertHeads = .pretraining, _ change: (inout BertTrainingCase) -> Void
    ) -> TrainingError? {
      var example = BertTrainingCase()
      change(&example)
      do {
        _ = try example.pretrainer(heads: heads)
        return nil
      } catch { return error as? TrainingError }
    }
    #expect(error { _ in } == nil)
    #expect(
      error(heads: BertHeads(nextSentence: true)) { _ in }
        == .bert(.missingHead(objective: "masked_language_model")))
    #expect(
      error(heads: BertHeads(maskedLanguageModel: true)) { _ in }
        == .bert(.missingHead(objective: "next_sentence")))
    #expect(
      error { $0.objective.maxSequenceLength = 65 }
        == .bert(.tooFewPositions(length: 65, limit: 64)))
    for monitor in ["validation.mlm_accuracy", "train.nsp_loss", "validation.perplexity"] {
      #expect(error { $0.earlyStopping = .init(monitor: monitor) } == nil)
    }
    guard
      case .unknownMonitor("validation.accuracy", _)? = error({
        $0.earlyStopping = .init(monitor: "validation.accuracy")
      })
    else {
      Issue.record("validation.accuracy was monitored")
      return
    }
    let example = BertTrainingCase()
    let documents = try NumberedDocuments([[9, 40], [9, 9]]).documents
    let data = try PretrainingData(
      train: documents, objective: example.objective,
      vocabulary: NumberedDocuments.vocabulary(size: 50), key: .test)
    #expect(throws: TrainingError.bert(.tokenOutsideVocabulary(token: 76, limit: 50))) {
      try BertPretrainer(
        model: example.model(.pretraining), settings: example.settings, data: data, key: .test,
        compute: Compute())
    }
  }
}
