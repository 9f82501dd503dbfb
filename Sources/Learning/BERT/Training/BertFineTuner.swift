package import Tensors

/// Trains a BERT to classify or rate sequences and pairs of them, and evaluates it.
///
/// Weights to start from, such as those of a pre-training, are given to
/// `train(resuming:initial:checkpoint:progress:)`.
package struct BertFineTuner: ModelTrainer {
  package let model: BertModel
  package let settings: TrainingSettings
  package let data: PreparedSequences
  package let key: RandomKey
  package let compute: Compute
  package let outline: TrainingOutline
  /// The loss with its weights counted on the training sequences.
  package let loss: LossFunction
  /// What is measured on the validation part after every epoch; empty without one.
  package let validationMetrics: [Metric]

  /// Checks that model, loss and data fit each other.
  package init(
    model: BertModel, settings: TrainingSettings, data: PreparedSequences, key: RandomKey,
    compute: Compute
  ) throws(TrainingError) {
    do {
      loss = try LossFunction(settings.loss, training: data.trainingTargets)
    } catch {
      throw .loss(error)
    }
    guard let outputs = model.heads.classifier else {
      throw .bert(.missingHead(objective: "classifier"))
    }
    guard outputs == loss.outputs else {
      throw .outputs(expected: loss.outputs, found: outputs)
    }
    for part in Partition.Part.allCases {
      guard let samples = data.samples(of: part) else { continue }
      do throws(BertInputError) {
        try model.check(samples.sequences)
      } catch {
        throw .bert(.input(error))
      }
    }
    try settings.checkRanges(rows: data.train.count)
    validationMetrics = try settings.validationMetrics(
      of: data.kind, hasValidation: data.validation != nil)
    outline = TrainingOutline(
      model, for: .supervised, settings: settings, rows: data.train.count,
      validationMeasures: validationMetrics.map(\.name))
    self.model = model
    self.settings = settings
    self.data = data
    self.key = key
    self.compute = compute
  }

  package func initialParameters() -> ParameterSet {
    model.initialParameters(key: key, compute: compute)
  }

  package func task(_ parameters: ParameterSet) -> BertFineTuningTask {
    BertFineTuningTask(self, parameters: parameters)
  }

  /// The model's outputs, mean loss and scores on some sequences, with given weights.
  package func evaluate(_ parameters: ParameterSet, on samples: SequenceSamples) -> Evaluation {
    evaluate(BertNetwork(model, initial: parameters, key: key), on: samples)
  }

  func evaluate(_ network: BertNetwork, on samples: SequenceSamples) -> Evaluation {
    Evaluation(
      outputs: network.outputs(of: samples.sequences, compute: compute), targets: samples.targets,
      loss: loss, kind: data.kind, compute: compute)
  }
}

/// A BERT in training on labelled sequences.
package struct BertFineTuningTask: TrainingTask {
  private let trainer: BertFineTuner
  private let network: BertNetwork

  package var parameters: [Parameter] { network.parameters }

  init(_ trainer: BertFineTuner, parameters: ParameterSet) {
    self.trainer = trainer
    network = BertNetwork(trainer.model, initial: parameters, key: trainer.key)
    network.recomputesActivations = trainer.settings.gradientCheckpointing
  }

  package func gradients(of batch: TrainingBatch) -> [LossPart] {
    let samples = trainer.data.train
    let weight = trainer.loss.normalizer(samples.targets.gatheringRows(batch.rows))
    let factor = weight == 0 ? 0 : 1 / weight
    var losses: [Double] = []
    losses.reserveCapacity(batch.rows.count)
    for piece in batch.pieces(of: trainer.settings.rowsPerAccumulation) {
      losses +=
        network.accumulateGradients(
          BertBatch(
            sequences: samples.sequences.gathering(piece.rows), draws: piece.ordinals),
          .supervised(
            samples.targets.gatheringRows(piece.rows), trainer.loss, factor: factor),
          grain: trainer.settings.grain, compute: trainer.compute
        ).supervised
    }
    return [LossPart(sum: Statistics.sum(losses), weight: weight)]
  }

  package func validate() -> ValidationMeasures? {
    guard let validation = trainer.data.validation, !trainer.validationMetrics.isEmpty else {
      return nil
    }
    return ValidationMeasures(
      trainer.evaluate(network, on: validation), trainer.validationMetrics)
  }
}
