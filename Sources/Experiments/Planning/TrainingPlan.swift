/// A training with everything filled in that depends on its data.
package struct TrainingPlan: Sendable, Hashable {
  /// As written, with the model in place, and loss and length made explicit.
  package let spec: TrainSpec
  /// Layers with every `in_features` filled in.
  package let model: SequentialSpec
  /// Sizes of the layers, in order.
  package let layers: [LayerShape]
  package let facts: DatasetFacts
  /// The step that prepares the data.
  package let data: Step.ID
  /// Batches of an epoch, the last one possibly shorter.
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
    spec: TrainSpec, model: SequentialSpec, layers: [LayerShape], facts: DatasetFacts,
    data: Step.ID, stepsPerEpoch: Int, totalSteps: Int, parameters: Int,
    validationMetrics: [MetricName]
  ) {
    self.spec = spec
    self.model = model
    self.layers = layers
    self.facts = facts
    self.data = data
    self.stepsPerEpoch = stepsPerEpoch
    self.totalSteps = totalSteps
    self.parameters = parameters
    self.validationMetrics = validationMetrics
    canonical = Self.canonical(spec, model)
  }

  /// The loss, default filled in.
  package var loss: LossSpec { spec.effectiveLoss(classes: facts.classes != nil) }

  private static func canonical(_ spec: TrainSpec, _ model: SequentialSpec) -> FieldValue {
    var spec = spec
    var bare = model
    bare.layers = bare.layers.map { layer in
      guard case .linear(var linear) = layer else { return layer }
      linear.inFeatures = nil
      return .linear(linear)
    }
    spec.model = .inline(.sequential(bare))
    spec.data = .named("data")
    return spec.canonical
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
