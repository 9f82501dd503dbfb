internal import Diagnostics
internal import Digests

extension Planner {
  /// The step of a tokenizer: of a block of its own, or of a training that has one in place.
  ///
  /// - Parameter data: the data set step that a tokenizer without a name of its own learns from.
  @discardableResult
  mutating func planTokenizer(
    _ spec: TokenizerSpec, _ experiment: Experiment, _ path: String, _ sources: PlanSources,
    learningFrom data: Step.ID? = nil
  ) -> Step.ID? {
    let isOwnBlock = path == "tokenizer"
    let name = isOwnBlock ? experiment.name : "\(experiment.name).tokenizer"
    var plan: TokenizerPlan?
    var inputs: [Step.ID] = []
    var cost = Cost.none
    switch spec {
    case .trained(let trained):
      guard
        let source = data
          ?? dataStep(trained.data, experiment, "\(path).data", sources.datasets),
        let facts = facts[source]
      else { return nil }
      guard let text = facts.text else {
        report(
          "plan.text-data", "A tokenizer learns from texts; the data has numbers",
          at: experiment.range(of: "\(path).data"))
        return nil
      }
      inputs = [source]
      cost = Cost(
        flop: text.bytes.saturatingTimes(200), parameters: 0, bytes: text.bytes.saturatingTimes(4))
      plan = TokenizerPlan(spec: spec, digest: nil, size: trained.wordpiece.vocabSize)
    case .vocabulary(let vocabulary):
      plan = tokenizerPlan(
        spec, .vocabulary, vocabulary.vocab, at: experiment.range(of: "\(path).vocab"), sources)
    case .pretrained(let pretrained):
      plan = tokenizerPlan(
        spec, .tokenizer, pretrained.pretrained, at: experiment.range(of: "\(path).pretrained"),
        sources)
    }
    guard let plan else { return nil }
    let id = add(name, experiment, .tokenize(plan), inputs: inputs, cost: cost)
    if let id { tokenizers[id] = plan }
    if isOwnBlock { outlines[experiment.name] = plan.outline }
    return id
  }

  private mutating func tokenizerPlan(
    _ spec: TokenizerSpec, _ kind: ForeignFileRequest.Kind, _ path: String,
    at place: SourceRange, _ sources: PlanSources
  ) -> TokenizerPlan? {
    let request = ForeignFileRequest(kind: kind, path: path, place: place)
    return foreignFacts(request, sources).map {
      TokenizerPlan(spec: spec, digest: $0.digest, size: $0.count)
    }
  }

  /// The tokenizer of a training: as it says, else that of the weights, else one learned from the
  /// data with as many tokens as the model has.
  mutating func tokenizerStep(
    _ spec: TrainSpec, _ experiment: Experiment, _ model: ResolvedModel, _ bert: BertSpec,
    data: Step.ID, _ sources: PlanSources
  ) -> Step.ID? {
    switch spec.tokenizer {
    case .inline(let tokenizer):
      return planTokenizer(tokenizer, experiment, "train.tokenizer", sources)
    case .named(let name):
      guard let block = notebook[name], case .tokenizer = block.spec else {
        report(
          "plan.reference", "`tokenizer` names a block that declares a tokenizer",
          at: experiment.range(of: "train.tokenizer"))
        return nil
      }
      return isPlanned(name) ? Step.ID(name) : nil
    case nil: break
    }
    if let known = model.tokenizer { return known }
    if let folder = model.folder {
      var pretrained = PretrainedTokenizerSpec()
      pretrained.pretrained = folder
      return planTokenizer(.pretrained(pretrained), experiment, "train.tokenizer", sources)
    }
    var trained = TrainedTokenizerSpec()
    trained.wordpiece.vocabSize = bert.config.vocabSize
    trained.data = spec.data
    return planTokenizer(
      .trained(trained), experiment, "train.tokenizer", sources, learningFrom: data)
  }
}

extension TokenizerPlan {
  /// Names of what a tokenizer's block reports; one that is learned is also measured on its data.
  var outline: ResultOutline {
    let measured = digest == nil ? ["tokens_per_sentence", "unknown_share"] : []
    return ResultOutline(
      entries: (["tokens"] + measured).map { ResultOutline.Entry($0, .scalar) }, repeats: 1)
  }
}
