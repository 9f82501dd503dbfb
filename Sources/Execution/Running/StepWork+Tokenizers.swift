internal import Experiments
internal import Learning

/// Learning and reading tokenizers.
extension StepWork {
  func tokenize(
    _ step: Step, _ plan: TokenizerPlan, _ worker: Worker
  ) throws(StepFailure) -> TokenizerRecord {
    switch plan.spec {
    case .trained(let spec):
      guard case .texts(let texts) = try data(step, worker) else {
        throw .internalGap(step, notebook)
      }
      let corpus = texts.parts.train
      let settings = WordPieceTrainerSettings(spec.wordpiece)
      let record: TokenizerRecord?
      do {
        record = try learned(settings, from: corpus)
      } catch WordPieceTrainerError.outOfTime {
        throw .outOfTime(step, notebook)
      } catch {
        throw .tokenizer("\(error)", step, notebook)
      }
      guard let record else { throw .outOfTime(step, notebook) }
      return record
    case .vocabulary(let spec):
      return try foreign(step) { () throws(ForeignFileError) in
        TokenizerRecord(
          try shelf.catalog.tokenizer(at: spec.vocab, TokenizerSettings(spec), plan.digest))
      }
    case .pretrained(let spec):
      return try foreign(step) { () throws(ForeignFileError) in
        TokenizerRecord(try shelf.catalog.pretrainedTokenizer(at: spec.pretrained, plan.digest))
      }
    }
  }

  /// A tokenizer learned from documents; nil when the time of the run is over.
  private func learned(
    _ settings: WordPieceTrainerSettings, from corpus: TextCorpus
  ) throws -> TokenizerRecord? {
    var trainer = try WordPieceTrainer(settings: settings)
    let pass = CorpusPass(corpus, until: shelf.deadline)
    for document in 0..<corpus.count where pass.permits(document) {
      corpus.withText(of: document) { trainer.add($0) }
      corpus.withSecondText(of: document) { trainer.add($0) }
    }
    if pass.isOver { return nil }
    let tokenizer = try WordPieceTokenizer(
      vocabulary: trainer.vocabulary(deadline: shelf.deadline), settings: settings.tokenizer)
    return TokenizerRecord(tokenizer, learnedFrom: corpus, deadline: shelf.deadline)
  }
}
