package import Tensors

/// Passes over a batch, with and without gradients.
extension BertNetwork {
  /// Adds the gradients of a task's terms, each times its factor, to the parameters.
  ///
  /// Grains follow those of earlier calls since the gradients were cleared: a batch may be cut into
  /// several calls between grains, with the same bits. Parameters that are not trained get no
  /// gradient, and nothing is computed below the lowest one that is.
  ///
  /// - Parameters:
  ///   - batch: sequences that ``BertModel/check(_:)`` accepts.
  ///   - grain: sequences of a grain; default 8 (rule 7).
  /// - Returns: the losses of all rows.
  package func accumulateGradients(
    _ batch: BertBatch, _ task: BertTask, grain: Int = 8, compute: Compute
  ) -> BertLosses {
    precondition(grain > 0, "grain of \(grain) sequences")
    var losses = BertLosses()
    let count = batch.sequences.count
    for start in stride(from: 0, to: count, by: grain) {
      let pass = startPass(
        batch.sequences, start..<min(count, start + grain), draws: batch.draws,
        reading: task.reading, isTraining: true, compute: compute)
      forward(pass)
      pass.activations.first.rows(0..<pass.grain.readCount).clear()
      switch task {
      case .pretraining(let task): differentiate(task, pass, &losses)
      case .supervised(let targets, let loss, let factor):
        losses.supervised += differentiate(
          targets.rows(pass.grain.sequences), loss, factor: factor, pass)
      }
      if pass.lowest < weights.layers.count { backward(pass) }
      // The decoder's share alone, when the embeddings are not reached.
      weights.words.closeGrain(compute)
    }
    return losses
  }

  private func differentiate(
    _ task: BertTask.Pretraining, _ pass: Pass, _ losses: inout BertLosses
  ) {
    if let masked = task.masked {
      forwardMasked(pass)
      let labels = Array(masked.labels[masked.range(of: pass.grain.sequences)])
      losses.masked += backwardMasked(pass, labels: labels, factor: task.maskedFactor)
    }
    if let labels = task.nextSentence {
      guard let head = weights.nextSentence else {
        preconditionFailure("no head for next sentences")
      }
      forwardPooler(pass)
      var logits = forwardPooledHead(head, nil, pass)
      let rows = pass.compute.crossEntropy(
        replacing: logits.mutableView, targets: Array(labels[pass.grain.sequences]),
        factor: Float(task.nextSentenceFactor))
      losses.nextSentence += rows.map(Double.init)
      backwardPooledHead(head, nil, pass, gradient: logits)
      backwardPooler(pass)
    }
  }

  private func differentiate(
    _ targets: BatchTargets, _ loss: LossFunction, factor: Double, _ pass: Pass
  ) -> [Double] {
    guard let head = weights.classifier else { preconditionFailure("no classifier") }
    forwardPooler(pass)
    let dropout = classifierDropout(pass)
    let logits = forwardPooledHead(head, dropout, pass)
    let result = loss.evaluate(
      outputs: logits, targets: targets, factor: factor, compute: pass.compute)
    backwardPooledHead(head, dropout, pass, gradient: result.gradient)
    backwardPooler(pass)
    return result.rows
  }
}

extension BertTask {
  /// What the task reads of the last layer.
  var reading: BertGrain.Reading {
    switch self {
    case .pretraining(let task):
      BertGrain.Reading(firsts: task.nextSentence != nil, masked: task.masked)
    case .supervised: BertGrain.Reading(firsts: true)
    }
  }
}
