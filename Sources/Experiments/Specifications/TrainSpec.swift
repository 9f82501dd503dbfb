/// One training: a model, data, and how to go about it.
package struct TrainSpec: Sendable, Hashable {
  package var model: ComponentReference<ModelSpec> = .named("")
  package var data: ComponentReference<DatasetSpec> = .named("")
  /// How text becomes tokens; nil: as for the weights taken over, else WordPiece learned from the
  /// data.
  package var tokenizer: ComponentReference<TokenizerSpec>?
  /// What pre-training predicts; empty: the targets of the data.
  package var objective: [ObjectiveSpec] = []
  /// Tokens of a sequence at most, special ones included.
  package var maxSeqLength = 128
  /// nil: cross entropy for classes, binary cross entropy for sets of labels, mean squared error for
  /// numbers.
  package var loss: LossSpec?
  package var optimizer: OptimizerSpec = .adamw(AdamSpec(weightDecay: 0.01))
  package var schedule: ScheduleSpec = .constant(ConstantScheduleSpec())
  /// At most one of `epochs` and `steps` is set; neither: three epochs.
  package var epochs: Int?
  package var steps: Int?
  package var batchSize = 32
  /// Rows whose gradients are summed in one chain, part of the numeric law; nil: 256 rows of numbers, 8
  /// sequences.
  package var grain: Int?
  package var shuffle = true
  /// Clips the norm of all gradients together.
  package var maxGradNorm: Double?
  /// Clips each gradient element to ± this.
  package var maxGradValue: Double?
  package var earlyStopping: EarlyStoppingSpec?
  /// Weights that training leaves as they are.
  package var freeze = FreezeSpec.none
  /// Whether one more layer is trained each epoch, from the top.
  package var gradualUnfreezing = false
  /// Factor of the learning rate from each layer to the one below.
  package var layerwiseLRDecay = 1.0
  /// Parameters that weight decay leaves alone; nil: biases and layer norms of a BERT, none of others.
  package var noWeightDecay: [UndecayedSpec]?
  /// Parts of a batch that are computed one after the other; no result depends on it.
  package var gradientAccumulationSteps = 1
  /// Whether the backward pass computes activations again instead of keeping them; no result depends
  /// on it.
  package var gradientCheckpointing = false

  package init() {}

  /// How long to train, the default filled in.
  package var duration: TrainingDuration {
    if let steps { return .steps(steps) }
    return .epochs(epochs ?? 3)
  }

  /// The loss, the default filled in for what the data has to predict.
  package func effectiveLoss(of target: DatasetFacts.Target) -> LossSpec {
    if let loss { return loss }
    return switch target {
    case .classes: .crossEntropy(CrossEntropySpec())
    case .labels: .bceWithLogits(BCEWithLogitsSpec())
    case .numbers, .nothing: .mse
    }
  }
}

/// What of a BERT is not trained.
package enum FreezeSpec: String, Sendable, Hashable, CaseIterable {
  case none
  case embeddings
  /// All but the head: a probe.
  case encoder
}

/// Parameters that weight decay leaves alone.
package enum UndecayedSpec: String, Sendable, Hashable, CaseIterable {
  case bias
  case layerNorm = "layer_norm"
}

/// Length of a training.
package enum TrainingDuration: Sendable, Hashable {
  case epochs(Int)
  case steps(Int)
}

/// Ends training when a measure stops getting better, and goes back to the best weights.
package struct EarlyStoppingSpec: Sendable, Hashable {
  package var monitor = MonitoredMetric.loss
  /// Evaluations without improvement that are borne.
  package var patience = 3
  /// Smaller improvements count as none.
  package var minDelta = 0.0

  package init() {}
}

/// A measure of the validation part; losses, `mse`, `mae` and `perplexity` are better when small.
package enum MonitoredMetric: String, Sendable, Hashable, CaseIterable {
  case loss = "validation.loss"
  case accuracy = "validation.accuracy"
  case macroF1 = "validation.macro_f1"
  case microF1 = "validation.micro_f1"
  case mse = "validation.mse"
  case mae = "validation.mae"
  case r2 = "validation.r2"
  case mlmLoss = "validation.mlm_loss"
  case mlmAccuracy = "validation.mlm_accuracy"
  case perplexity = "validation.perplexity"
  case nspLoss = "validation.nsp_loss"
  case nspAccuracy = "validation.nsp_accuracy"

  /// The metric to measure on the validation part; nil: the loss.
  package var metric: MetricName? { MetricName(rawValue: String(rawValue.dropFirst(11))) }
}
