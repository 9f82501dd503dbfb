internal import Diagnostics

/// Checks of what only BERT has, and that the others do not ask for it.
extension TrainingChecks {
  /// Layers learn from numbers; false when the data has texts.
  mutating func checkNumbers(_ model: (String) -> SourceRange) -> Bool {
    if facts.text != nil {
      diagnostics.append(
        Diagnostic(
          .error, "plan.text-data", "Layers learn from numbers; \(data) has texts",
          at: experiment.range(of: "train.data"),
          notes: [Diagnostic.Note("a `bert` model learns from texts", at: model("sequential"))]))
      return false
    }
    for path in ownFields {
      report("plan.bert-only", "`\(path)` is for training a BERT", "train.\(path)")
    }
    return true
  }

  /// Fields of a training that only a BERT has, as far as they are not at their defaults.
  private var ownFields: [String] {
    var paths: [String] = []
    if spec.tokenizer != nil { paths.append("tokenizer") }
    if !spec.objective.isEmpty { paths.append("objective") }
    if spec.maxSeqLength != TrainSpec().maxSeqLength { paths.append("max_seq_length") }
    if spec.freeze != .none { paths.append("freeze") }
    if spec.gradualUnfreezing { paths.append("gradual_unfreezing") }
    if spec.layerwiseLRDecay != 1 { paths.append("layerwise_lr_decay") }
    if spec.noWeightDecay != nil { paths.append("no_weight_decay") }
    if spec.gradientAccumulationSteps != 1 { paths.append("gradient_accumulation_steps") }
    if spec.gradientCheckpointing { paths.append("gradient_checkpointing") }
    return paths
  }

  /// A BERT learns from texts; false when the data has numbers.
  mutating func checkTexts(_ model: (String) -> SourceRange) -> Bool {
    guard facts.text == nil else { return true }
    report(
      "plan.text-data", "A BERT learns from texts; \(data) has numbers", "train.data",
      notes: ["texts come from `text:`, `jsonl:`, `csv:` with `text_column`, or `synthetic:`"])
    return false
  }

  /// A planned BERT against the data, the tokenizer and the length of sequences.
  mutating func checkBert(
    _ plan: BertPlan, tokenizer: TokenizerPlan?, _ resolved: ResolvedModel
  ) {
    checkLengths(plan)
    if let tokenizer { checkVocabulary(plan, tokenizer) }
    if plan.isPretraining { checkPretraining(plan) } else { checkHead(plan, resolved) }
    checkAccumulation()
    if spec.gradualUnfreezing, spec.freeze != .none {
      report(
        "plan.freeze", "`gradual_unfreezing` and `freeze` exclude each other",
        "train.gradual_unfreezing")
    }
  }

  private mutating func checkVocabulary(_ plan: BertPlan, _ tokenizer: TokenizerPlan) {
    let (tokens, embeddings) = (tokenizer.size, plan.config.vocabSize)
    if tokens <= embeddings { return }
    var isLearned = false
    if case .trained = tokenizer.spec { isLearned = true }
    // Whichever of the two can still be chosen gives way.
    var ways: [String] = []
    switch plan.origin {
    case .fresh: ways.append("give the model `vocab_size: \(tokens)`")
    case .run, .folder:
      ways.append(
        spec.tokenizer == nil
          ? "take `config.json` and vocabulary of one model"
          : "leave out `tokenizer`: the weights bring the one that they were trained with")
    }
    if isLearned { ways.append("give the tokenizer `vocab_size: \(embeddings)`") }
    report(
      "plan.vocabulary",
      "A BERT has an embedding for each token: the tokenizer has \(isLearned ? "up to " : "")"
        + "\(tokens) tokens, the model \(embeddings) embeddings",
      spec.tokenizer == nil ? "train.model" : "train.tokenizer",
      notes: [ways.joined(separator: ", or ")])
  }

  private mutating func checkLengths(_ plan: BertPlan) {
    let positions = plan.config.maxPositionEmbeddings
    if spec.maxSeqLength > positions {
      report(
        "plan.sequence-length",
        "A sequence is at most as long as the model has positions: \(positions), not "
          + "\(spec.maxSeqLength)", "train.max_seq_length",
        suggestion: "max_seq_length: \(positions)")
    }
    if plan.config.typeVocabSize < 2, plan.predictsNextSentence || facts.text?.isPair == true {
      report(
        "plan.segments", "Pairs need two kinds of segment: `type_vocab_size` is 1", "train.model")
    }
  }

  private mutating func checkPretraining(_ plan: BertPlan) {
    if spec.loss != nil {
      report(
        "plan.loss", "An objective has its own loss: the cross-entropy of what it predicts",
        "train.loss")
    }
    if spec.freeze != .none || spec.gradualUnfreezing {
      report(
        "plan.freeze", "Pre-training trains every weight",
        spec.freeze != .none ? "train.freeze" : "train.gradual_unfreezing")
    }
    if plan.predictsNextSentence, spec.maxSeqLength < 5 {
      report(
        "plan.sequence-length",
        "A pair has a token of each text and three special ones: five at least, not "
          + "\(spec.maxSeqLength)", "train.max_seq_length", suggestion: "max_seq_length: 5")
    }
    if plan.predictsNextSentence {
      if facts.rows.train == 1 {
        report(
          "plan.next-sentence",
          "`next_sentence` takes half of the second texts from another document, so the training "
            + "part has two or more", "train.objective",
          notes: [
            "the training part of \(data) has one document",
            "give more documents, or leave `next_sentence` out",
          ])
      } else if let text = facts.text, text.sentences <= facts.rows.total {
        report(
          "plan.next-sentence",
          "`next_sentence` asks whether two sentences of a document follow each other, so documents "
            + "have two or more", "train.objective",
          notes: [
            "every document of \(data) has one sentence",
            "give longer documents (`document: file` for texts, `min_sentences: 2` for written "
              + "ones), or leave `next_sentence` out",
          ])
      }
    }
  }

  private mutating func checkHead(_ plan: BertPlan, _ resolved: ResolvedModel) {
    if case .nothing = facts.target {
      report(
        "plan.unlabelled", "Fine-tuning needs a label or a number for each text", "train.data",
        notes: ["\(data) has neither; `objective:` pre-trains without"])
      return
    }
    switch (plan.spec.head, facts.target) {
    case (.regression, .classes):
      report(
        "plan.head", "A regression learns numbers, and \(data) has classes", "train.model",
        suggestion: "head: classifier")
    case (.regression, .labels):
      report(
        "plan.head", "A regression learns numbers, and \(data) has sets of labels", "train.model",
        suggestion: "head: classifier")
    case (.classifier(let head), .labels) where head.problemType == .singleLabel:
      reportProblemType(
        "A head of `single_label_classification` learns one class a row, and \(data) has sets of "
          + "labels", fits: .multiLabel, resolved)
    case (.classifier(let head), .classes) where head.problemType == .multiLabel:
      reportProblemType(
        "A head of `multi_label_classification` learns sets of labels, and \(data) has one class a "
          + "row", fits: .singleLabel, resolved)
    case (.classifier, .numbers):
      report(
        "plan.head", "A classifier learns classes, and \(data) has numbers to predict",
        "train.model", suggestion: "head: regression")
    default:
      checkLoss(
        outputs: plan.outputs, model: { _ in resolved.place }, path: "head.classifier.labels")
    }
  }

  /// At the field where it is written, else at the model, which has it from other weights.
  private mutating func reportProblemType(
    _ message: String, fits: ProblemTypeSpec, _ resolved: ResolvedModel
  ) {
    let field = "head.classifier.problem_type"
    let isWritten = resolved.place(field).bytes != resolved.place("head").bytes
    diagnostics.append(
      Diagnostic(
        .error, "plan.head", message, at: resolved.place(field),
        notes: [Diagnostic.Note("trained here", at: experiment.range(of: "train"))],
        suggestion: isWritten
          ? fits.rawValue : "head: {classifier: {problem_type: \(fits.rawValue)}}"))
  }

  /// A batch is cut between grains only, so that cutting it changes no bit.
  private mutating func checkAccumulation() {
    let parts = spec.gradientAccumulationSteps
    guard parts > 1 else { return }
    let grain = spec.grain ?? 8
    let unit = grain.saturatingTimes(parts)
    if spec.batchSize % unit == 0 { return }
    let larger = spec.batchSize.dividedRoundingUp(by: unit).saturatingTimes(unit)
    let most = spec.batchSize / grain
    let isWhole = spec.batchSize % grain == 0
    let fault =
      spec.batchSize % parts == 0
      ? "\(spec.batchSize / parts) sequences a part are no multiple of \(grain)"
      : "\(spec.batchSize) sequences do not divide by \(parts)"
    report(
      "plan.accumulation", "The parts of a batch are equal, and each is whole grains: \(fault)",
      "train.gradient_accumulation_steps",
      notes: [
        "`batch_size: \(larger)` can be cut so"
          + (isWhole && most > 1 ? ", and \(spec.batchSize) sequences into \(most) parts" : ""),
        "a grain is `grain: \(grain)` sequences, whose gradients are one sum",
      ])
  }
}
