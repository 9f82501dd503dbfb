extension PreparedSequences {
  /// A corpus's documents, or pairs, as sequences; nil when they have nothing to predict.
  ///
  /// - Parameter maxLength: of a sequence, special tokens included (`max_seq_length`).
  package init?(_ corpus: SplitCorpus, _ tokenizer: WordPieceTokenizer, maxLength: Int) {
    func part(_ corpus: TextCorpus?) -> Part? {
      guard let corpus, let targets = corpus.targets else { return nil }
      let texts = (0..<corpus.count).lazy.map { document -> (String, String?) in
        (corpus.text(of: document), corpus.secondText(of: document))
      }
      return (tokenizer.sequences(of: texts, maxLength: maxLength), targets)
    }
    guard let train = part(corpus.train) else { return nil }
    self.init(train: train, validation: part(corpus.validation), test: part(corpus.test))
  }
}
