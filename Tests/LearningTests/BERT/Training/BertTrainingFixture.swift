import Learning
import Tensors

/// Small pre-trainings and fine-tunings of a small BERT.
struct BertTrainingCase: Sendable {
  var rules = ParameterRules()
  var objective = PretrainingObjective(maxSequenceLength: 24)
  var optimizer = Optimizer.adamW(Optimizer.Adam(rate: 0.01, weightDecay: 0.1))
  var length = TrainingSettings.Length.epochs(2)
  var batchSize = 8
  var passes = 1
  var recomputes = false
  var shuffle = true
  var earlyStopping: TrainingSettings.EarlyStopping?
  var loss = Loss.crossEntropy(Loss.CrossEntropy())
  var layers = 2
  var dropout = 0.1

  static let vocabulary = 50

  var settings: TrainingSettings {
    TrainingSettings(
      loss: loss, optimizer: optimizer, schedule: Schedule(.linear, warmup: .duration(1)),
      length: length, batchSize: batchSize, grain: 2, shuffle: shuffle,
      clipping: GradientClipping(maximumNorm: 1), earlyStopping: earlyStopping,
      parameters: rules, gradientAccumulationSteps: passes, gradientCheckpointing: recomputes)
  }

  func model(_ heads: BertHeads) throws -> BertModel {
    try SmallBert(
      heads: heads, layers: layers, vocabulary: Self.vocabulary, positions: 64, dropout: dropout,
      deviation: 0.1
    ).model
  }

  /// Sentences in which a token says much of the next one, in documents of one subject each.
  static func documents(_ count: Int, seed: UInt64) throws -> TokenizedDocuments {
    var random = SplitMix(state: seed)
    var builder = TokenizedDocumentsBuilder()
    for _ in 0..<count {
      let subject = Int32.random(in: 0..<3, using: &random)
      let sentences = (0..<Int.random(in: 2...5, using: &random)).map { _ -> [Int32] in
        let start = Int32.random(in: 0..<5, using: &random)
        return (0..<Int32.random(in: 3...8, using: &random)).map {
          5 + 15 * subject + (start + $0) % 15
        }
      }
      try builder.append(document: sentences)
    }
    return try builder.finish()
  }

  func data(documents count: Int = 16, validation: Int = 6) throws -> PretrainingData {
    try PretrainingData(
      train: Self.documents(count, seed: 1), validation: Self.documents(validation, seed: 2),
      objective: objective, vocabulary: NumberedDocuments.vocabulary(size: Self.vocabulary),
      key: .test)
  }

  func pretrainer(
    heads: BertHeads = .pretraining, documents: Int = 16, compute: Compute = Compute()
  ) throws -> BertPretrainer {
    try BertPretrainer(
      model: model(heads), settings: settings, data: data(documents: documents), key: .test,
      compute: compute)
  }

  /// Pairs of sentences to be told apart by their subjects.
  static func labelled(_ count: Int, seed: UInt64) -> PreparedSequences.Part {
    var random = SplitMix(state: seed)
    var sequences = TokenSequences()
    var codes: [Int32] = []
    for _ in 0..<count {
      let subjects = (0..<2).map { _ in Int32.random(in: 0..<3, using: &random) }
      let sentences = subjects.map { subject in
        (0..<Int.random(in: 2...6, using: &random)).map { _ in
          5 + 15 * subject + Int32.random(in: 0..<15, using: &random)
        }
      }
      sequences.append(
        ids: [2] + sentences[0] + [3] + sentences[1] + [3],
        types: [UInt8](repeating: 0, count: sentences[0].count + 2)
          + [UInt8](repeating: 1, count: sentences[1].count + 1))
      codes.append(subjects[0])
    }
    return (sequences, .classes(codes, names: ["a", "b", "c"]))
  }

  /// Such pairs with the subjects of both as labels, but the first one, which is none.
  static func tagged(_ count: Int, seed: UInt64) -> PreparedSequences.Part {
    let sequences = labelled(count, seed: seed).sequences
    let sets = (0..<count).map { sequence in
      let words = sequences.ids[sequences.range(of: sequence)].filter { $0 >= 5 }
      return words.map { ($0 - 5) / 15 - 1 }.filter { $0 >= 0 }
    }
    return (sequences, .labels(LabelSets(sets), names: ["b", "c"]))
  }

  /// A training on sets of labels.
  func tagger(train: Int = 24, compute: Compute = Compute()) throws -> BertFineTuner {
    try BertFineTuner(
      model: model(.classifier(outputs: 2)), settings: settings,
      data: PreparedSequences(
        train: Self.tagged(train, seed: 3), validation: Self.tagged(12, seed: 4)),
      key: .test, compute: compute)
  }

  func fineTuner(
    train: Int = 24, compute: Compute = Compute()
  ) throws -> BertFineTuner {
    try BertFineTuner(
      model: model(.classifier(outputs: 3)), settings: settings,
      data: PreparedSequences(
        train: Self.labelled(train, seed: 3), validation: Self.labelled(12, seed: 4),
        test: Self.labelled(12, seed: 5)),
      key: .test, compute: compute)
  }
}

extension ModelTrainer {
  /// Trains with the state handed out after every step; states are encoded.
  func recorded(
    resuming state: TrainingState? = nil
  ) throws -> (record: TrainingRecord, states: [[UInt8]]) {
    var states: [[UInt8]] = []
    let policy = CheckpointPolicy(every: .steps(1)) { states.append($0.encoded(identity: "id")) }
    return (try train(resuming: state, checkpoint: policy), states)
  }
}
