/// Measures weights that are there on one part of the data.
package struct EvaluateSpec: Sendable, Hashable {
  /// The training whose weights are measured; nil beside `train`.
  package var run: String?
  package var split = SplitPart.test
  /// nil: accuracy, macro F1 and loss for classes; mse, mae, r2 and loss for numbers.
  package var metrics: [MetricSpec]?

  package init() {}

  /// The metrics, the default filled in for data with or without classes.
  package func effectiveMetrics(classes: Bool) -> [MetricSpec] {
    if let metrics { return metrics }
    let names: [MetricName] = classes ? [.accuracy, .macroF1, .loss] : [.mse, .mae, .r2, .loss]
    return names.map { MetricSpec($0) }
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

  /// Whether the metric wants classes (true), numbers (false) or either (nil).
  package var wantsClasses: Bool? {
    switch self {
    case .loss: nil
    case .mse, .mae, .r2: false
    default: true
    }
  }

  /// Whether the metric can be told which class is the positive one.
  package var takesPositiveClass: Bool { self == .precision || self == .recall || self == .f1 }
}
