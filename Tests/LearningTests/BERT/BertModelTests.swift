import Learning
import Tensors
import Testing

@Suite struct BertModelTests {
  @Test("BERT-base has the parameters of BertForPreTraining")
  func baseParameters() throws {
    let base = try BertModel(BertConfig(), heads: .pretraining)
    #expect(base.parameterCount == 110_106_428)
    #expect(
      try BertModel(BertConfig(), heads: BertHeads(pooler: true)).parameterCount == 109_482_240)
    #expect(base.parameters.count == Set(base.parameters.map(\.name)).count)
    let names = base.parameters.map(\.name)
    #expect(names.first == "bert.embeddings.word_embeddings.weight")
    #expect(names.contains("bert.encoder.layer.11.attention.output.LayerNorm.bias"))
    #expect(
      Array(names.suffix(7)) == [
        "cls.predictions.bias", "cls.predictions.transform.dense.weight",
        "cls.predictions.transform.dense.bias", "cls.predictions.transform.LayerNorm.weight",
        "cls.predictions.transform.LayerNorm.bias", "cls.seq_relationship.weight",
        "cls.seq_relationship.bias",
      ])
    #expect(RandomSite.collision(among: base.randomSites + Dataset.randomSites) == nil)
  }

  @Test("heads decide which parameters there are")
  func heads() throws {
    func names(_ heads: BertHeads) throws -> [String] {
      try BertModel(BertConfig(), heads: heads).parameters.map(\.name)
        .filter { !$0.hasPrefix("bert.e") }
    }
    let pooler = ["bert.pooler.dense.weight", "bert.pooler.dense.bias"]
    #expect(try names(BertHeads()) == [])
    #expect(try names(BertHeads(pooler: true)) == pooler)
    #expect(
      try names(.classifier(outputs: 3)) == pooler + ["classifier.weight", "classifier.bias"])
    #expect(try names(BertHeads(maskedLanguageModel: true)).first == "cls.predictions.bias")
    #expect(
      try names(BertHeads(nextSentence: true))
        == pooler + ["cls.seq_relationship.weight", "cls.seq_relationship.bias"])
  }

  @Test("fields that contradict each other are refused before anything is computed")
  func faults() {
    func error(
      heads: BertHeads = .pretraining, weight: Initializer? = nil,
      _ change: (inout BertConfig) -> Void
    ) -> BertConfigError? {
      var config = BertConfig()
      change(&config)
      do {
        _ = try BertModel(config, heads: heads, weight: weight)
        return nil
      } catch { return error }
    }
    #expect(error { _ in } == nil)
    #expect(error { $0.hiddenSize = 770 } == .headsDoNotDivide(hiddenSize: 770, heads: 12))
    #expect(error { $0.headCount = 5 }?.description.contains("4 heads") == true)
    #expect(
      error { $0.layerCount = 0 }
        == .sizeOutOfRange(field: "num_hidden_layers", value: 0, limit: 1_000_000))
    #expect(
      error { $0.vocabularySize = .max }
        == .sizeOutOfRange(field: "vocab_size", value: .max, limit: 1_000_000))
    #expect(
      error { $0.segmentCount = 300 }
        == .sizeOutOfRange(field: "type_vocab_size", value: 300, limit: 256))
    #expect(
      error { $0.maximumPositions = 1_000_000 }
        == .tooManyPositions(positions: 1_000_000, heads: 12))
    #expect(
      error { $0.hiddenDropout = 1 }
        == .probabilityOutOfRange(field: "hidden_dropout_prob", value: 1))
    #expect(error { $0.classifierDropout = .nan } != nil)
    #expect(
      error { $0.layerNormEpsilon = 1e-60 } == .notPositive(field: "layer_norm_eps", value: 1e-60))
    #expect(
      error { $0.paddingToken = 40000 }
        == .paddingOutsideVocabulary(token: 40000, vocabularySize: 30522))
    #expect(error { $0.layerCount = 1_000_000 } != nil)
    #expect(
      error(heads: .classifier(outputs: 0)) { _ in } == .outputsOutOfRange(0, limit: 1_000_000))
    #expect(error(weight: .normal(mean: 0, std: -1)) { _ in } == .invalidInitializer)
  }

  @Test("sequences that a model has no place for are refused")
  func inputs() throws {
    let model = try SmallBert().model
    func error(_ ids: [Int32], types: [UInt8]? = nil) -> BertInputError? {
      var sequences = TokenSequences()
      sequences.append(ids: [1, 2], types: [0, 1])
      sequences.append(ids: ids, types: types ?? ids.map { _ in 0 })
      do {
        try model.check(sequences)
        return nil
      } catch { return error }
    }
    #expect(error([49, 0]) == nil)
    #expect(error([]) == .emptySequence(1))
    #expect(
      error([Int32](repeating: 1, count: 201)) == .tooLong(sequence: 1, length: 201, limit: 200))
    #expect(error([50]) == .tokenOutsideVocabulary(sequence: 1, token: 50, vocabularySize: 50))
    #expect(error([-1]) == .tokenOutsideVocabulary(sequence: 1, token: -1, vocabularySize: 50))
    #expect(error([3], types: [2]) == .segmentOutsideTable(sequence: 1, segment: 2, segments: 2))
  }

  @Test("the start is normal, but for biases, layer norms and the padding token")
  func start() throws {
    let bert = try SmallBert(hidden: 96, vocabulary: 400, deviation: 0.02)
    let words = try #require(bert.initial["bert.embeddings.word_embeddings.weight"])
    #expect(words.gatheringRows([0]).values.allSatisfy { $0 == 0 })
    let values = words.gatheringRows(1..<400).values.map(Double.init)
    let square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    #expect(abs(square.squareRoot() / 0.02 - 1) < 0.02)
    #expect(bert.initial["cls.predictions.bias"]?.values.allSatisfy { $0 == 0 } == true)
    #expect(bert.initial["bert.embeddings.LayerNorm.weight"]?.values.allSatisfy { $0 == 1 } == true)
    // Another head changes nothing below it.
    let other = try SmallBert(
      heads: .classifier(outputs: 2), hidden: 96, vocabulary: 400, deviation: 0.02)
    #expect(
      other.initial["bert.pooler.dense.weight"]?.hasSameBits(
        as: try #require(bert.initial["bert.pooler.dense.weight"])) == true)
  }
}
