/// Sequences of token ids end to end, without padding: what a tokenizer gives and a BERT takes.
///
/// Sequence `i` is at `offsets[i]..<offsets[i + 1]` of ``ids`` and ``types``.
package struct TokenSequences: Sendable, Hashable {
  /// Vocabulary indices, special tokens included.
  package private(set) var ids: [Int32]
  /// Segment of each token (`token_type_ids`): 0 for the first text of a pair, 1 for the second.
  package private(set) var types: [UInt8]
  /// Where each sequence begins, and the end of the last: one more than there are sequences.
  package private(set) var offsets: [Int]

  package init() {
    ids = []
    types = []
    offsets = [0]
  }

  package var count: Int { offsets.count - 1 }

  /// Where a sequence stands in ``ids`` and ``types``.
  package func range(of sequence: Int) -> Range<Int> {
    offsets[sequence]..<offsets[sequence + 1]
  }

  /// Tokens of a sequence.
  package func length(of sequence: Int) -> Int { range(of: sequence).count }

  /// The longest sequence; 0 when there is none.
  package var longest: Int { (0..<count).reduce(0) { max($0, length(of: $1)) } }

  /// Appends a sequence; both have a value for each token.
  package mutating func append(ids: some Collection<Int32>, types: some Collection<UInt8>) {
    precondition(ids.count == types.count, "\(ids.count) ids and \(types.count) types")
    self.ids.append(contentsOf: ids)
    self.types.append(contentsOf: types)
    offsets.append(self.ids.count)
  }

  /// The sequences at the given places, in that order.
  package func gathering(_ sequences: some Collection<Int>) -> TokenSequences {
    var gathered = TokenSequences()
    for sequence in sequences {
      let range = range(of: sequence)
      gathered.append(ids: ids[range], types: types[range])
    }
    return gathered
  }
}
