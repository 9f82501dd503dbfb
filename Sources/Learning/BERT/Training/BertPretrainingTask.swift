package import Tensors

/// A BERT in training on unlabelled text.
package struct BertPretrainingTask: TrainingTask {
  private let trainer: BertPretrainer
  private let network: BertNetwork

  package var parameters: [Parameter] { network.parameters }

  init(_ trainer: BertPretrainer, parameters: ParameterSet) {
    self.trainer = trainer
    network = BertNetwork(trainer.model, initial: parameters, key: trainer.key)
    network.recomputesActivations = trainer.settings.gradientCheckpointing
  }

  package func gradients(of batch: TrainingBatch) -> [LossPart] {
    let part = trainer.data.train
    let first = batch.epoch * part.examples.count
    let pieces = batch.pieces(of: trainer.settings.rowsPerAccumulation)
    let hidden = pieces.map { piece in
      var hidden = HiddenExamples()
      for row in piece.rows { hidden.append(part, row, draw: UInt64(first + row)) }
      return hidden
    }
    let maskedCount = hidden.reduce(0) { $0 + ($1.masked?.labels.count ?? 0) }
    let sequenceCount = batch.rows.count
    var (masked, nextSentence): ([Double], [Double]) = ([], [])
    for (piece, hidden) in zip(pieces, hidden) {
      let losses = network.accumulateGradients(
        BertBatch(sequences: hidden.sequences, draws: piece.ordinals),
        .pretraining(hidden.task(maskedCount: maskedCount, sequenceCount: sequenceCount)),
        grain: trainer.settings.grain, compute: trainer.compute)
      masked += losses.masked
      nextSentence += losses.nextSentence
    }
    let objective = trainer.data.objective
    return
      (objective.maskedLanguageModel
      ? [LossPart(sum: Statistics.sum(masked), weight: Double(maskedCount))] : [])
      + (objective.nextSentence
        ? [LossPart(sum: Statistics.sum(nextSentence), weight: Double(sequenceCount))] : [])
  }

  package func validate() -> ValidationMeasures? {
    trainer.data.validation.map { trainer.evaluate(network, on: $0) }
  }
}
