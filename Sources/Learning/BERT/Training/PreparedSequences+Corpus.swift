extension PreparedSequences {
  /// A corpus's documents, or pairs, as sequences; nil when they have nothing to predict.
  ///
  /// - Parameters:
  ///   - maxLength: of a sequence, special tokens included (`max_seq_length`).
  ///   - deadline: when that is given up.
  /// - Throws: `DatasetError.outOfTime`.
  package init?(
    _ corpus: SplitCorpus, _ tokenizer: WordPieceTokenizer, maxLength: Int,
    deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) {
    func part(_ corpus: TextCorpus?) throws(DatasetError) -> Part? {
      guard let corpus, let targets = corpus.targets else { return nil }
      let pass = CorpusPass(corpus, until: deadline)
      let texts = (0..<corpus.count).lazy.prefix(while: pass.permits).map {
        document -> (String, String?) in
        (corpus.text(of: document), corpus.secondText(of: document))
      }
      let sequences = tokenizer.sequences(of: texts, maxLength: maxLength)
      if pass.isOver { throw .outOfTime }
      return (sequences, targets)
    }
    guard let train = try part(corpus.train) else { return nil }
    self.init(
      train: train, validation: try part(corpus.validation), test: try part(corpus.test))
  }
}
