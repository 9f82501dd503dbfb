import Learning
import Testing

@Suite struct MetricTests {
  private struct Scores: Decodable {
    let precision, recall, f1: Double
  }
  private struct ClassScores: Decodable {
    let precision, recall, f1: [Double]
    let support: [Int]
  }
  private struct LabelSet: Decodable {
    let name: String
    let classes: Int
    let y_true, y_pred: [Int32]
    let confusion_matrix: [[Int]]
    let accuracy: Double
    let micro, macro, weighted: Scores
    let per_class: ClassScores
    let binary_pos_1: Scores?
  }
  private struct Regression: Decodable {
    let y_true, y_pred: [Double]
    let mse, mae, r2: Double
  }
  private struct Cases: Decodable {
    let label_sets: [LabelSet]
    let regression: Regression
  }

  @Test("counts are scikit-learn's, scores to 1e-12")
  func labelSets() throws {
    for set in try Fixture.load(Cases.self, "metrics.json").label_sets {
      let matrix = ConfusionMatrix(
        classes: set.classes, truth: set.y_true, predicted: set.y_pred)
      #expect(matrix.counts == set.confusion_matrix, "\(set.name)")
      #expect((0..<set.classes).map(matrix.support) == set.per_class.support, "\(set.name)")
      func close(_ a: [Double], _ b: [Double], _ what: String) {
        expectClose(a, b, rtol: 1e-12, atol: 1e-15, "\(set.name) \(what)")
      }
      close([matrix.accuracy], [set.accuracy], "accuracy")
      for (average, expected) in [
        (ConfusionMatrix.Average.micro, set.micro), (.macro, set.macro), (.weighted, set.weighted),
      ] {
        let found = ConfusionMatrix.Score.allCases.map { matrix.score($0, average) }
        close(found, [expected.precision, expected.recall, expected.f1], "\(average)")
      }
      close(matrix.scores(.precision), set.per_class.precision, "precision")
      close(matrix.scores(.recall), set.per_class.recall, "recall")
      close(matrix.scores(.f1), set.per_class.f1, "f1")
      if let binary = set.binary_pos_1 {
        let found = ConfusionMatrix.Score.allCases.map { matrix.score($0, of: 1) }
        close(found, [binary.precision, binary.recall, binary.f1], "binary")
      }
    }
  }

  @Test("regression scores are scikit-learn's to 1e-12")
  func regression() throws {
    let set = try Fixture.load(Cases.self, "metrics.json").regression
    let scores = RegressionScores(truth: set.y_true, predicted: set.y_pred)
    expectClose(
      [scores.mse, scores.mae, scores.r2], [set.mse, set.mae, set.r2], rtol: 1e-12, atol: 0,
      "regression")
  }

  @Test("a constant truth gives r2 1 when predicted exactly and 0 otherwise")
  func constantTruth() {
    #expect(RegressionScores(truth: [2, 2], predicted: [2, 2]).r2 == 1)
    #expect(RegressionScores(truth: [2, 2], predicted: [2, 3]).r2 == 0)
  }

  @Test("matrices of repeats add up; every metric's name reads back")
  func sumsAndNames() {
    let one = ConfusionMatrix(classes: 2, truth: [0, 1, 1], predicted: [0, 1, 0])
    #expect(ConfusionMatrix.sum([one, one])?.counts == [[2, 0], [2, 2]])
    #expect(ConfusionMatrix.sum([]) == nil)
    #expect(Metric.all.allSatisfy { Metric(name: $0.name) == $0 })
    #expect(Metric(name: "macro_f1") == .averaged(.f1, .macro))
    #expect(Metric(name: "f2") == nil)
  }

  @Test("a repeat's interval is Student's")
  func interval() throws {
    // scipy.stats.t.interval(0.95, 2, loc=0.9, scale=0.02/sqrt(3))
    let summary = RepeatSummary([0.88, 0.90, 0.92])
    let std = try #require(summary.std)
    expectClose([summary.mean, std], [0.9, 0.02], rtol: 1e-12, atol: 0, "std")
    let (low, high) = (try #require(summary.low), try #require(summary.high))
    expectClose(
      [low, high], [0.9 - 0.04968275425422, 0.9 + 0.04968275425422], rtol: 1e-9, atol: 0, "ends")
    #expect(RepeatSummary([0.5]).std == nil)
  }
}
