extension EvaluateSpec {
  static let table = FieldTable(
    "evaluate", "measures trained weights on one part of the data", defaults: EvaluateSpec(),
    fields: [
      Field(
        "run", \.run, .optional(.blockName(of: [.train]), none: false),
        "name of the `train` block whose weights are measured; left out beside `train:`",
        default: "the training of the same block"),
      Field("split", \.split, .choice, "the part to measure", aliases: ["part", "on"]),
      Field(
        "metrics", \.metrics,
        .optional(.list(of: MetricSpec.family.type, counts: 1...100, unique: true), none: false),
        "what to measure", aliases: ["metric"],
        default:
          "accuracy, macro_f1, loss for classes, with micro_f1 and hamming_loss for sets of labels; "
          + "mse, mae, r2, loss for numbers; loss and what belongs to each objective for "
          + "pre-training"),
    ])
}

extension MetricSpec {
  /// The metrics by name.
  static let family = ComponentFamily<MetricSpec>(
    "metric",
    aliases: [
      "acc": "accuracy", "f1_score": "macro_f1", "f1_macro": "macro_f1", "f1_micro": "micro_f1",
      "f1_weighted": "weighted_f1", "confusion": "confusion_matrix",
      "mean_squared_error": "mse", "mean_absolute_error": "mae", "r2_score": "r2",
      "precision_macro": "macro_precision", "recall_macro": "macro_recall",
      "f1_samples": "samples_f1", "subset_accuracy": "accuracy", "hamming": "hamming_loss",
    ],
    later: ["roc_auc", "average_precision", "mcc", "kappa", "balanced_accuracy", "brier", "ece"],
    MetricName.allCases.map { name in
      name.takesPositiveClass
        ? ComponentFamily<MetricSpec>.Alternative(
          oneClass(name), { $0 }, { $0.name == name ? $0 : nil })
        : ComponentFamily<MetricSpec>.Alternative(name.rawValue, name.help, MetricSpec(name))
    })

  private static func oneClass(_ name: MetricName) -> FieldTable<MetricSpec> {
    FieldTable(
      name.rawValue, name.help, defaults: MetricSpec(name),
      fields: [
        Field(
          "positive", \.positive, .optional(.text("a class"), none: false),
          "the class that counts as positive, or the label", aliases: ["pos_label", "class"],
          default: "the second of two classes in sorted order")
      ])
  }
}

extension MetricName {
  /// What the metric is, in one line.
  package var help: String {
    switch self {
    case .loss: "the training's loss, without dropout"
    case .accuracy: "share of rows whose class, or whole set of labels, is right"
    case .precision: "TP/(TP + FP), 0 when nothing was predicted positive"
    case .recall: "TP/(TP + FN)"
    case .f1: "2·TP/(2·TP + FP + FN)"
    case .microPrecision, .microRecall, .microF1: "over all classes' counts together"
    case .macroPrecision, .macroRecall, .macroF1: "mean over classes, each alike"
    case .weightedPrecision, .weightedRecall, .weightedF1: "mean over classes by their rows"
    case .samplesPrecision, .samplesRecall, .samplesF1: "mean over rows, each by its own labels"
    case .hammingLoss: "share of all rows' labels that are wrong"
    case .multilabelConfusionMatrix:
      "true and false positives and negatives of each label, as four counts"
    case .confusionMatrix: "rows by true (down) and predicted (across) class"
    case .mse: "mean squared error"
    case .mae: "mean absolute error"
    case .mlmLoss: "mean cross-entropy of the hidden tokens"
    case .mlmAccuracy: "share of the hidden tokens that are predicted"
    case .perplexity: "exp of `mlm_loss`"
    case .nspLoss: "mean cross-entropy of next-sentence prediction"
    case .nspAccuracy: "share of the pairs whose order is recognised"
    case .r2: "1 − squared error / squared deviation from the mean"
    }
  }
}
