/// What a block declares or computes: exactly one kind, checked and with its defaults.
package enum ExperimentSpec: Sendable, Hashable {
  case dataset(DatasetSpec)
  case tokenizer(TokenizerSpec)
  case model(ModelSpec)
  /// A training, and the evaluation that the same block asks for.
  case train(TrainSpec, evaluate: EvaluateSpec?)
  /// An evaluation of another block's training.
  case evaluate(EvaluateSpec)
  case compare(CompareSpec)
  case plot(PlotSpec)

  package var kind: ExperimentKind {
    switch self {
    case .dataset: .dataset
    case .tokenizer: .tokenizer
    case .model: .model
    case .train: .train
    case .evaluate: .evaluate
    case .compare: .compare
    case .plot: .plot
    }
  }
}

/// The kinds of block, by the key that chooses them.
package enum ExperimentKind: String, Sendable, Hashable, CaseIterable {
  case dataset, tokenizer, model, train, evaluate, compare, plot

  /// Whether a block of the kind is reused by name (true) or computes something (false).
  package var isComponent: Bool { self == .dataset || self == .tokenizer || self == .model }
}

/// What every block may say, whatever its kind.
package struct CommonSpec: Sendable, Hashable {
  /// Shown under the first figure or table.
  package var caption: String?
  /// Parts of the result to print, in this order; nil: the kind's usual ones; empty: none.
  package var show: [ShownPart]?
  /// Whether the block's text stays visible on the page.
  package var echo = true
  /// Claims about results; texts of expressions, judged after all runs.
  package var expect: [String] = []
  /// How far `check` lets results lie from the published ones; empty: not at all.
  package var tolerance: [PathTolerance] = []
  /// nil: the front matter's.
  package var seed: Int?
  /// Number of seeds that a run is computed with.
  package var repeats = 1

  package init() {}
}

/// A part of a result that a block can print.
package enum ShownPart: String, Sendable, Hashable, CaseIterable {
  /// What was run: sizes, settings, time-free facts.
  case summary
  /// Table of scalars.
  case metrics
  case lossCurve = "loss_curve"
  case accuracyCurve = "accuracy_curve"
  case lrCurve = "lr_curve"
  case confusionMatrix = "confusion_matrix"
  /// Rows per class and part, of a data set.
  case classCounts = "class_counts"
  /// Distribution of the target, or of the compared metric.
  case histogram
  /// Table of a comparison.
  case comparison
  /// Bars of a comparison.
  case bars
  /// The plot of a plot block.
  case plot
}
