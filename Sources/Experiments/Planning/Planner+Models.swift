internal import Diagnostics
internal import Digests

/// The architecture that a training means, once names and derivations are followed.
struct ResolvedModel {
  enum Architecture {
    case sequential(SequentialSpec)
    case bert(BertSpec, BertPlan.Origin)
  }

  let architecture: Architecture
  /// The block that writes the architecture, and the path of its model there.
  let owner: Experiment
  let prefix: String
  /// Where the training names its model.
  let place: SourceRange
  /// The tokenizer that goes with weights that are taken over.
  var tokenizer: Step.ID?
  /// The folder whose tokenizer goes with weights that are read.
  var folder: String?

  func place(_ path: String) -> SourceRange { owner.range(of: prefix + path) }

  /// The field that says how large the model is.
  var sizePath: String {
    switch architecture {
    case .sequential: "sequential"
    case .bert(_, .fresh): "bert"
    case .bert(_, .run): "from"
    case .bert(_, .folder): "pretrained"
    }
  }
}

extension Planner {
  /// Follows `model`, through named blocks and `from`, to the layers or the BERT that it means; nil
  /// when that was reported, or is another block's problem.
  mutating func resolvedModel(
    _ spec: TrainSpec, _ experiment: Experiment, _ sources: PlanSources
  ) -> ResolvedModel? {
    var reference = spec.model
    var (owner, prefix) = (experiment, "train.model.")
    var head: HeadSpec?
    var seen: Set<String> = []
    while true {
      switch reference {
      case .named(let name):
        guard seen.insert(name).inserted, let block = notebook[name],
          case .model(let model) = block.spec
        else {
          report(
            "plan.reference", "`model` names a block that declares a model",
            at: experiment.range(of: "train.model"))
          return nil
        }
        (reference, owner, prefix) = (.inline(model), block, "model.")
      case .inline(.sequential(let sequential)):
        return ResolvedModel(
          architecture: .sequential(sequential), owner: owner, prefix: prefix,
          place: experiment.range(of: "train.model"))
      case .inline(.bert(var bert)):
        bert.head = head ?? bert.head
        return ResolvedModel(
          architecture: .bert(bert, .fresh), owner: owner, prefix: prefix,
          place: experiment.range(of: "train.model"))
      case .inline(.derived(let derived)):
        head = head ?? derived.head
        if case .model = notebook[derived.from]?.spec {
          reference = .named(derived.from)
          continue
        }
        return derivedModel(derived.from, head, experiment, owner, prefix)
      case .inline(.pretrained(let pretrained)):
        head = head ?? pretrained.head
        return pretrainedModel(pretrained, head, experiment, owner, prefix, sources)
      }
    }
  }

  /// A block that declares a model: its files are looked at, whether a training uses it or none.
  mutating func planModel(
    _ spec: ModelSpec, _ experiment: Experiment, _ sources: PlanSources
  ) {
    outlines[experiment.name] = ResultOutline(entries: [], repeats: 1)
    guard case .pretrained(let pretrained) = spec else { return }
    _ = pretrainedFacts(pretrained, experiment, "model.", sources)
  }

  private mutating func pretrainedFacts(
    _ spec: PretrainedModelSpec, _ owner: Experiment, _ prefix: String, _ sources: PlanSources
  ) -> ForeignFileFacts? {
    foreignFacts(
      ForeignFileRequest(
        kind: .model, path: spec.pretrained, place: owner.range(of: prefix + "pretrained")),
      sources)
  }

  /// The weights of a training in this plan.
  private mutating func derivedModel(
    _ name: String, _ head: HeadSpec?, _ experiment: Experiment, _ owner: Experiment,
    _ prefix: String
  ) -> ResolvedModel? {
    // Without a plan that training's own problems have been reported.
    guard let training = trainings[name] else { return nil }
    guard case .bert(let bert) = training.model else {
      report(
        "plan.derived-model", "`from` takes over the weights of a BERT; `\(name)` trains layers",
        at: owner.range(of: prefix + "from"))
      return nil
    }
    var spec = bert.spec
    spec.head = head ?? bert.spec.head
    if head == nil, case .classifier(var classifier)? = spec.head, classifier.problemType == nil {
      // Its outputs mean classes, and go on to.
      classifier.problemType = .singleLabel
      spec.head = .classifier(classifier)
    }
    return ResolvedModel(
      architecture: .bert(spec, .run(name)), owner: owner, prefix: prefix,
      place: experiment.range(of: "train.model"), tokenizer: bert.tokenizer)
  }

  private mutating func pretrainedModel(
    _ spec: PretrainedModelSpec, _ head: HeadSpec?, _ experiment: Experiment,
    _ owner: Experiment, _ prefix: String, _ sources: PlanSources
  ) -> ResolvedModel? {
    guard let facts = pretrainedFacts(spec, owner, prefix, sources), let config = facts.config
    else { return nil }
    var bert = BertSpec()
    bert.config = config
    bert.head = head ?? facts.head
    return ResolvedModel(
      architecture: .bert(bert, .folder(spec.pretrained, facts.digest)), owner: owner,
      prefix: prefix, place: experiment.range(of: "train.model"), folder: spec.pretrained)
  }

  mutating func foreignFacts(
    _ request: ForeignFileRequest, _ sources: PlanSources
  ) -> ForeignFileFacts? {
    if let known = foreign[request.subject] { return known }
    let (facts, problems) = sources.files(request)
    for problem in problems { report(problem) }
    foreign[request.subject] = facts
    return facts
  }
}
