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
      do {
        var trainer = try WordPieceTrainer(settings: settings)
        for document in 0..<corpus.count {
          corpus.withText(of: document) { trainer.add($0) }
          corpus.withSecondText(of: document) { trainer.add($0) }
        }
        let tokenizer = try WordPieceTokenizer(
          vocabulary: trainer.vocabulary(), settings: settings.tokenizer)
        return TokenizerRecord(tokenizer, learnedFrom: corpus)
      } catch {
        throw .tokenizer("\(error)", step, notebook)
      }
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
}
