package import Tensors

/// One model in training, as the loop sees it: parameters, gradients of batches, validation.
///
/// It belongs to one run. Schedule, clipping, optimiser, early stopping and checkpoints are the
/// loop's (``TrainingRun``).
package protocol TrainingTask {
  /// In the order of ``TrainingOutline/parameters``; the loop says which are trained.
  var parameters: [Parameter] { get }

  /// Gathers in the parameters, whose gradients are clear, those of a batch's loss.
  ///
  /// - Returns: the losses in the order of ``TrainingOutline/lossParts``, or the one of a loss
  ///   that has no parts; the batch's loss is the sum of their means.
  func gradients(of batch: TrainingBatch) -> [LossPart]

  /// Measures the validation part as the model is now; nil where nothing is measured.
  func validate() -> ValidationMeasures?
}

/// Samples that make one step together.
package struct TrainingBatch: Sendable {
  /// From 0.
  package let epoch: Int
  /// Places of the samples in the training part.
  package let rows: ArraySlice<Int>
  /// Ordinal of the first one in the training stream (rule 6); the others follow it.
  package let firstOrdinal: Int

  package init(epoch: Int, rows: ArraySlice<Int>, firstOrdinal: Int) {
    self.epoch = epoch
    self.rows = rows
    self.firstOrdinal = firstOrdinal
  }

  /// Ordinals of all samples, by which dropout is keyed.
  package var ordinals: [UInt64] {
    rows.indices.map { UInt64(firstOrdinal + $0 - rows.startIndex) }
  }

  /// The batch in pieces of at most so many samples, in order.
  package func pieces(of count: Int) -> [TrainingBatch] {
    stride(from: rows.startIndex, to: rows.endIndex, by: max(1, count)).map { start in
      TrainingBatch(
        epoch: epoch, rows: rows[start..<min(rows.endIndex, start + max(1, count))],
        firstOrdinal: firstOrdinal + start - rows.startIndex)
    }
  }
}

/// A loss of a batch before it is divided.
package struct LossPart: Sendable, Hashable {
  package let sum: Double
  /// What the mean divides by.
  package let weight: Double

  package init(sum: Double, weight: Double) {
    self.sum = sum
    self.weight = weight
  }

  /// 0 for a batch that weighs nothing.
  package var mean: Double { weight == 0 ? 0 : sum / weight }
}

/// What was measured on the validation part.
package struct ValidationMeasures: Sendable {
  /// What the model is trained to make small; training ends where it is not finite.
  package let loss: Double
  /// By the names of their series without `validation.`, in the order to keep them.
  package let values: [(name: String, value: Double)]

  package init(loss: Double, values: [(name: String, value: Double)]) {
    self.loss = loss
    self.values = values
  }
}
