/// A training with everything filled in that depends on its data.
package struct TrainingPlan: Sendable, Hashable {
  /// As written, with the model in place, and loss and length made explicit.
  package let spec: TrainSpec
  package let model: PlannedModel
  package let facts: DatasetFacts
  /// The step that prepares the data.
  package let data: Step.ID
  /// Batches of an epoch, the last one possibly shorter; an estimate for pre-training, whose examples
  /// are cut from the text.
  package let stepsPerEpoch: Int
  /// Optimiser steps at most (early stopping may end sooner).
  package let totalSteps: Int
  /// Numbers that are learned.
  package let parameters: Int
  /// What is measured on the validation part during training, in order; empty without one.
  package let validationMetrics: [MetricName]
  /// What the fingerprint covers: a size that is inferred is the same as one that is written.
  ///
  /// Made once, since every repeat asks for it.
  let canonical: FieldValue

  init(
    spec: TrainSpec, model: PlannedModel, facts: DatasetFacts,
    data: Step.ID, stepsPerEpoch: Int, totalSteps: Int, parameters: Int,
    validationMetrics: [MetricName]
  ) {
    self.spec = spec
    self.model = model
    self.facts = facts
    self.data = data
    self.stepsPerEpoch = stepsPerEpoch
    self.totalSteps = totalSteps
    self.parameters = parameters
    self.validationMetrics = validationMetrics
    canonical = Self.canonical(spec, model)
  }

  /// Rows or sequences whose gradients are summed in one chain.
  package var grain: Int { spec.grain ?? model.defaultGrain }

  /// The loss, default filled in; that of the head's targets, so not of pre-training.
  package var loss: LossSpec { spec.effectiveLoss(of: facts.target) }

  private static func canonical(_ spec: TrainSpec, _ model: PlannedModel) -> FieldValue {
    var spec = spec
    spec.model = .inline(model.canonical)
    spec.data = .named("data")
    // An input like the data.
    spec.tokenizer = nil
    if spec.grain == model.defaultGrain { spec.grain = nil }
    spec.objective = spec.objective.map(\.withoutPath)
    return spec.canonical
  }
}

/// A model with everything filled in.
package enum PlannedModel: Sendable, Hashable {
  /// Layers with every `in_features` filled in, and their sizes, in order.
  case sequential(SequentialSpec, layers: [LayerShape])
  case bert(BertPlan)

  package var bert: BertPlan? {
    if case .bert(let plan) = self { plan } else { nil }
  }

  /// Rows of a gradient's chain where a training does not say.
  package var defaultGrain: Int {
    switch self {
    case .sequential: 256
    case .bert: 8
    }
  }

  /// What the fingerprint covers beside the inputs: of weights that are taken over the head alone,
  /// since the architecture is the origin's.
  fileprivate var canonical: ModelSpec {
    switch self {
    case .sequential(var model, _):
      model.layers = model.layers.map { layer in
        guard case .linear(var linear) = layer else { return layer }
        linear.inFeatures = nil
        return .linear(linear)
      }
      return .sequential(model)
    case .bert(let plan):
      switch plan.origin {
      case .fresh: return .bert(plan.spec)
      case .run:
        var derived = DerivedModelSpec()
        (derived.from, derived.head) = ("weights", plan.spec.head)
        return .derived(derived)
      case .folder:
        var pretrained = PretrainedModelSpec()
        pretrained.head = plan.spec.head
        return .pretrained(pretrained)
      }
    }
  }
}

extension ObjectiveSpec {
  /// The same wherever the list of words lies: its digest is in the fingerprint.
  fileprivate var withoutPath: ObjectiveSpec {
    guard case .maskedLanguageModel(var spec) = self, spec.wordList != nil else { return self }
    spec.wordList = ""
    return .maskedLanguageModel(spec)
  }
}

/// A measurement with everything filled in that depends on its data.
package struct EvaluationPlan: Sendable, Hashable {
  /// As written, with the metrics made explicit; `run` is nil.
  package let spec: EvaluateSpec
  package let metrics: [MetricSpec]
  /// The training whose weights are measured.
  package let training: TrainingPlan

  var canonical: FieldValue { spec.canonical }
}
