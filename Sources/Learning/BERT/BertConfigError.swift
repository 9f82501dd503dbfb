/// Why fields do not make a BERT; fields are named as in `config.json`.
package enum BertConfigError: Error, Sendable, Hashable {
  /// A size is not in 1…limit.
  case sizeOutOfRange(field: String, value: Int, limit: Int)
  case headsDoNotDivide(hiddenSize: Int, heads: Int)
  /// Attention has more elements than a random stream can number.
  case tooManyPositions(positions: Int, heads: Int)
  /// A probability is not in 0..<1.
  case probabilityOutOfRange(field: String, value: Double)
  case notPositive(field: String, value: Double)
  case paddingOutsideVocabulary(token: Int, vocabularySize: Int)
  /// A classifier has 1…limit outputs.
  case outputsOutOfRange(Int, limit: Int)
  /// The initialisation has a negative or infinite spread.
  case invalidInitializer
  case tooManyParameters(found: Int, limit: Int)
}

extension BertConfigError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .sizeOutOfRange(let field, let value, let limit):
      "`\(field)` must be in 1…\(limit); it is \(value)"
    case .headsDoNotDivide(let hiddenSize, let heads):
      "`num_attention_heads` must divide `hidden_size`: \(hiddenSize) is not a multiple of "
        + "\(heads); take \(Self.divisor(of: hiddenSize, near: heads)) heads or "
        + "a width of \((hiddenSize / heads + 1) * heads)"
    case .tooManyPositions(let positions, let heads):
      "`max_position_embeddings` \(positions) with \(heads) heads is too long: heads times "
        + "positions squared may be at most 2^34"
    case .probabilityOutOfRange(let field, let value):
      "`\(field)` must be at least 0 and below 1; it is \(value)"
    case .notPositive(let field, let value):
      "`\(field)` must be a positive finite number; it is \(value)"
    case .paddingOutsideVocabulary(let token, let size):
      "`pad_token_id` \(token) is not in the vocabulary of \(size) tokens"
    case .outputsOutOfRange(let outputs, let limit):
      "a classifier has 1…\(limit) outputs, not \(outputs)"
    case .invalidInitializer:
      "the initialisation does not fit: spreads are finite and not negative"
    case .tooManyParameters(let found, let limit):
      "the model has \(found) parameters; at most \(limit) are allowed: make it narrower or "
        + "raise the limit"
    }
  }

  /// The divisor of n that is nearest to a number, the smaller of two.
  private static func divisor(of n: Int, near wanted: Int) -> Int {
    let divisors = (1...max(1, min(n, 2 * wanted))).filter { n.isMultiple(of: $0) }
    return divisors.min { abs($0 - wanted) < abs($1 - wanted) } ?? 1
  }
}
