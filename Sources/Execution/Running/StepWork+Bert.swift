internal import Experiments
internal import Learning
internal import Tensors

/// Training and measuring a BERT: texts, a tokenizer and weights brought together.
extension StepWork {
  /// A trainer of either kind of a BERT's training.
  enum BertTraining {
    case pretraining(BertPretrainer)
    case fineTuning(BertFineTuner)
  }

  func training(
    _ step: Step, _ training: TrainingPlan, _ plan: BertPlan, key: RandomKey, _ worker: Worker,
    measuring part: Partition.Part? = nil
  ) throws(StepFailure) -> BertTraining {
    let model: BertModel
    do throws(BertConfigError) {
      model = try BertModel(plan)
    } catch {
      throw .model(error.description, step, notebook)
    }
    let texts = try texts(step, worker)
    let tokenizer = try tokenizer(step, worker)
    let settings = TrainingSettings(training)
    if plan.isPretraining {
      let data = try pretrainingData(
        step, plan, texts.parts, tokenizer, key: key, measuring: part)
      return .pretraining(
        try checked(step) { () throws(TrainingError) in
          try BertPretrainer(
            model: model, settings: settings, data: data, key: key, compute: worker.compute)
        })
    }
    guard let data = try sequences(step, plan, texts.parts, tokenizer) else {
      throw .internalGap(step, notebook)
    }
    return .fineTuning(
      try checked(step) { () throws(TrainingError) in
        try BertFineTuner(
          model: model, settings: settings, data: data, key: key, compute: worker.compute)
      })
  }

  /// The labelled texts of a fine-tuning as sequences; nil where nothing is labelled.
  private func sequences(
    _ step: Step, _ plan: BertPlan, _ texts: SplitCorpus, _ tokenizer: WordPieceTokenizer
  ) throws(StepFailure) -> PreparedSequences? {
    do throws(DatasetError) {
      return try PreparedSequences(
        texts, tokenizer, maxLength: plan.maxSeqLength, deadline: shelf.deadline)
    } catch {
      throw .data(error, step, notebook)
    }
  }

  private func checked<Trainer>(
    _ step: Step, _ make: () throws(TrainingError) -> Trainer
  ) throws(StepFailure) -> Trainer {
    do throws(TrainingError) {
      return try make()
    } catch {
      throw .training(error, step, notebook)
    }
  }

  /// The texts of a pre-training as sentences.
  ///
  /// - Parameter part: what is measured; nil: the validation part.
  private func pretrainingData(
    _ step: Step, _ plan: BertPlan, _ texts: SplitCorpus, _ tokenizer: WordPieceTokenizer,
    key: RandomKey, measuring part: Partition.Part?
  ) throws(StepFailure) -> PretrainingData {
    var words: ChineseWordList?
    if let path = plan.maskedLanguageModel?.wordList {
      words = try foreign(step) { () throws(ForeignFileError) in
        try shelf.catalog.wordList(at: path, plan.wordList)
      }
    }
    let vocabulary = PretrainingVocabulary(tokenizer, joinedBy: words)
    do throws(PretrainingError) {
      func documents(_ corpus: TextCorpus) throws(PretrainingError) -> TokenizedDocuments {
        try TokenizedDocuments(corpus, tokenizer, deadline: shelf.deadline)
      }
      var measured: TokenizedDocuments?
      if let corpus = texts.corpus(of: part ?? .validation) { measured = try documents(corpus) }
      return try PretrainingData(
        train: try documents(texts.train), validation: measured,
        objective: PretrainingObjective(plan), vocabulary: vocabulary, key: key)
    } catch {
      if error == .outOfTime { throw .outOfTime(step, notebook) }
      throw .pretraining(error.description, step, notebook)
    }
  }

  private func texts(_ step: Step, _ worker: Worker) throws(StepFailure) -> SplitTexts {
    guard case .texts(let texts) = try data(step, worker) else {
      throw .internalGap(step, notebook)
    }
    return texts
  }

  private func tokenizer(
    _ step: Step, _ worker: Worker
  ) throws(StepFailure) -> WordPieceTokenizer {
    guard let source = step.inputs.first(where: { plan[$0]?.kind == .tokenize }),
      case .tokenizer(let record) = worker.payload(source)
    else { throw .internalGap(step, notebook) }
    return record.tokenizer
  }

  /// Reads a file of another tool, which must be as it was when the plan was made.
  func foreign<Value>(
    _ step: Step, _ read: () throws(ForeignFileError) -> Value
  ) throws(StepFailure) -> Value {
    do throws(ForeignFileError) {
      return try read()
    } catch {
      throw StepFailure(error.diagnostic(at: notebook[step.block]?.range(of: "")))
    }
  }

  /// Weights that a training begins with: those of the origin's repeat, or of a folder; nil: fresh.
  func origin(
    of bert: BertPlan, _ step: Step, _ worker: Worker
  ) throws(StepFailure) -> ParameterSet? {
    switch bert.origin {
    case .fresh: return nil
    case .run:
      guard let source = step.inputs.first(where: { plan[$0]?.kind == .train }),
        case .training(let record) = worker.payload(source)
      else { throw .internalGap(step, notebook) }
      return record.parameters
    case .folder(let path, let digest):
      return try foreign(step) { () throws(ForeignFileError) in
        try shelf.catalog.pretrainedWeights(at: path, digest)
      }
    }
  }

  /// What an evaluation of a BERT's weights found.
  func measurements(
    of parameters: ParameterSet, _ step: Step, _ evaluation: EvaluationPlan, _ bert: BertPlan,
    key: RandomKey, _ worker: Worker
  ) throws(StepFailure) -> [Measurement] {
    let part = evaluation.part
    switch try training(
      step, evaluation.training, bert, key: key, worker, measuring: part)
    {
    case .fineTuning(let tuner):
      guard let samples = tuner.data.samples(of: part) else { return [] }
      return evaluation.measurements(
        of: tuner.evaluate(parameters, on: samples), classes: tuner.data.classNames)
    case .pretraining(let trainer):
      guard let measured = trainer.data.validation else { return [] }
      return evaluation.measurements(of: trainer.evaluate(parameters, on: measured).values)
    }
  }
}
