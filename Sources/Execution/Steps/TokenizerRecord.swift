internal import Digests
package import Experiments
package import Learning

/// A tokenizer that a step learned or read, and what its block reports.
package struct TokenizerRecord: Sendable {
  package let tokenizer: WordPieceTokenizer
  /// `tokens`, and of one that was learned how it cuts the texts that it was learned from.
  package let result: RunResult

  package init(_ tokenizer: WordPieceTokenizer, result: RunResult) {
    self.tokenizer = tokenizer
    self.result = result
  }

  /// A tokenizer that was read.
  init(_ tokenizer: WordPieceTokenizer) {
    self.init(tokenizer, result: RunResult(scalars: [Self.tokens(tokenizer)]))
  }

  /// A tokenizer that was learned from some documents; nil when measuring it was given up.
  ///
  /// - Parameter deadline: when that is.
  init?(
    _ tokenizer: WordPieceTokenizer, learnedFrom corpus: TextCorpus,
    deadline: ContinuousClock.Instant?
  ) {
    var ids: [Int32] = []
    var (tokens, sentences, unknown) = (0, 0, 0)
    let pass = CorpusPass(corpus, until: deadline)
    for document in 0..<corpus.count {
      guard pass.permits(document) else { return nil }
      corpus.forEachSentence(of: document) { sentence in
        ids.removeAll(keepingCapacity: true)
        tokenizer.appendIDs(of: sentence, to: &ids)
        sentences += 1
        tokens += ids.count
        unknown += ids.count { $0 == tokenizer.vocabulary.unknownID }
      }
    }
    self.init(
      tokenizer,
      result: RunResult(scalars: [
        Self.tokens(tokenizer),
        Scalar(
          "tokens_per_sentence", .real,
          Statistic(sentences == 0 ? 0 : Double(tokens) / Double(sentences))),
        Scalar(
          "unknown_share", .ratio, Statistic(tokens == 0 ? 0 : Double(unknown) / Double(tokens))),
      ]))
  }

  private static func tokens(_ tokenizer: WordPieceTokenizer) -> Scalar {
    Scalar("tokens", .count, Statistic(Double(tokenizer.vocabulary.count)))
  }
}

extension TextCorpus {
  /// The sentences of a document, of its second text too, in order.
  func forEachSentence(of document: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    func visit(_ text: UnsafeBufferPointer<UInt8>) {
      SentenceSplitter.forEach(in: text) { body(UnsafeBufferPointer(rebasing: text[$0])) }
    }
    withText(of: document, visit)
    withSecondText(of: document, visit)
  }
}
