internal import Experiments
internal import Learning

extension BertConfig {
  /// The engine's configuration for a checked specification.
  init(_ spec: BertConfigSpec) {
    self.init()
    vocabularySize = spec.vocabSize
    hiddenSize = spec.hiddenSize
    layerCount = spec.numHiddenLayers
    headCount = spec.numAttentionHeads
    intermediateSize = spec.intermediateSize
    activation =
      switch spec.hiddenAct {
      case .gelu: .gelu
      case .geluNew: .geluNew
      case .relu: .relu
      }
    hiddenDropout = spec.hiddenDropoutProb
    attentionDropout = spec.attentionProbsDropoutProb
    maximumPositions = spec.maxPositionEmbeddings
    segmentCount = spec.typeVocabSize
    initializerRange = spec.initializerRange
    layerNormEpsilon = spec.layerNormEps
    classifierDropout = spec.classifierDropout
  }
}

extension BertConfigSpec {
  /// The specification of a configuration that was read.
  init(_ config: BertConfig) {
    self.init()
    vocabSize = config.vocabularySize
    hiddenSize = config.hiddenSize
    numHiddenLayers = config.layerCount
    numAttentionHeads = config.headCount
    intermediateSize = config.intermediateSize
    hiddenAct =
      switch config.activation {
      case .gelu: .gelu
      case .geluNew: .geluNew
      case .relu: .relu
      }
    hiddenDropoutProb = config.hiddenDropout
    attentionProbsDropoutProb = config.attentionDropout
    maxPositionEmbeddings = config.maximumPositions
    typeVocabSize = config.segmentCount
    initializerRange = config.initializerRange
    layerNormEps = config.layerNormEpsilon
    classifierDropout = config.classifierDropout
  }
}

extension PretrainedConfig {
  /// The head that a configuration speaks of; nil where it names no outputs.
  var head: HeadSpec? {
    if problemType == .regression { return .regression }
    guard let labels else { return nil }
    var classifier = ClassifierHeadSpec()
    classifier.labels = labels.count
    classifier.problemType =
      switch problemType {
      case .singleLabel: .singleLabel
      case .multiLabel: .multiLabel
      case .regression, nil: nil
      }
    return .classifier(classifier)
  }
}

extension BertModel {
  /// The engine's model for a plan; how many parameters there may be is a limit of the plan.
  init(_ plan: BertPlan) throws(BertConfigError) {
    var heads = BertHeads()
    heads.maskedLanguageModel = plan.maskedLanguageModel != nil
    heads.nextSentence = plan.predictsNextSentence
    heads.classifier = plan.isPretraining ? nil : plan.outputs
    try self.init(
      BertConfig(plan.config), heads: heads,
      weight: plan.spec.initializer.map(Initializer.init), parameterLimit: .max)
  }
}
