/// Sequences as BERT reads them: `[CLS] A [SEP]`, or `[CLS] A [SEP] B [SEP]` with types 0 and 1.
extension WordPieceTokenizer {
  /// Tokens that stand beside the text's own in a sequence.
  package static func specialCount(isPair: Bool) -> Int { isPair ? 3 : 2 }

  /// The sequence of a text, or of a pair of texts.
  ///
  /// `maxLength` counts the special tokens too; nil: no limit. A longer text loses its end. Of a pair
  /// the longer text is cut first (`longest_first`). A length below that of the special tokens
  /// leaves these alone.
  package func encode(
    _ first: String, _ second: String? = nil, maxLength: Int? = nil
  ) -> (ids: [Int32], types: [UInt8]) {
    var ids: [Int32] = []
    var types: [UInt8] = []
    encode(first, second, maxLength: maxLength, into: &ids, &types)
    return (ids, types)
  }

  /// The sequences of texts, in order.
  package func sequences(
    of texts: some Sequence<String>, maxLength: Int? = nil
  ) -> TokenSequences {
    sequences(of: texts.lazy.map { ($0, nil) }, maxLength: maxLength)
  }

  /// The sequences of texts and of pairs, in order.
  package func sequences(
    of pairs: some Sequence<(String, String?)>, maxLength: Int? = nil
  ) -> TokenSequences {
    var sequences = TokenSequences()
    var ids: [Int32] = []
    var types: [UInt8] = []
    for (first, second) in pairs {
      ids.removeAll(keepingCapacity: true)
      types.removeAll(keepingCapacity: true)
      encode(first, second, maxLength: maxLength, into: &ids, &types)
      sequences.append(ids: ids, types: types)
    }
    return sequences
  }

  /// Fills empty arrays.
  private func encode(
    _ first: String, _ second: String?, maxLength: Int?, into ids: inout [Int32],
    _ types: inout [UInt8]
  ) {
    var first = first
    ids.append(vocabulary.classificationID)
    first.withUTF8 { appendIDs(of: $0, to: &ids) }
    let firstCount = ids.count - 1
    var secondCount = 0
    if var second {
      second.withUTF8 { appendIDs(of: $0, to: &ids) }
      secondCount = ids.count - 1 - firstCount
    }
    let specials = Self.specialCount(isPair: second != nil)
    let limit = maxLength.map { max(specials, $0) - specials } ?? .max
    let kept = Self.longestFirst(firstCount, secondCount, limit: limit)
    ids.removeLast(secondCount - kept.second)
    ids.removeSubrange(1 + kept.first..<1 + firstCount)
    ids.insert(vocabulary.separatorID, at: 1 + kept.first)
    if second != nil { ids.append(vocabulary.separatorID) }
    types.append(contentsOf: repeatElement(0, count: kept.first + 2))
    types.append(contentsOf: repeatElement(1, count: ids.count - types.count))
  }

  /// How many tokens of each text stay when both together may have `limit`.
  ///
  /// Hugging Face's `longest_first`: the shorter text stays whole if it is no longer than half the
  /// limit; otherwise the limit is shared, and the longer text gets what is odd.
  static func longestFirst(
    _ first: Int, _ second: Int, limit: Int
  ) -> (first: Int, second: Int) {
    if first + second <= limit { return (first, second) }
    let shorter = min(first, second)
    let kept = shorter <= limit / 2 ? (shorter, limit - shorter) : (limit / 2, limit - limit / 2)
    return first > second ? (kept.1, kept.0) : kept
  }
}
