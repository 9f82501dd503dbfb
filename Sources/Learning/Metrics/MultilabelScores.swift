internal import Tensors

/// Hits and misses of predicted sets of labels, and the scores that follow from them.
///
/// Scores as scikit-learn defines them for multilabel targets, with `zero_division=0`: a score whose
/// denominator is zero is 0. All labels count, also those that never occur.
package struct MultilabelScores: Sendable, Hashable {
  /// How often a label holds and is predicted to.
  package struct Counts: Sendable, Hashable {
    /// Rows for which the label holds and is predicted.
    package var truePositives = 0
    /// Rows for which it is predicted and does not hold.
    package var falsePositives = 0
    /// Rows for which it holds and is not predicted.
    package var falseNegatives = 0
    /// The other rows.
    package var trueNegatives = 0

    package init() {}

    /// Rows for which the label holds.
    package var support: Int { truePositives + falseNegatives }
  }

  /// Rows compared.
  package let rows: Int
  /// Of each label, in index order.
  package let labels: [Counts]
  /// Share of rows whose set is right, label by label (`accuracy_score`); 0 without rows.
  package let accuracy: Double
  /// Means over rows of each row's score, in the order of `Score.allCases`.
  private let samples: [Double]

  /// Compares sets of as many rows; labels are indices below `labels`.
  package init(labels count: Int, truth: LabelSets, predicted: LabelSets) {
    var labels = [Counts](repeating: Counts(), count: count)
    var exact = 0
    var scores = ConfusionMatrix.Score.allCases.map { _ in [Double]() }
    for row in 0..<truth.count {
      let (holding, guessed) = (truth[row], predicted[row])
      var hits = 0
      Self.compare(holding, guessed) { label, isTrue, isPredicted in
        switch (isTrue, isPredicted) {
        case (true, true):
          labels[label].truePositives += 1
          hits += 1
        case (false, true): labels[label].falsePositives += 1
        default: labels[label].falseNegatives += 1
        }
      }
      if hits == holding.count, hits == guessed.count { exact += 1 }
      for (index, score) in ConfusionMatrix.Score.allCases.enumerated() {
        scores[index].append(score.value(hits: hits, predicted: guessed.count, true: holding.count))
      }
    }
    for label in labels.indices {
      let counts = labels[label]
      labels[label].trueNegatives =
        truth.count - counts.truePositives - counts.falsePositives - counts.falseNegatives
    }
    rows = truth.count
    self.labels = labels
    accuracy = truth.count == 0 ? 0 : Double(exact) / Double(truth.count)
    samples = scores.map { $0.isEmpty ? 0 : Statistics.mean($0) }
  }

  /// Runs `body` on every label that is in one of two sets or in both.
  private static func compare(
    _ truth: ArraySlice<Int32>, _ predicted: ArraySlice<Int32>,
    _ body: (_ label: Int, _ isTrue: Bool, _ isPredicted: Bool) -> Void
  ) {
    var (truth, predicted) = (truth, predicted)
    while let label = truth.first.map({ min($0, predicted.first ?? $0) }) ?? predicted.first {
      let (isTrue, isPredicted) = (truth.first == label, predicted.first == label)
      if isTrue { truth.removeFirst() }
      if isPredicted { predicted.removeFirst() }
      body(Int(label), isTrue, isPredicted)
    }
  }

  /// Share of all rows' labels that are wrong; 0 without rows.
  package var hammingLoss: Double {
    let wrong = labels.reduce(0) { $0 + $1.falsePositives + $1.falseNegatives }
    return rows == 0 || labels.isEmpty ? 0 : Double(wrong) / (Double(rows) * Double(labels.count))
  }

  /// A score of one label.
  package func score(_ score: ConfusionMatrix.Score, of label: Int) -> Double {
    score.value(labels[label])
  }

  /// A score of every label, in index order.
  package func scores(_ score: ConfusionMatrix.Score) -> [Double] { labels.map(score.value) }

  /// A score averaged over labels, or over rows.
  package func score(_ score: ConfusionMatrix.Score, _ average: ConfusionMatrix.Average) -> Double {
    switch average {
    case .micro:
      var total = Counts()
      for counts in labels {
        total.truePositives += counts.truePositives
        total.falsePositives += counts.falsePositives
        total.falseNegatives += counts.falseNegatives
      }
      return score.value(total)
    case .macro: return labels.isEmpty ? 0 : Statistics.mean(scores(score))
    case .weighted:
      let supports = labels.map { Double($0.support) }
      let total = labels.reduce(0) { $0 + $1.support }
      return total == 0 ? 0 : Statistics.dot(scores(score), supports) / Double(total)
    case .samples:
      return ConfusionMatrix.Score.allCases.firstIndex(of: score).map { samples[$0] } ?? 0
    }
  }
}

extension ConfusionMatrix.Score {
  /// The score of so many hits among what was predicted and what is true.
  func value(hits: Int, predicted: Int, true count: Int) -> Double {
    let (part, whole) =
      switch self {
      case .precision: (hits, predicted)
      case .recall: (hits, count)
      case .f1: (2 * hits, predicted + count)
      }
    return whole == 0 ? 0 : Double(part) / Double(whole)
  }

  fileprivate func value(_ counts: MultilabelScores.Counts) -> Double {
    value(
      hits: counts.truePositives, predicted: counts.truePositives + counts.falsePositives,
      true: counts.support)
  }
}
