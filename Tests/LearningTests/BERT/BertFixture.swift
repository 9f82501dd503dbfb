import Foundation
import Learning
import Tensors

/// A small BERT with its batch, as Hugging Face saved it.
struct BertFixture {
  struct Config: Decodable {
    let vocab_size, hidden_size, num_hidden_layers, num_attention_heads, intermediate_size: Int
    let max_position_embeddings, type_vocab_size: Int
    let layer_norm_eps: Double
  }

  struct Batch: Decodable {
    let input_ids, token_type_ids, attention_mask: [[Int32]]
    let next_sentence_label: [Int32]?
    /// A list a sequence, of 0 and 1 for sets of labels, or one label a sequence.
    let labels: Numbers
  }

  struct Outputs: Decodable {
    let loss_f64: Double
    let hidden_states: [[[[Double]]]]?
    let prediction_logits_f64: [[[Double]]]?
    let seq_relationship_logits_f64: [[Double]]?
    let logits_f64: [[Double]]?
  }

  struct Training: Decodable {
    let lr, weight_decay: Double
    let loss_before_step_f64: [Double]
    let loss_after_last_step_f64: Double
  }

  let model: BertModel
  let initial: ParameterSet
  let gradients: SafetensorsFile
  let batch: Batch
  let outputs: Outputs
  let training: Training

  /// - Parameter weights: folder of configuration and weights; nil: the same.
  init(_ folder: String, weights: String? = nil, heads: BertHeads) throws {
    let weights = weights ?? folder
    let config = try Fixture.load(Config.self, weights + "/config.json")
    var bert = BertConfig()
    bert.vocabularySize = config.vocab_size
    bert.hiddenSize = config.hidden_size
    bert.layerCount = config.num_hidden_layers
    bert.headCount = config.num_attention_heads
    bert.intermediateSize = config.intermediate_size
    bert.maximumPositions = config.max_position_embeddings
    bert.segmentCount = config.type_vocab_size
    bert.layerNormEpsilon = config.layer_norm_eps
    bert.hiddenDropout = 0
    bert.attentionDropout = 0
    model = try BertModel(bert, heads: heads)
    let path = Fixture.path(folder)
    let file = try SafetensorsFile(path: Fixture.path(weights) + "/model.safetensors")
    initial = ParameterSet(
      names: model.parameters.map(\.name),
      tensors: try model.parameters.map { try file.tensor($0.name) })
    gradients = try SafetensorsFile(path: path + "/grads.safetensors")
    batch = try Fixture.load(Batch.self, folder + "/batch.json")
    outputs = try Fixture.load(Outputs.self, folder + "/outputs.json")
    training = try Fixture.load(Training.self, folder + "/train.json")
  }

  static func pretraining() throws -> BertFixture {
    try BertFixture("bert_pretraining", heads: .pretraining)
  }

  static func classification() throws -> BertFixture {
    try BertFixture("bert_sequence_classification", heads: .classifier(outputs: 3))
  }

  /// The classification's weights and batch, with sets of labels.
  static func multiLabel() throws -> BertFixture {
    try BertFixture(
      "bert_multi_label", weights: "bert_sequence_classification",
      heads: .classifier(outputs: 3))
  }

  func network() -> BertNetwork { BertNetwork(model, initial: initial, key: .test) }

  /// The batch without its padding.
  var sequences: TokenSequences {
    var sequences = TokenSequences()
    for (index, ids) in batch.input_ids.enumerated() {
      let length = length(index)
      sequences.append(
        ids: ids[..<length], types: batch.token_type_ids[index][..<length].map(UInt8.init))
    }
    return sequences
  }

  func length(_ sequence: Int) -> Int { batch.attention_mask[sequence].count { $0 == 1 } }

  var masked: MaskedPositions {
    var masked = MaskedPositions()
    let width = batch.input_ids[0].count
    for sequence in batch.input_ids.indices {
      let labels = batch.labels.values[sequence * width..<(sequence + 1) * width].map(Int32.init)
      let positions = labels.indices.filter { labels[$0] != -100 }
      masked.append(positions: positions.map(Int32.init), labels: positions.map { labels[$0] })
    }
    return masked
  }

  /// The labels of each sequence; nil where it has one class, or none.
  var labelSets: LabelSets? {
    guard outputs.logits_f64 != nil, batch.labels.shape.count == 2 else { return nil }
    return LabelSets(
      batch.input_ids.indices.map { sequence in
        (0..<Int32(3)).filter { batch.labels.values[sequence * 3 + Int($0)] == 1 }
      })
  }

  /// What PyTorch calls the loss: of sets of labels the mean over labels, too.
  func loss(_ losses: BertLosses) -> Double {
    labelSets == nil ? losses.total : losses.total / 3
  }

  /// What the fixture was trained on.
  func task() throws -> BertTask {
    let count = batch.input_ids.count
    if let labelSets {
      let loss = try LossFunction(
        .binaryCrossEntropy(Loss.BinaryCrossEntropy()),
        training: .labels(labelSets, names: ["0", "1", "2"]))
      return .supervised(.labels(labelSets), loss, factor: 1 / Double(3 * count))
    }
    guard let nextSentence = batch.next_sentence_label else {
      let codes = batch.labels.values.map(Int32.init)
      let targets = Targets.classes(codes, names: ["0", "1", "2"])
      let loss = try LossFunction(.crossEntropy(Loss.CrossEntropy()), training: targets)
      return .supervised(.classes(codes), loss, factor: 1 / Double(count))
    }
    let masked = masked
    return .pretraining(
      BertTask.Pretraining(
        masked: masked, maskedFactor: 1 / Double(masked.positions.count),
        nextSentence: nextSentence, nextSentenceFactor: 1 / Double(count)))
  }
}

extension BertLosses {
  /// The sum of the means: what PyTorch calls the loss.
  var total: Double {
    [masked, nextSentence, supervised].filter { !$0.isEmpty }
      .reduce(0) { $0 + $1.reduce(0, +) / Double($1.count) }
  }
}
