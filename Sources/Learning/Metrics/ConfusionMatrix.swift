internal import Tensors

/// Counts by true class (row) and predicted class (column), and the scores that follow from them.
///
/// Scores as scikit-learn defines them, with `zero_division=0`: a score whose denominator is zero
/// is 0. All classes count, also those that never occur.
package struct ConfusionMatrix: Sendable, Hashable {
  /// `counts[true][predicted]`.
  package let counts: [[Int]]

  /// How per-class scores become one number.
  package enum Average: String, Sendable, Hashable, CaseIterable {
    /// From the counts of all classes together; for single-label classification the accuracy.
    case micro
    /// The plain mean over classes.
    case macro
    /// The mean over classes weighted by how often a class is true.
    case weighted
    /// The mean over rows, each of which is judged by itself: what sets of labels are asked for.
    case samples
  }

  /// A per-class score.
  package enum Score: String, Sendable, Hashable, CaseIterable {
    /// TP / (TP + FP).
    case precision
    /// TP / (TP + FN).
    case recall
    /// 2 TP / (2 TP + FP + FN).
    case f1
  }

  /// Takes counts `[true][predicted]`, a square matrix.
  package init(counts: [[Int]]) {
    self.counts = counts
  }

  /// Counts pairs of class indices; pairs outside `0..<classes` are left out.
  package init(classes: Int, truth: [Int32], predicted: [Int32]) {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for (row, column) in zip(truth, predicted) {
      guard counts.indices.contains(Int(row)), counts.indices.contains(Int(column)) else {
        continue
      }
      counts[Int(row)][Int(column)] += 1
    }
    self.init(counts: counts)
  }

  /// The matrices of several runs added up; nil when their sizes differ or there is none.
  package static func sum(_ matrices: [ConfusionMatrix]) -> ConfusionMatrix? {
    guard var total = matrices.first?.counts else { return nil }
    for matrix in matrices.dropFirst() {
      guard matrix.counts.count == total.count else { return nil }
      for row in total.indices {
        for column in total.indices { total[row][column] += matrix.counts[row][column] }
      }
    }
    return ConfusionMatrix(counts: total)
  }

  package var classCount: Int { counts.count }

  /// All pairs counted.
  package var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// The share of pairs on the diagonal; 0 without pairs.
  package var accuracy: Double { Self.ratio(diagonal, total) }

  /// How often a class is true.
  package func support(of index: Int) -> Int { counts[index].reduce(0, +) }

  /// A score of one class against all others; for two classes the binary score with that class
  /// as the positive one.
  package func score(_ score: Score, of index: Int) -> Double {
    let hits = counts[index][index]
    let predicted = counts.reduce(0) { $0 + $1[index] }
    return score.value(hits: hits, predicted: predicted, true: support(of: index))
  }

  /// A score of every class, in index order.
  package func scores(_ score: Score) -> [Double] {
    counts.indices.map { self.score(score, of: $0) }
  }

  /// A score averaged over classes.
  package func score(_ score: Score, _ average: Average) -> Double {
    switch average {
    case .micro, .samples:
      // With one label a row, false positives and false negatives are the same pairs, and a row
      // scores 1 or 0.
      return accuracy
    case .macro:
      return counts.isEmpty ? 0 : Statistics.mean(scores(score))
    case .weighted:
      let supports = counts.indices.map { Double(support(of: $0)) }
      let sum = Statistics.dot(scores(score), supports)
      return total == 0 ? 0 : sum / Double(total)
    }
  }

  private var diagonal: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }

  private static func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
