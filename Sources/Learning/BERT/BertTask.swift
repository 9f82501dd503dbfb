/// Sequences to be computed together; which ones are together changes no bit of any.
package struct BertBatch: Sendable {
  package let sequences: TokenSequences
  /// Ordinal of each sequence in the training stream, by which dropout is keyed; not read in
  /// evaluation.
  package let draws: [UInt64]

  package init(sequences: TokenSequences, draws: [UInt64]) {
    precondition(
      draws.count == sequences.count, "\(draws.count) draws for \(sequences.count) sequences")
    self.sequences = sequences
    self.draws = draws
  }
}

/// The positions of a batch whose tokens are to be predicted.
package struct MaskedPositions: Sendable, Hashable {
  /// Positions within their sequences, ascending in each, sequences one after the other.
  package private(set) var positions: [Int32] = []
  /// The token that stood at each of them.
  package private(set) var labels: [Int32] = []
  /// Where each sequence's begin, and the end of the last's: one more than there are sequences.
  package private(set) var offsets = [0]

  package init() {}

  /// Appends those of the next sequence.
  package mutating func append(
    positions: some Collection<Int32>, labels: some Collection<Int32>
  ) {
    precondition(
      positions.count == labels.count, "\(positions.count) positions, \(labels.count) labels")
    precondition(
      zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }, "positions must ascend")
    self.positions.append(contentsOf: positions)
    self.labels.append(contentsOf: labels)
    offsets.append(self.positions.count)
  }

  package var sequenceCount: Int { offsets.count - 1 }

  /// Where the positions of some sequences stand.
  func range(of sequences: Range<Int>) -> Range<Int> {
    offsets[sequences.lowerBound]..<offsets[sequences.upperBound]
  }
}

/// What a BERT is trained to do with a batch, and what each term is multiplied by.
///
/// Factors are 1 / normaliser of the *whole batch*, however it is cut into calls.
package enum BertTask: Sendable {
  /// Predicts masked tokens, next sentences, or both.
  case pretraining(Pretraining)
  /// Classifies or rates each sequence: one target a sequence.
  case supervised(BatchTargets, LossFunction, factor: Double)

  package struct Pretraining: Sendable {
    /// nil: no token is predicted.
    package var masked: MaskedPositions?
    /// 1 / number of masked positions of the whole batch; 0 when there is none.
    package var maskedFactor: Double
    /// 0 where the second text follows the first, 1 where it is random, one a sequence; nil: not
    /// predicted.
    package var nextSentence: [Int32]?
    /// 1 / number of sequences of the whole batch.
    package var nextSentenceFactor: Double

    package init(
      masked: MaskedPositions? = nil, maskedFactor: Double = 0, nextSentence: [Int32]? = nil,
      nextSentenceFactor: Double = 0
    ) {
      self.masked = masked
      self.maskedFactor = maskedFactor
      self.nextSentence = nextSentence
      self.nextSentenceFactor = nextSentenceFactor
    }
  }
}

/// The losses of a batch's rows, before any factor, in order of the rows.
package struct BertLosses: Sendable {
  /// One a masked position: −log of its token's probability.
  package var masked: [Double] = []
  /// One a sequence.
  package var nextSentence: [Double] = []
  /// One a sequence.
  package var supervised: [Double] = []

  package init() {}
}

/// What a BERT takes for most probable, the first of equals, and its losses.
package struct BertGuesses: Sendable {
  package var losses = BertLosses()
  /// The token at each masked position.
  package var tokens: [Int32] = []
  /// 0 or 1 for each sequence.
  package var nextSentence: [Int32] = []

  package init() {}
}

/// Why sequences cannot be put into a BERT.
package enum BertInputError: Error, Sendable, Hashable {
  case emptySequence(Int)
  case tooLong(sequence: Int, length: Int, limit: Int)
  case tokenOutsideVocabulary(sequence: Int, token: Int, vocabularySize: Int)
  case segmentOutsideTable(sequence: Int, segment: Int, segments: Int)
}

extension BertInputError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .emptySequence(let sequence): "sequence \(sequence + 1) has no token"
    case .tooLong(let sequence, let length, let limit):
      "sequence \(sequence + 1) has \(length) tokens; the model has \(limit) positions: cut the "
        + "text or raise `max_position_embeddings`"
    case .tokenOutsideVocabulary(let sequence, let token, let size):
      "sequence \(sequence + 1) has token \(token); the model's vocabulary has \(size): "
        + "tokenizer and model must fit"
    case .segmentOutsideTable(let sequence, let segment, let segments):
      "sequence \(sequence + 1) has segment \(segment); the model's `type_vocab_size` is \(segments)"
    }
  }
}

extension BertModel {
  /// Refuses sequences that this model has no place for; the network requires that it was asked.
  package func check(_ sequences: TokenSequences) throws(BertInputError) {
    for index in 0..<sequences.count {
      let range = sequences.range(of: index)
      if range.isEmpty { throw .emptySequence(index) }
      if range.count > config.maximumPositions {
        throw .tooLong(sequence: index, length: range.count, limit: config.maximumPositions)
      }
      if let token = sequences.ids[range].first(where: {
        !(0..<config.vocabularySize).contains(Int($0))
      }) {
        throw .tokenOutsideVocabulary(
          sequence: index, token: Int(token), vocabularySize: config.vocabularySize)
      }
      if let segment = sequences.types[range].first(where: { $0 >= config.segmentCount }) {
        throw .segmentOutsideTable(
          sequence: index, segment: Int(segment), segments: config.segmentCount)
      }
    }
  }
}
