package import Tensors

/// A loss made ready for a data set: weights are numbers, shapes are known.
package struct LossFunction: Sendable {
  /// What becomes of the losses of the rows.
  package enum Reduction: String, Sendable, Hashable, CaseIterable { case mean, sum, none }

  /// The loss of some rows and its gradient.
  package struct Evaluation: Sendable {
    /// Loss of every row (summed over a row's outputs), before any normaliser.
    package let rows: [Double]
    /// `[rows, outputs]`: derivative of factor · Σ rows by the outputs.
    package let gradient: Tensor
  }

  package let loss: Loss
  /// Outputs that a model must give.
  package let outputs: Int
  /// Per class; nil: all 1.
  let classWeights: [Double]?
  /// Of the binary cross-entropy, one for all outputs or one an output.
  let positiveWeights: [Double]

  /// Fits a loss to targets.
  ///
  /// - Parameter training: the targets of the training rows: `balanced` weights are counted there.
  package init(_ loss: Loss, training: Targets) throws(LossMismatch) {
    outputs = try loss.outputs(for: training.kind)
    self.loss = loss
    classWeights = Self.classWeights(of: loss, training: training)
    positiveWeights = Self.positiveWeights(of: loss, training: training)
    if case .binaryCrossEntropy = loss, case .values(let values, let names) = training,
      let outside = values.firstIndex(where: { !($0 >= 0 && $0 <= 1) })
    {
      throw .targetOutsideUnitInterval(row: outside / max(1, names.count))
    }
  }

  private static func classWeights(of loss: Loss, training: Targets) -> [Double]? {
    let weights: Loss.ClassWeights
    switch loss {
    case .crossEntropy(let settings): weights = settings.classWeights
    case .hinge(let settings): weights = settings.classWeights
    default: return nil
    }
    switch weights {
    case .none: return nil
    case .values(let values): return values
    case .balanced:
      guard case .classes(let codes, let names) = training else { return nil }
      var counts = [Int](repeating: 0, count: names.count)
      for code in codes where counts.indices.contains(Int(code)) { counts[Int(code)] += 1 }
      let rows = Double(codes.count)
      // A class without rows has no weight; a split refuses it before.
      return counts.map { $0 == 0 ? 0 : rows / (Double(names.count) * Double($0)) }
    }
  }

  private static func positiveWeights(of loss: Loss, training: Targets) -> [Double] {
    guard case .binaryCrossEntropy(let settings) = loss else { return [1] }
    switch (settings.positiveWeights, training) {
    case (.values(let weights), _): return weights
    case (.none, _), (.balanced, .values): return [1]
    case (.balanced, .classes(let codes, _)):
      return [balanced(positives: codes.count { $0 == 1 }, of: codes.count)]
    case (.balanced, .labels(let sets, let names)):
      return sets.counts(of: 0..<sets.count, labels: names.count)
        .map { balanced(positives: $0, of: sets.count) }
    }
  }

  /// Negatives over positives; 1 where all rows are of one kind: nothing is there to balance, and a
  /// weight of 0 would forget the label.
  private static func balanced(positives: Int, of rows: Int) -> Double {
    positives == 0 || positives == rows ? 1 : Double(rows - positives) / Double(positives)
  }

  /// What the mean of these rows divides by: Σ weights for the cross-entropy (ignored rows left
  /// out), the number of elements for losses of values and labels, the number of rows for the
  /// others.
  package func normalizer(_ targets: BatchTargets) -> Double {
    switch (loss, targets) {
    case (.crossEntropy(let settings), .classes(let codes)):
      let kept = codes.filter { $0 != settings.ignoredIndex }
      guard let classWeights else { return Double(kept.count) }
      return Statistics.sum(kept.map { classWeights[Int($0)] })
    case (_, .classes(let codes)): return Double(codes.count)
    case (_, .values(let values)): return Double(values.count)
    case (_, .labels(let sets)): return Double(sets.count) * Double(outputs)
    }
  }

  /// The losses of rows and the gradient of `factor` times their sum.
  ///
  /// - Parameters:
  ///   - outputs: `[rows, self.outputs]`.
  ///   - targets: of as many rows.
  ///   - factor: 1 / ``normalizer(_:)`` of the *whole batch* for a mean, 1 for a sum; rounded to
  ///     float once.
  package func evaluate(
    outputs: Tensor, targets: BatchTargets, factor: Double, compute: Compute
  ) -> Evaluation {
    switch (loss, targets) {
    case (.crossEntropy(let settings), .classes(let codes)):
      let rows = compute.crossEntropy(
        logits: outputs,
        targets: codes.map { $0 == settings.ignoredIndex ? -1 : $0 },
        weights: classWeights?.map(Float.init), smoothing: settings.labelSmoothing,
        factor: Float(factor))
      return Evaluation(rows: rows.losses.map(Double.init), gradient: rows.gradient)
    case (.hinge(let settings), .classes(let codes)):
      let rule = MarginRule(settings: settings, weights: classWeights)
      return byRows(outputs, factor: factor) { row, x, gradient in
        rule.evaluate(x, target: Int(codes[row]), gradient: &gradient)
      }
    case (.binaryCrossEntropy, .classes(let codes)):
      let rule = BinaryCrossEntropyRule(positiveWeights: positiveWeights)
      return byRows(outputs, factor: factor) { row, x, gradient in
        rule.evaluate(x, target: { _ in codes[row] == 1 ? 1 : 0 }, gradient: &gradient)
      }
    case (.binaryCrossEntropy, .values(let values)):
      let rule = BinaryCrossEntropyRule(positiveWeights: positiveWeights)
      return byRows(outputs, factor: factor) { row, x, gradient in
        rule.evaluate(
          x, target: { Double(values[row * x.count + $0]) }, gradient: &gradient)
      }
    case (.binaryCrossEntropy, .labels(let sets)):
      let rule = BinaryCrossEntropyRule(positiveWeights: positiveWeights)
      return byRows(outputs, factor: factor) { row, x, gradient in
        // Columns are asked for in order, and so labels ascend.
        var rest = sets[row]
        return rule.evaluate(
          x,
          target: { column in
            guard rest.first == Int32(column) else { return 0 }
            rest.removeFirst()
            return 1
          }, gradient: &gradient)
      }
    case (_, .values(let values)):
      let rule = ErrorRule(loss)
      return byRows(outputs, factor: factor) { row, x, gradient in
        rule.evaluate(x, target: { Double(values[row * x.count + $0]) }, gradient: &gradient)
      }
    case (_, .classes), (_, .labels):
      preconditionFailure("\(loss.name) was fitted to values")
    }
  }

  /// Loss and gradient of rows on their own, as PyTorch reduces them; for one batch.
  package func value(
    outputs: Tensor, targets: BatchTargets, reduction: Reduction, compute: Compute
  ) -> (value: Double, rows: [Double], gradient: Tensor) {
    let factor = reduction == .mean ? 1 / normalizer(targets) : 1
    let result = evaluate(outputs: outputs, targets: targets, factor: factor, compute: compute)
    let sum = Statistics.sum(result.rows)
    return (reduction == .mean ? sum / normalizer(targets) : sum, result.rows, result.gradient)
  }

  /// Applies a rule in double to every row; its gradient times `factor` is rounded once.
  private func byRows(
    _ outputs: Tensor, factor: Double,
    _ rule: (Int, RowValues, inout [Double]) -> Double
  ) -> Evaluation {
    let (rows, columns) = (outputs.rows, outputs.columns)
    var losses: [Double] = []
    losses.reserveCapacity(rows)
    var gradient = Tensor(uninitialized: outputs.shape)
    var rowGradient = [Double](repeating: 0, count: columns)
    outputs.withElements { elements in
      gradient.withMutableElements { target in
        for row in 0..<rows {
          let range = row * columns..<(row + 1) * columns
          let x = RowValues(elements: UnsafeBufferPointer(rebasing: elements[range]))
          losses.append(rule(row, x, &rowGradient))
          for column in 0..<columns {
            target[range.lowerBound + column] = Float(rowGradient[column] * factor)
          }
        }
      }
    }
    return Evaluation(rows: losses, gradient: gradient)
  }
}

/// One row of a model's outputs, as doubles.
struct RowValues {
  fileprivate let elements: UnsafeBufferPointer<Float>

  var count: Int { elements.count }

  subscript(column: Int) -> Double { Double(elements[column]) }
}
