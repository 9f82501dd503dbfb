/// A number that says how good predictions are.
package enum Metric: Sendable, Hashable {
  /// The mean loss that the model was trained with.
  case loss
  /// Share of rows whose class, or whole set of labels, is right.
  case accuracy
  /// Share of all rows' labels that are wrong.
  case hammingLoss
  /// The score of one class: with two classes the second, or the one that the notebook names.
  case binary(ConfusionMatrix.Score)
  /// The score averaged over classes or labels, or over rows.
  case averaged(ConfusionMatrix.Score, ConfusionMatrix.Average)
  case mse
  case mae
  case r2

  /// All of them, in the order in which they are listed to people.
  package static let all: [Metric] =
    [.loss, .accuracy, .hammingLoss] + ConfusionMatrix.Score.allCases.map(Metric.binary)
    + ConfusionMatrix.Average.allCases.flatMap { average in
      ConfusionMatrix.Score.allCases.map { .averaged($0, average) }
    } + [.mse, .mae, .r2]

  /// Such as `accuracy`, `f1`, `macro_f1` or `r2`.
  package var name: String {
    switch self {
    case .loss: "loss"
    case .accuracy: "accuracy"
    case .hammingLoss: "hamming_loss"
    case .binary(let score): score.rawValue
    case .averaged(let score, let average): "\(average.rawValue)_\(score.rawValue)"
    case .mse: "mse"
    case .mae: "mae"
    case .r2: "r2"
    }
  }

  /// The metric of a name.
  package init?(name: String) {
    guard let metric = Self.all.first(where: { $0.name == name }) else { return nil }
    self = metric
  }

  /// Whether more is better; for losses and errors less is.
  package var risesWhenBetter: Bool {
    switch self {
    case .loss, .hammingLoss, .mse, .mae: false
    case .accuracy, .binary, .averaged, .r2: true
    }
  }

  /// Whether it can be computed for such targets; a binary score needs two classes unless the
  /// positive class is named.
  package func applies(to targets: TargetKind, hasPositiveClass: Bool = false) -> Bool {
    switch (self, targets) {
    case (.loss, _): true
    case (.averaged(_, .samples), .classes): false
    case (.accuracy, .classes), (.averaged, .classes): true
    case (.accuracy, .labels), (.averaged, .labels), (.hammingLoss, .labels): true
    case (.binary, .labels(let labels)): labels == 1 || hasPositiveClass
    case (.binary, .classes(let classes)): classes == 2 || hasPositiveClass
    case (.mse, .values), (.mae, .values), (.r2, .values): true
    default: false
    }
  }
}
