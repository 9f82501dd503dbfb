package import Tensors

/// A BERT before it has weights: sizes, heads, and the parameters that follow from them.
///
/// Names, shapes and order are those of Hugging Face's `BertForPreTraining`,
/// `BertForSequenceClassification` and their kin; BERT-base with the heads of pre-training has
/// 110,106,428 parameters, the decoder being the table of words.
package struct BertModel: Sendable, Hashable {
  package let config: BertConfig
  package let heads: BertHeads
  /// In Hugging Face's order: the order of ``ParameterSet``.
  package let parameters: [ParameterSpec]

  /// - Parameters:
  ///   - weight: how matrices start; nil: normal with the config's `initializer_range`. Biases
  ///     start at 0, layer norms at gain 1 and bias 0.
  ///   - parameterLimit: default 2·10⁸.
  package init(
    _ config: BertConfig, heads: BertHeads, weight: Initializer? = nil,
    parameterLimit: Int = 200_000_000
  ) throws(BertConfigError) {
    try config.validate()
    if let outputs = heads.classifier, !BertConfig.sizes.contains(outputs) {
      throw .outputsOutOfRange(outputs, limit: BertConfig.sizes.upperBound)
    }
    let weight = weight ?? .normal(mean: 0, std: config.initializerRange)
    guard weight.isValid else { throw .invalidInitializer }
    // Before the list is made, which a hostile number of layers would make long.
    let count = Self.parameterCount(config, heads)
    if count > parameterLimit { throw .tooManyParameters(found: count, limit: parameterLimit) }
    self.config = config
    self.heads = heads
    parameters = Self.parameters(config, heads, weight)
  }

  /// Numbers to learn.
  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// Whether the parameters have this model's names and shapes, in its order.
  package func accepts(_ set: ParameterSet) -> Bool {
    set.names == parameters.map(\.name)
      && set.tensors.map(\.shape.dimensions) == parameters.map(\.dimensions)
  }

  /// The parameters before training.
  ///
  /// Each is drawn from its own stream, of purpose `init` and its name (rule 6), so that another
  /// head or layer changes no other. The padding token's vector is zero.
  package func initialParameters(key: RandomKey, compute: Compute) -> ParameterSet {
    let tensors = parameters.map { spec in
      let stream = RandomStream(key: key, purpose: "init", path: spec.name)
      var tensor = spec.initializer.tensor(spec, stream: stream, compute: compute)
      if spec.name == BertNames.words, let padding = config.paddingToken {
        tensor.mutableView.rows(Int(padding)..<Int(padding) + 1).clear()
      }
      return tensor
    }
    return ParameterSet(names: parameters.map(\.name), tensors: tensors)
  }

  /// Every random site of initialising and training, for the check against collisions.
  package var randomSites: [RandomSite] {
    let initial = parameters.map { RandomSite(purpose: "init", path: $0.name) }
    let dropouts = (0..<config.layerCount).flatMap { BertNames.dropouts(layer: $0) }
    return initial
      + ([BertNames.embeddingDropout] + dropouts + [BertNames.classifierDropout]).map(Self.dropout)
      + [RandomSite(purpose: "shuffle")]
  }

  static func dropout(_ path: String) -> RandomSite { RandomSite(purpose: "dropout", path: path) }
}

/// Paths of modules and parameters in Hugging Face's BERT.
enum BertNames {
  static let words = "bert.embeddings.word_embeddings.weight"
  static let positions = "bert.embeddings.position_embeddings.weight"
  static let segments = "bert.embeddings.token_type_embeddings.weight"
  static let embeddingNorm = "bert.embeddings.LayerNorm"
  static let pooler = "bert.pooler.dense"
  static let maskedBias = "cls.predictions.bias"
  static let maskedTransform = "cls.predictions.transform.dense"
  static let maskedNorm = "cls.predictions.transform.LayerNorm"
  static let nextSentence = "cls.seq_relationship"
  static let classifier = "classifier"
  static let embeddingDropout = "bert.embeddings.dropout"
  static let classifierDropout = "dropout"

  static func layer(_ index: Int) -> String { "bert.encoder.layer.\(index)" }

  /// Those of attention's probabilities, of its output, and of the feed-forward block.
  static func dropouts(layer index: Int) -> [String] {
    let layer = layer(index)
    return [
      "\(layer).attention.self.dropout", "\(layer).attention.output.dropout",
      "\(layer).output.dropout",
    ]
  }
}
