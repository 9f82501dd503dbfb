extension TokenizedDocuments {
  /// The sentences of a corpus's documents; the sentences of a second text follow those of the first.
  ///
  /// One document at a time is in memory; the corpus may be a mapped file.
  /// - Parameter deadline: when that is given up.
  /// - Throws: `PretrainingError.outOfTime`, and when tokens could not be laid aside.
  /// - Complexity: O(bytes)
  package init(
    _ corpus: TextCorpus, _ tokenizer: WordPieceTokenizer,
    spilling policy: SpillPolicy = SpillPolicy(), deadline: ContinuousClock.Instant? = nil
  ) throws(PretrainingError) {
    var builder = TokenizedDocumentsBuilder(policy)
    let pass = CorpusPass(corpus, until: deadline)
    do throws(SpillError) {
      for document in 0..<corpus.count where pass.permits(document) {
        var sentences = corpus.withText(of: document) { tokenizer.sentences(of: $0) }
        if let second = corpus.withSecondText(of: document, { tokenizer.sentences(of: $0) }) {
          sentences += second
        }
        try builder.append(document: sentences)
      }
      self = try builder.finish()
    } catch {
      throw .spill(error)
    }
    if pass.isOver { throw .outOfTime }
  }
}

extension WordPieceTokenizer {
  /// The ids of each sentence of a text, without special tokens.
  fileprivate func sentences(of text: UnsafeBufferPointer<UInt8>) -> [[Int32]] {
    var sentences: [[Int32]] = []
    SentenceSplitter.forEach(in: text) { range in
      var ids: [Int32] = []
      appendIDs(of: UnsafeBufferPointer(rebasing: text[range]), to: &ids)
      sentences.append(ids)
    }
    return sentences
  }
}
