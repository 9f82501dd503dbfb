/// Measures weights that are there on one part of the data.
package struct EvaluateSpec: Sendable, Hashable {
  /// The training whose weights are measured; nil beside `train`.
  package var run: String?
  package var split = SplitPart.test
  /// nil: accuracy, macro F1 and loss for classes, with micro F1 and the Hamming loss for sets of
  /// labels; mse, mae, r2 and loss for numbers.
  package var metrics: [MetricSpec]?

  package init() {}

  /// The metrics, the default filled in for what the data has to predict, or for pre-training.
  package func effectiveMetrics(
    of target: DatasetFacts.Target, objective: [ObjectiveSpec] = []
  ) -> [MetricSpec] {
    if let metrics { return metrics }
    var names: [MetricName] =
      switch target {
      case .classes: [.accuracy, .macroF1, .loss]
      case .labels: [.accuracy, .microF1, .macroF1, .hammingLoss, .loss]
      case .numbers, .nothing: [.mse, .mae, .r2, .loss]
      }
    if !objective.isEmpty { names = objective.flatMap(\.metrics) + [.loss] }
    return names.map { MetricSpec($0) }
  }
}

extension ObjectiveSpec {
  /// What is usually measured of an objective.
  package var metrics: [MetricName] {
    switch self {
    case .maskedLanguageModel: [.mlmAccuracy, .perplexity]
    case .nextSentence: [.nspAccuracy]
    }
  }
}

/// A measure, with the class it takes as positive where it needs one.
package struct MetricSpec: Sendable, Hashable {
  package var name: MetricName
  /// The positive class, or the label, of `precision`, `recall` and `f1`; nil: the second of two
  /// sorted classes, the only label.
  package var positive: String?

  package init(_ name: MetricName, positive: String? = nil) {
    self.name = name
    self.positive = positive
  }
}

/// What can be measured, by scikit-learn's names; the result is `SPLIT.NAME`.
package enum MetricName: String, Sendable, Hashable, CaseIterable {
  case loss
  case accuracy
  case precision
  case recall
  case f1
  case microPrecision = "micro_precision"
  case microRecall = "micro_recall"
  case microF1 = "micro_f1"
  case macroPrecision = "macro_precision"
  case macroRecall = "macro_recall"
  case macroF1 = "macro_f1"
  case weightedPrecision = "weighted_precision"
  case weightedRecall = "weighted_recall"
  case weightedF1 = "weighted_f1"
  case samplesPrecision = "samples_precision"
  case samplesRecall = "samples_recall"
  case samplesF1 = "samples_f1"
  case hammingLoss = "hamming_loss"
  case confusionMatrix = "confusion_matrix"
  case multilabelConfusionMatrix = "multilabel_confusion_matrix"
  case mse
  case mae
  case r2
  case mlmLoss = "mlm_loss"
  case mlmAccuracy = "mlm_accuracy"
  case perplexity
  case nspLoss = "nsp_loss"
  case nspAccuracy = "nsp_accuracy"

  /// What a metric compares predictions with.
  package enum Task: Sendable, Hashable {
    case classes, labels, numbers, maskedTokens, nextSentences
  }

  /// What the metric is for; empty: anything.
  package var tasks: [Task] {
    switch self {
    case .loss: []
    case .mse, .mae, .r2: [.numbers]
    case .mlmLoss, .mlmAccuracy, .perplexity: [.maskedTokens]
    case .nspLoss, .nspAccuracy: [.nextSentences]
    case .confusionMatrix: [.classes]
    case .samplesPrecision, .samplesRecall, .samplesF1, .hammingLoss, .multilabelConfusionMatrix:
      [.labels]
    default: [.classes, .labels]
    }
  }

  /// Whether the metric can be measured of something that has these tasks.
  package func suits(_ present: [Task]) -> Bool {
    tasks.isEmpty || tasks.contains(where: present.contains)
  }

  /// Whether the metric is no single number.
  package var isMatrix: Bool { self == .confusionMatrix || self == .multilabelConfusionMatrix }

  /// Whether the metric can be told which class is the positive one.
  package var takesPositiveClass: Bool { self == .precision || self == .recall || self == .f1 }
}
