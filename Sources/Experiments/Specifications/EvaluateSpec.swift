/// Measures weights that are there on one part of the data.
package struct EvaluateSpec: Sendable, Hashable {
  /// The training whose weights are measured; nil beside `train`.
  package var run: String?
  package var split = SplitPart.test
  /// nil: accuracy, macro F1 and loss for classes; mse, mae, r2 and loss for numbers.
  package var metrics: [MetricSpec]?

  package init() {}

  /// The metrics, the default filled in for data with or without classes, or for pre-training.
  package func effectiveMetrics(
    classes: Bool, objective: [ObjectiveSpec] = []
  ) -> [MetricSpec] {
    if let metrics { return metrics }
    var names: [MetricName] = classes ? [.accuracy, .macroF1, .loss] : [.mse, .mae, .r2, .loss]
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
  /// The positive class of `precision`, `recall` and `f1`; nil: the second of two sorted classes.
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
  case confusionMatrix = "confusion_matrix"
  case mse
  case mae
  case r2
  case mlmLoss = "mlm_loss"
  case mlmAccuracy = "mlm_accuracy"
  case perplexity
  case nspLoss = "nsp_loss"
  case nspAccuracy = "nsp_accuracy"

  /// What a metric compares predictions with.
  package enum Task: Sendable, Hashable { case classes, numbers, maskedTokens, nextSentences }

  /// What the metric is for; nil: anything.
  package var task: Task? {
    switch self {
    case .loss: nil
    case .mse, .mae, .r2: .numbers
    case .mlmLoss, .mlmAccuracy, .perplexity: .maskedTokens
    case .nspLoss, .nspAccuracy: .nextSentences
    default: .classes
    }
  }

  /// Whether the metric can be told which class is the positive one.
  package var takesPositiveClass: Bool { self == .precision || self == .recall || self == .f1 }
}
