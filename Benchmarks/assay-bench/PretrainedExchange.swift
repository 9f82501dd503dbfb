internal import Learning
internal import Tensors

/// Writes, reads and runs BERTs in Hugging Face's folders.
struct PretrainedExchange {
  let compute: Compute

  /// The numbers of an answer.
  func answer(_ request: PretrainedRequest) throws -> [Double] {
    switch request {
    case .write(let path, let architecture, let isBase):
      try write(architecture, isBase: isBase, to: LocalFolder(path: path))
      return [0]
    case .copy(let path, let target):
      try copy(LocalFolder(path: path), to: LocalFolder(path: target))
      return [0]
    case .answer(let path, let output, let sequences):
      let bert = try PretrainedFolder(LocalFolder(path: path)).mappedBert()
      return try numbers(bert, output, sequences).map(Double.init)
    case .open(let path, let touches, let milliseconds):
      // Once where errors are told; then measured.
      try Self.open(path, touches: touches)
      return [
        Stopwatch().seconds(milliseconds: milliseconds) {
          _ = try? Self.open(path, touches: touches)
        }
      ]
    }
  }

  @discardableResult
  private static func open(_ path: String, touches: Bool) throws -> Float {
    let file = try SafetensorsFile(path: path)
    var sum: Float = 0
    for entry in file.entries {
      let tensor = try file.tensor(entry.name)
      guard touches else { continue }
      tensor.withElements { elements in
        for index in stride(from: 0, to: elements.count, by: 1024) { sum += elements[index] }
      }
    }
    try file.checkUnchanged()
    return sum
  }

  /// Every parameter is random, biases and gains too, so that none can be mistaken for another.
  private func write(
    _ architecture: PretrainedConfig.Architecture, isBase: Bool, to folder: LocalFolder
  ) throws {
    let tokenizer = try WordPieceTokenizer(vocabulary: Vocabulary(tokens: Self.tokens))
    let model = try BertModel(
      isBase ? BertConfig() : Self.config(tokenizer.vocabulary.count),
      heads: Self.heads(architecture))
    let key = RandomKey(seed: 1, repeatIndex: 0)
    let tensors = model.parameters.map { spec in
      let stream = RandomStream(key: key, purpose: "init", path: spec.name)
      let isGain = spec.name.hasSuffix("LayerNorm.weight")
      return compute.normal(
        Shape(spec.dimensions), mean: isGain ? 1 : 0, deviation: 0.2, stream: stream)
    }
    let parameters = ParameterSet(names: model.parameters.map(\.name), tensors: tensors)
    try folder.write(
      PretrainedFolder.files(model, parameters, tokenizer: isBase ? nil : tokenizer))
  }

  private func copy(_ folder: LocalFolder, to target: LocalFolder) throws {
    let bert = try PretrainedFolder(folder).bert()
    let hasTokenizer = folder.has(PretrainedFolder.tokenizerName)
    let tokenizer = hasTokenizer ? try WordPieceTokenizer(pretrained: folder) : nil
    try target.write(
      PretrainedFolder.files(
        bert.model, bert.parameters, labels: bert.config.labels,
        problemType: bert.config.problemType, tokenizer: tokenizer))
  }

  private func numbers(
    _ bert: PretrainedBert, _ output: PretrainedRequest.Output, _ sequences: TokenSequences
  ) throws -> [Float] {
    try bert.model.check(sequences)
    let network = BertNetwork(
      bert.model, initial: bert.parameters, key: RandomKey(seed: 1, repeatIndex: 0))
    switch output {
    case .hidden: return network.hiddenStates(of: sequences, compute: compute).last?.values ?? []
    case .next: return network.nextSentenceLogits(of: sequences, compute: compute).values
    case .classifier: return network.outputs(of: sequences, compute: compute).values
    case .masked:
      var all = MaskedPositions()
      for sequence in 0..<sequences.count {
        let count = Int32(sequences.length(of: sequence))
        all.append(positions: 0..<count, labels: repeatElement(0, count: Int(count)))
      }
      return network.maskedLogits(of: sequences, at: all, compute: compute).values
    }
  }

  private static func config(_ vocabularySize: Int) -> BertConfig {
    var config = BertConfig()
    config.vocabularySize = vocabularySize
    config.hiddenSize = 48
    config.layerCount = 3
    config.headCount = 4
    config.intermediateSize = 100
    config.maximumPositions = 40
    config.activation = .geluNew
    config.layerNormEpsilon = 1e-6
    return config
  }

  private static func heads(_ architecture: PretrainedConfig.Architecture) -> BertHeads {
    switch architecture {
    case .encoder: BertHeads(pooler: true)
    case .pretraining: .pretraining
    case .maskedLanguageModel: BertHeads(maskedLanguageModel: true)
    case .nextSentence: BertHeads(nextSentence: true)
    case .sequenceClassification: .classifier(outputs: 3)
    }
  }

  /// The special tokens, characters, some words, and two spellings of one letter.
  private static var tokens: [String] {
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789".map(String.init)
    let words = ["the", "bert", "##ing", "中", "文", "模", "型", "，", "。", "!", ".", "'", "\"", "\\"]
    return SpecialToken.allCases.map(\.rawValue) + letters + letters.map { "##\($0)" } + words
      + ["\u{C5}", "A\u{30A}", "\u{212B}", "\u{2028}x"]
  }
}
