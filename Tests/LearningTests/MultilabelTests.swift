import Learning
import Tensors
import Testing

/// Sets of labels against scikit-learn and PyTorch.
@Suite struct MultilabelTests {
  private struct Scores: Decodable {
    let precision, recall, f1: Double

    var all: [Double] { [precision, recall, f1] }
  }
  private struct LabelScores: Decodable {
    let precision, recall, f1: [Double]
  }
  private struct Case: Decodable {
    let name: String
    let y_true, y_pred: [[Int]]
    let accuracy, hamming_loss: Double
    /// `[[TN, FP], [FN, TP]]` of each label.
    let multilabel_confusion_matrix: [[[Int]]]
    let micro, macro, weighted, samples: Scores
    let per_label: LabelScores
  }

  private static func sets(_ rows: [[Int]]) -> LabelSets {
    LabelSets(rows.map { row in row.indices.filter { row[$0] == 1 }.map(Int32.init) })
  }

  @Test("counts are scikit-learn's, scores to 1e-12")
  func scores() throws {
    for example in try Fixture.load([Case].self, "multilabel_metrics.json") {
      let count = example.multilabel_confusion_matrix.count
      let scores = MultilabelScores(
        labels: count, truth: Self.sets(example.y_true), predicted: Self.sets(example.y_pred))
      let counts = scores.labels.map {
        [[$0.trueNegatives, $0.falsePositives], [$0.falseNegatives, $0.truePositives]]
      }
      #expect(counts == example.multilabel_confusion_matrix, "\(example.name)")
      func close(_ a: [Double], _ b: [Double], _ what: String) {
        expectClose(a, b, rtol: 1e-12, atol: 1e-15, "\(example.name) \(what)")
      }
      close(
        [scores.accuracy, scores.hammingLoss], [example.accuracy, example.hamming_loss], "shares")
      for (average, expected) in [
        (ConfusionMatrix.Average.micro, example.micro), (.macro, example.macro),
        (.weighted, example.weighted), (.samples, example.samples),
      ] {
        let found = ConfusionMatrix.Score.allCases.map { scores.score($0, average) }
        close(found, expected.all, "\(average)")
      }
      close(scores.scores(.precision), example.per_label.precision, "precision")
      close(scores.scores(.recall), example.per_label.recall, "recall")
      close(scores.scores(.f1), example.per_label.f1, "f1")
      #expect(scores.score(.f1, of: count - 1) == scores.scores(.f1).last)
    }
  }

  @Test("labels of a row are ascending and each once, however they are given")
  func sets() {
    let sets = LabelSets([[2, 0, 2], [], [1]])
    #expect(sets.count == 3 && sets.labelCount == 3)
    #expect(Array(sets[0]) == [0, 2] && sets[1].isEmpty && Array(sets[2]) == [1])
    #expect(sets.gathering([2, 0, 2]) == LabelSets([[1], [0, 2], [1]]))
    #expect(sets.counts(of: [0, 2, 2], labels: 4) == [1, 2, 1, 0])
  }

  @Test("the loss is PyTorch's of rows of 0 and 1, and so is its gradient, bit for bit ours")
  func loss() throws {
    var random = SplitMix(state: 3)
    let (rows, labels) = (7, 5)
    let values = (0..<rows * labels).map { _ in Float.random(in: -30...30, using: &random) }
    let outputs = Tensor(values, shape: .matrix(rows, labels))
    let truth = (0..<rows).map { row in (0..<labels).map { ($0 * 3 + row) % 4 == 0 ? 1 : 0 } }
    let sets = Self.sets(truth)
    let names = (0..<labels).map(String.init)
    let dense = Tensor(truth.flatMap { $0.map(Float.init) }, shape: .matrix(rows, labels))
    for weights in [Loss.PositiveWeights.none, .values([2]), .values([1, 2, 3, 0.5, 4])] {
      let loss = Loss.binaryCrossEntropy(Loss.BinaryCrossEntropy(positiveWeights: weights))
      let bySets = try LossFunction(loss, training: .labels(sets, names: names)).value(
        outputs: outputs, targets: .labels(sets), reduction: .mean, compute: Compute())
      // `LossTests` compares the loss of values with PyTorch.
      let byValues = try LossFunction(
        loss, training: .values(dense.values.map(Double.init), names: names)
      ).value(
        outputs: outputs, targets: .values(dense), reduction: .mean, compute: Compute())
      #expect(bySets.value == byValues.value && bySets.rows == byValues.rows)
      #expect(bySets.gradient.hasSameBits(as: byValues.gradient))
    }
  }

  @Test("balanced weights are rows without a label over rows with it, 1 where all rows are alike")
  func balanced() throws {
    let sets = LabelSets([[0, 3], [0, 1, 3], [0, 3], [3], [0, 3]])
    let balanced = Loss.binaryCrossEntropy(Loss.BinaryCrossEntropy(positiveWeights: .balanced))
    let written = Loss.binaryCrossEntropy(
      Loss.BinaryCrossEntropy(positiveWeights: .values([0.25, 4, 1, 1])))
    let outputs = Tensor((0..<20).map { Float($0) - 7 }, shape: .matrix(5, 4))
    let values = try [balanced, written].map {
      try LossFunction($0, training: .labels(sets, names: ["a", "b", "c", "d"])).value(
        outputs: outputs, targets: .labels(sets), reduction: .sum, compute: Compute()
      ).value
    }
    #expect(values[0] == values[1])
    let classes = try LossFunction(
      balanced, training: .classes([0, 1, 1, 1], names: ["a", "b"])
    ).value(
      outputs: Tensor([0], shape: .matrix(1, 1)), targets: .classes([1]), reduction: .sum,
      compute: Compute())
    expectClose([classes.value], [DoubleMath.log(2) / 3], rtol: 1e-15, atol: 0, "two classes")
    #expect(throws: LossMismatch.needsClasses) { try balanced.outputs(for: .values(2)) }
    #expect(throws: LossMismatch.needsValues) { try Loss.meanSquaredError.outputs(for: .labels(2)) }
    #expect(try balanced.outputs(for: .labels(1)) == 1)
  }

  @Test("a label is predicted where its output is above 0; NaN predicts none")
  func threshold() throws {
    let outputs = Tensor(
      [0.1, 0, -0.1, .nan, 5, .infinity], shape: .matrix(2, 3))
    let sets = LabelSets([[0], [1, 2]])
    let loss = try LossFunction(
      .binaryCrossEntropy(Loss.BinaryCrossEntropy()),
      training: .labels(sets, names: ["a", "b", "c"]))
    let evaluation = Evaluation(
      outputs: outputs, targets: .labels(sets), loss: loss, kind: .labels(3), compute: Compute())
    #expect(evaluation.value(of: .accuracy) == 1 && evaluation.value(of: .hammingLoss) == 0)
    #expect(evaluation.value(of: .mse) == nil && evaluation.regression == nil)
    #expect(evaluation.loss.isNaN)
  }
}
