package import Tensors

/// Trains a BERT to guess hidden tokens and next sentences, and measures how well it does.
///
/// By step and by epoch it records `train.loss`, `train.mlm_loss` and `train.nsp_loss`, by epoch
/// what ``PretrainingObjective/validationMeasures`` names. The loss is the sum of the means over
/// hidden tokens and over sequences.
package struct BertPretrainer: ModelTrainer {
  package let model: BertModel
  package let settings: TrainingSettings
  package let data: PretrainingData
  package let key: RandomKey
  package let compute: Compute
  package let outline: TrainingOutline

  /// Checks that model and data fit each other.
  package init(
    model: BertModel, settings: TrainingSettings, data: PretrainingData, key: RandomKey,
    compute: Compute
  ) throws(TrainingError) {
    try Self.check(model, data)
    let objective = data.objective
    try settings.checkRanges(rows: data.train.examples.count)
    try settings.checkMonitors(of: objective, hasValidation: data.validation != nil)
    outline = TrainingOutline(
      model, for: .pretraining(objective), settings: settings, rows: data.train.examples.count,
      lossParts: objective.lossParts,
      validationMeasures: data.validation == nil ? [] : objective.validationMeasures)
    self.model = model
    self.settings = settings
    self.data = data
    self.key = key
    self.compute = compute
  }

  private static func check(
    _ model: BertModel, _ data: PretrainingData
  ) throws(TrainingError) {
    let (objective, config) = (data.objective, model.config)
    if objective.maskedLanguageModel, !model.heads.maskedLanguageModel {
      throw .bert(.missingHead(objective: "masked_language_model"))
    }
    if objective.nextSentence {
      if !model.heads.nextSentence { throw .bert(.missingHead(objective: "next_sentence")) }
      if config.segmentCount < 2 { throw .bert(.tooFewSegments(found: config.segmentCount)) }
    }
    guard objective.maxSequenceLength <= config.maximumPositions else {
      throw .bert(
        .tooFewPositions(length: objective.maxSequenceLength, limit: config.maximumPositions))
    }
    let tokens = data.idBounds
    for token in [tokens.lowerBound, tokens.upperBound]
    where !(0..<config.vocabularySize).contains(token) {
      throw .bert(.tokenOutsideVocabulary(token: token, limit: config.vocabularySize))
    }
  }

  package func initialParameters() -> ParameterSet {
    model.initialParameters(key: key, compute: compute)
  }

  package func task(_ parameters: ParameterSet) -> BertPretrainingTask {
    BertPretrainingTask(self, parameters: parameters)
  }

  /// The losses and scores of given weights on a part, with the masks of its first epoch.
  package func evaluate(
    _ parameters: ParameterSet, on part: PretrainingData.Part
  ) -> ValidationMeasures {
    evaluate(BertNetwork(model, initial: parameters, key: key), on: part)
  }

  func evaluate(_ network: BertNetwork, on part: PretrainingData.Part) -> ValidationMeasures {
    var tally = PretrainingTally()
    let count = part.examples.count
    for start in stride(from: 0, to: count, by: Self.sequencesAtOnce) {
      var hidden = HiddenExamples()
      for index in start..<min(count, start + Self.sequencesAtOnce) {
        hidden.append(part, index, draw: UInt64(index))
      }
      tally.add(hidden, network, compute)
    }
    return tally.measures(data.objective)
  }

  /// Sequences put together at once when measuring; the result does not depend on it.
  private static let sequencesAtOnce = 128
}
