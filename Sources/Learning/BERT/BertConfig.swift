/// What makes one BERT compute other numbers than another.
///
/// Names and meanings are those of Hugging Face's `BertConfig`, defaults those of BERT-base (Devlin,
/// Chang, Lee and Toutanova 2019).
package struct BertConfig: Sendable, Hashable {
  /// The function between the two layers of a feed-forward block, and in the masked head.
  package enum Activation: String, Sendable, Hashable, CaseIterable {
    /// `x·½(1 + erf(x/√2))`.
    case gelu
    /// `½x(1 + tanh(√(2/π)(x + 0.044715x³)))`.
    case geluNew = "gelu_new"
    case relu
  }

  /// Entries of the vocabulary: `vocab_size`, 30522.
  package var vocabularySize = 30522
  /// Width of a token's vector: `hidden_size`, 768.
  package var hiddenSize = 768
  /// `num_hidden_layers`, 12.
  package var layerCount = 12
  /// Heads of each attention; they divide the width: `num_attention_heads`, 12.
  package var headCount = 12
  /// Width inside a feed-forward block: `intermediate_size`, 3072.
  package var intermediateSize = 3072
  /// `hidden_act`, gelu.
  package var activation = Activation.gelu
  /// Probability of a zero after embeddings, attention and feed-forward: `hidden_dropout_prob`, 0.1.
  package var hiddenDropout = 0.1
  /// Probability of a zero among attention's probabilities: `attention_probs_dropout_prob`, 0.1.
  package var attentionDropout = 0.1
  /// Longest sequence: `max_position_embeddings`, 512.
  package var maximumPositions = 512
  /// Segments of a sequence: `type_vocab_size`, 2.
  package var segmentCount = 2
  /// Standard deviation of the initial weights: `initializer_range`, 0.02.
  package var initializerRange = 0.02
  /// Added to a layer norm's variance: `layer_norm_eps`, 1e-12.
  package var layerNormEpsilon = 1e-12
  /// The token whose vector starts at zero and learns nothing from being looked up:
  /// `pad_token_id`, 0; nil for none.
  package var paddingToken: Int32? = 0
  /// Probability of a zero before a classifier: `classifier_dropout`; nil: as `hiddenDropout`.
  package var classifierDropout: Double?

  package init() {}

  /// Width of one head.
  package var headSize: Int { hiddenSize / headCount }

  /// Maximal positions rounded up to 64, by which random elements of attention are numbered.
  var attentionSpan: Int { (maximumPositions + 63) / 64 * 64 }
}

extension BertConfig {
  /// Most tokens, layers or width that a field may say.
  static let sizes = 1...1_000_000

  /// Refuses fields that contradict each other or have no meaning.
  package func validate() throws(BertConfigError) {
    let sizes: [(String, Int)] = [
      ("vocab_size", vocabularySize), ("hidden_size", hiddenSize),
      ("num_hidden_layers", layerCount), ("num_attention_heads", headCount),
      ("intermediate_size", intermediateSize), ("max_position_embeddings", maximumPositions),
    ]
    for (field, size) in sizes where !Self.sizes.contains(size) {
      throw .sizeOutOfRange(field: field, value: size, limit: Self.sizes.upperBound)
    }
    // A segment is stored in a byte.
    guard (1...256).contains(segmentCount) else {
      throw .sizeOutOfRange(field: "type_vocab_size", value: segmentCount, limit: 256)
    }
    guard hiddenSize.isMultiple(of: headCount) else {
      throw .headsDoNotDivide(hiddenSize: hiddenSize, heads: headCount)
    }
    // An element of a random stream has 34 bits (rule 6).
    let span = attentionSpan
    let (elements, overflows) = (span * span).multipliedReportingOverflow(by: headCount)
    guard !overflows, elements <= 1 << 34 else {
      throw .tooManyPositions(positions: maximumPositions, heads: headCount)
    }
    let probabilities = [
      ("hidden_dropout_prob", hiddenDropout), ("attention_probs_dropout_prob", attentionDropout),
      ("classifier_dropout", classifierDropout ?? hiddenDropout),
    ]
    for (field, value) in probabilities where !(value >= 0 && value < 1) {
      throw .probabilityOutOfRange(field: field, value: value)
    }
    guard layerNormEpsilon > 0, Float(layerNormEpsilon).isFinite, Float(layerNormEpsilon) > 0
    else { throw .notPositive(field: "layer_norm_eps", value: layerNormEpsilon) }
    guard initializerRange >= 0, initializerRange.isFinite else {
      throw .notPositive(field: "initializer_range", value: initializerRange)
    }
    if let paddingToken, !(0..<vocabularySize).contains(Int(paddingToken)) {
      throw .paddingOutsideVocabulary(token: Int(paddingToken), vocabularySize: vocabularySize)
    }
  }
}
