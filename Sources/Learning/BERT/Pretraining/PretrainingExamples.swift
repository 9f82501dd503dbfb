package import Tensors

/// A sequence to pre-train on, before anything is masked.
package struct PretrainingExample: Sendable, Hashable {
  /// `[CLS] A [SEP]` or `[CLS] A [SEP] B [SEP]`.
  package let ids: [Int32]
  /// 0 up to the first `[SEP]`, 1 after it.
  package let types: [UInt8]
  /// Whether B is from another document (the label 1 of `next_sentence`) rather than what follows
  /// A (0); nil without that objective.
  package let isRandomNext: Bool?
}

/// Sequences packed from the sentences of documents, anew in every epoch.
///
/// A sequence is made of sentences of one document, as many as fit:
/// * without `next_sentence` they stand behind each other, and a sentence that is too long alone is
///   cut;
/// * with it they are taken until the length is reached and divided at random into A and B; with
///   probability ½, B gives way to sentences of another document, from a random one on. Tokens are
///   then taken off the end of the longer segment, of B when both are equal (`longest_first`).
///   Documents of one sentence serve as such B only, and a sentence left over at a document's end
///   is paired with the one before it.
///
/// Where a sequence begins is the same in every epoch, so there are ``count`` in each, and random
/// choices are those of purpose `next_sentence` and draw epoch · count + index.
package struct PretrainingExamples: Sendable {
  /// A piece of a document: sentences with `next_sentence`, else tokens.
  private struct Piece: BitwiseCopyable, Sendable {
    let start: Int
    let end: Int
    let document: Int
  }

  /// What is drawn, by element.
  private enum Choice: Int {
    case isRandom, split, document, sentence
  }

  package let documents: TokenizedDocuments
  package let objective: PretrainingObjective
  private let vocabulary: PretrainingVocabulary
  private let pieces: SpilledArray<Piece>
  private let choices: RandomStream

  /// Finds where sequences begin.
  ///
  /// - Parameters:
  ///   - policy: for the places where sequences begin.
  ///   - prefix: of the purposes, to keep parts of the data apart.
  package init(
    _ documents: TokenizedDocuments, _ objective: PretrainingObjective,
    _ vocabulary: PretrainingVocabulary, key: RandomKey,
    spilling policy: SpillPolicy = SpillPolicy(), prefix: String = ""
  ) throws(PretrainingError) {
    try objective.check()
    if documents.tokenCount == 0 { throw .noText }
    do throws(SpillError) {
      pieces =
        objective.nextSentence
        ? try Self.sentencePieces(documents, objective, policy)
        : try Self.tokenPieces(documents, objective, policy)
    } catch {
      throw .spill(error)
    }
    if objective.nextSentence, pieces.count == 0 || documents.documentCount < 2 {
      throw .noSentencePairs(documents: documents.documentCount)
    }
    documents.releasePages()
    self.documents = documents
    self.objective = objective
    self.vocabulary = vocabulary
    choices = RandomStream(key: key, site: Self.site(prefix))
  }

  static func site(_ prefix: String) -> RandomSite {
    RandomSite(purpose: "\(prefix)next_sentence")
  }

  /// Sequences an epoch.
  package var count: Int { pieces.count }

  /// Sequences between two releases of pages: they lie anywhere, and with each the system may map two
  /// megabytes.
  private static let releaseInterval: UInt64 = 64

  /// - Parameters:
  ///   - index: in 0..<count.
  ///   - draw: epoch · count + index.
  package func example(_ index: Int, draw: UInt64) -> PretrainingExample {
    if draw % Self.releaseInterval == 0 {
      documents.releasePages()
      pieces.releasePages()
    }
    let piece = pieces[index]
    guard objective.nextSentence else { return sequence(piece.start..<piece.end, nil, nil) }
    let split =
      piece.start + 1
      + choose(.split, below: piece.end - piece.start - 1, draw: draw)
    let first = documents.tokens(of: piece.start..<split)
    // The highest bit of the word: probability ½.
    let isRandom = choices.word(draw: draw, element: Choice.isRandom.rawValue) >> 31 == 1
    let second =
      isRandom
      ? otherTokens(than: piece.document, count: limit - first.count, draw: draw)
      : documents.tokens(of: split..<piece.end)
    let (firstCount, secondCount) = Self.truncated(first.count, second.count, to: limit)
    return sequence(first.prefix(firstCount), second.prefix(secondCount), isRandom)
  }

  /// Tokens that are not special, at most.
  private var limit: Int { objective.maxSequenceLength - objective.specialCount }

  private func choose(_ choice: Choice, below bound: Int, draw: UInt64) -> Int {
    bound <= 1
      ? 0
      : Int(choices.integer(below: UInt32(clamping: bound), draw: draw, element: choice.rawValue))
  }

  /// Sentences of a random other document from a random one on, up to so many tokens or one
  /// sentence.
  private func otherTokens(than own: Int, count: Int, draw: UInt64) -> Range<Int> {
    var other = choose(.document, below: documents.documentCount - 1, draw: draw)
    if other >= own { other += 1 }
    let sentences = documents.sentences(of: other)
    let start = sentences.lowerBound + choose(.sentence, below: sentences.count, draw: draw)
    var end = start + 1
    while end < sentences.upperBound, documents.tokens(of: start..<end).count < count { end += 1 }
    return documents.tokens(of: start..<end)
  }

  /// What is left of two lengths when tokens are taken off the longer, off the second when both
  /// are equal, until both together are no more than a limit.
  package static func truncated(_ first: Int, _ second: Int, to limit: Int) -> (Int, Int) {
    if first + second <= limit { return (first, second) }
    if second <= limit / 2 { return (limit - second, second) }
    if first <= (limit + 1) / 2 { return (first, limit - first) }
    return ((limit + 1) / 2, limit / 2)
  }

  private func sequence(
    _ first: Range<Int>, _ second: Range<Int>?, _ isRandomNext: Bool?
  ) -> PretrainingExample {
    let count = first.count + (second.map { $0.count + 3 } ?? 2)
    var ids: [Int32] = []
    ids.reserveCapacity(count)
    ids.append(vocabulary.classification)
    documents.withTokens(first) { ids.append(contentsOf: $0) }
    ids.append(vocabulary.separator)
    var types = [UInt8](repeating: 0, count: ids.count)
    if let second {
      documents.withTokens(second) { ids.append(contentsOf: $0) }
      ids.append(vocabulary.separator)
      types.append(contentsOf: repeatElement(1, count: second.count + 1))
    }
    return PretrainingExample(ids: ids, types: types, isRandomNext: isRandomNext)
  }
}

/// Where sequences begin.
extension PretrainingExamples {
  private static func sentencePieces(
    _ documents: TokenizedDocuments, _ objective: PretrainingObjective, _ policy: SpillPolicy
  ) throws(SpillError) -> SpilledArray<Piece> {
    let limit = objective.maxSequenceLength - objective.specialCount
    var pieces = SpilledArrayBuilder<Piece>(policy)
    for document in 0..<documents.documentCount {
      let sentences = documents.sentences(of: document)
      if sentences.count < 2 { continue }
      var start = sentences.lowerBound
      while start < sentences.upperBound {
        // The last one alone is no pair.
        start = min(start, sentences.upperBound - 2)
        var end = start + 2
        while end < sentences.upperBound, documents.tokens(of: start..<end).count < limit {
          end += 1
        }
        try pieces.append(Piece(start: start, end: end, document: document))
        start = end
      }
    }
    return try pieces.finish()
  }

  private static func tokenPieces(
    _ documents: TokenizedDocuments, _ objective: PretrainingObjective, _ policy: SpillPolicy
  ) throws(SpillError) -> SpilledArray<Piece> {
    let limit = objective.maxSequenceLength - objective.specialCount
    var pieces = SpilledArrayBuilder<Piece>(policy)
    for document in 0..<documents.documentCount {
      var start: Int?
      var end = 0
      for sentence in documents.sentences(of: document) {
        let tokens = documents.tokens(of: sentence..<sentence + 1)
        if let begun = start, tokens.upperBound - begun > limit {
          try pieces.append(Piece(start: begun, end: end, document: document))
          start = nil
        }
        var begun = start ?? tokens.lowerBound
        while tokens.upperBound - begun > limit {
          try pieces.append(Piece(start: begun, end: begun + limit, document: document))
          begun += limit
        }
        start = begun
        end = tokens.upperBound
      }
      if let start { try pieces.append(Piece(start: start, end: end, document: document)) }
    }
    return try pieces.finish()
  }
}
