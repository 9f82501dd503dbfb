/// Why a BERT cannot be trained on some data.
package enum BertMismatch: Error, Sendable, Hashable {
  /// An objective needs a head that the model has not.
  case missingHead(objective: String)
  /// Sequences may have `length` tokens, and the model has `limit` positions.
  case tooFewPositions(length: Int, limit: Int)
  /// Token `token` occurs, and the model's vocabulary has `limit`.
  case tokenOutsideVocabulary(token: Int, limit: Int)
  /// Pairs need two segments, and the model has `found`.
  case tooFewSegments(found: Int)
  /// A sequence that the model has no place for.
  case input(BertInputError)
}

extension BertMismatch: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingHead(let objective):
      "the model has no head for `\(objective)`: give it one, or leave the objective out"
    case .tooFewPositions(let length, let limit):
      "sequences may have \(length) tokens, and the model has \(limit) positions: lower "
        + "`max_seq_length` or raise `max_position_embeddings`"
    case .tokenOutsideVocabulary(let token, let limit):
      "token \(token) occurs, and the model's vocabulary has \(limit): tokenizer and model must fit"
    case .tooFewSegments(let found):
      "`next_sentence` needs two segments, and the model's `type_vocab_size` is \(found)"
    case .input(let error): error.description
    }
  }
}
