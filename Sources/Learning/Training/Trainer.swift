package import Tensors

/// Trains a sequential model on one data set, and evaluates it.
package struct Trainer: ModelTrainer {
  package let model: Sequential
  package let settings: TrainingSettings
  package let data: PreparedData
  package let key: RandomKey
  package let compute: Compute
  package let outline: TrainingOutline
  /// The loss with its weights counted on the training rows.
  package let loss: LossFunction
  /// What is measured on the validation part after every epoch; empty without one.
  package let validationMetrics: [Metric]

  /// Checks that model, loss and data fit each other.
  package init(
    model: Sequential, settings: TrainingSettings, data: PreparedData, key: RandomKey,
    compute: Compute
  ) throws(TrainingError) {
    do {
      loss = try LossFunction(settings.loss, training: data.trainingTargets)
    } catch {
      throw .loss(error)
    }
    let features = data.featureNames.count
    guard model.inputs == features else {
      throw .features(expected: features, found: model.inputs)
    }
    guard model.outputs == loss.outputs else {
      throw .outputs(expected: loss.outputs, found: model.outputs)
    }
    try settings.checkRanges(rows: data.train.count)
    guard settings.parameters.freeze == .none else {
      throw .outOfRange(parameter: "freeze", allowed: "`none` for a model without an encoder")
    }
    guard !settings.gradientCheckpointing else {
      throw .outOfRange(
        parameter: "gradient_checkpointing", allowed: "`false` for a model without an encoder")
    }
    validationMetrics = try settings.validationMetrics(
      of: data.kind, hasValidation: data.validation != nil)
    outline = TrainingOutline(
      settings: settings, rows: data.train.count, parameters: model.parameters,
      places: model.places, withoutDecay: [], lossParts: [],
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

  package func task(_ parameters: ParameterSet) -> SequentialTask {
    SequentialTask(self, parameters: parameters)
  }

  /// The model's outputs, mean loss and scores on some rows, with given weights.
  package func evaluate(_ parameters: ParameterSet, on samples: Samples) -> Evaluation {
    let network = Network(model, initial: parameters, key: key)
    return evaluate(network, on: samples, tape: Tape(compute: compute))
  }

  func evaluate(_ network: Network, on samples: Samples, tape: Tape) -> Evaluation {
    Evaluation(
      outputs: network.outputs(of: samples.features, on: tape), targets: samples.targets,
      loss: loss, kind: data.kind, compute: compute)
  }
}
