package import Tensors

/// A sequential model in training on rows of features.
package struct SequentialTask: TrainingTask {
  private let trainer: Trainer
  private let network: Network
  private let tape: Tape
  /// Samples that are on the tape at once: whole grains, so that cutting changes no bit.
  private let passRows: Int

  package var parameters: [Parameter] { network.parameters }

  init(_ trainer: Trainer, parameters: ParameterSet) {
    self.trainer = trainer
    network = Network(trainer.model, initial: parameters, key: trainer.key)
    tape = Tape(compute: trainer.compute)
    let settings = trainer.settings
    passRows = min(
      max(1, 4096 / settings.grain) * settings.grain, settings.rowsPerAccumulation)
  }

  package func gradients(of batch: TrainingBatch) -> [LossPart] {
    let samples = trainer.data.train
    let weight = trainer.loss.normalizer(samples.targets.gatheringRows(batch.rows))
    let factor = weight == 0 ? 0 : 1 / weight
    var losses: [Double] = []
    losses.reserveCapacity(batch.rows.count)
    for part in batch.pieces(of: passRows) {
      tape.start(
        samples: part.rows.count,
        mode: .training(draws: part.ordinals, grain: trainer.settings.grain))
      let input = tape.input(trainer.compute.gatherRows(samples.features, part.rows))
      let output = network.forward(input, on: tape)
      let loss = trainer.loss.evaluate(
        outputs: tape.value(of: output), targets: samples.targets.gatheringRows(part.rows),
        factor: factor, compute: trainer.compute)
      tape.backward(from: output, gradient: loss.gradient)
      losses += loss.rows
    }
    return [LossPart(sum: Statistics.sum(losses), weight: weight)]
  }

  package func validate() -> ValidationMeasures? {
    guard let validation = trainer.data.validation, !trainer.validationMetrics.isEmpty else {
      return nil
    }
    let evaluation = trainer.evaluate(network, on: validation, tape: tape)
    return ValidationMeasures(evaluation, trainer.validationMetrics)
  }
}

extension ValidationMeasures {
  /// Metrics of an evaluation, those that apply.
  init(_ evaluation: Evaluation, _ metrics: [Metric]) {
    self.init(
      loss: evaluation.loss,
      values: metrics.compactMap { metric in
        evaluation.value(of: metric).map { (metric.name, $0) }
      })
  }
}
