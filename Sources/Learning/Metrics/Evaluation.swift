package import Tensors

/// What a model's outputs on some rows amount to.
package struct Evaluation: Sendable {
  /// Rows evaluated.
  package let rows: Int
  /// The mean loss over all rows.
  package let loss: Double
  /// For classes: predicted index of every row.
  package let predictedClasses: [Int32]?
  /// For classes.
  package let confusion: ConfusionMatrix?
  /// For sets of labels.
  package let multilabel: MultilabelScores?
  /// For values.
  package let regression: RegressionScores?

  /// Judges outputs `[rows, outputs]` against targets.
  ///
  /// With one output a row a class is 1 iff the output is above 0; with several the first largest
  /// one wins. A label is predicted iff its output is above 0: its probability above a half.
  package init(
    outputs: Tensor, targets: BatchTargets, loss: LossFunction, kind: TargetKind,
    compute: Compute
  ) {
    rows = outputs.rows
    let normalizer = loss.normalizer(targets)
    let losses = loss.evaluate(outputs: outputs, targets: targets, factor: 1, compute: compute)
    self.loss = Statistics.sum(losses.rows) / normalizer
    switch (targets, kind) {
    case (.classes(let codes), .classes(let classes)):
      let predicted = Self.classes(of: outputs, compute: compute)
      predictedClasses = predicted
      confusion = ConfusionMatrix(classes: classes, truth: codes, predicted: predicted)
      multilabel = nil
      regression = nil
    case (.labels(let sets), _):
      predictedClasses = nil
      confusion = nil
      multilabel = MultilabelScores(
        labels: outputs.columns, truth: sets, predicted: Self.labels(of: outputs))
      regression = nil
    case (.values(let values), _):
      predictedClasses = nil
      confusion = nil
      multilabel = nil
      regression = RegressionScores(
        truth: values.values.map(Double.init), predicted: outputs.values.map(Double.init),
        width: values.columns)
    case (.classes, _):
      preconditionFailure("class targets of a regression")
    }
  }

  private static func classes(of outputs: Tensor, compute: Compute) -> [Int32] {
    if outputs.columns == 1 { return outputs.values.map { $0 > 0 ? 1 : 0 } }
    return compute.argmaxRows(outputs).map(Int32.init)
  }

  private static func labels(of outputs: Tensor) -> LabelSets {
    let (values, columns) = (outputs.values, outputs.columns)
    return LabelSets(
      (0..<outputs.rows).lazy.map { row in
        (0..<Int32(columns)).filter { values[row * columns + Int($0)] > 0 }
      })
  }

  /// A metric's value; nil when it does not apply to these targets.
  ///
  /// - Parameter positive: index of the positive class, or the label, of binary scores; nil: the
  ///   second of two classes, the only label.
  package func value(of metric: Metric, positive: Int? = nil) -> Double? {
    switch metric {
    case .loss: return loss
    case .accuracy: return confusion?.accuracy ?? multilabel?.accuracy
    case .hammingLoss: return multilabel?.hammingLoss
    case .binary(let score):
      if let multilabel {
        guard let index = positive ?? (multilabel.labels.count == 1 ? 0 : nil),
          multilabel.labels.indices.contains(index)
        else { return nil }
        return multilabel.score(score, of: index)
      }
      guard let confusion else { return nil }
      guard let index = positive ?? (confusion.classCount == 2 ? 1 : nil),
        confusion.counts.indices.contains(index)
      else { return nil }
      return confusion.score(score, of: index)
    case .averaged(let score, let average):
      return confusion?.score(score, average) ?? multilabel?.score(score, average)
    case .mse: return regression?.mse
    case .mae: return regression?.mae
    case .r2: return regression?.r2
    }
  }
}
