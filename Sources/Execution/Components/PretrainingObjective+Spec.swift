internal import Experiments
internal import Learning

extension PretrainingObjective {
  /// The engine's objective for a planned pre-training.
  init(_ plan: BertPlan) {
    self.init(
      maskedLanguageModel: plan.maskedLanguageModel != nil,
      nextSentence: plan.predictsNextSentence, maxSequenceLength: plan.maxSeqLength)
    guard let masked = plan.maskedLanguageModel else { return }
    masking = masked.wholeWord ? .wholeWord : .token
    maskedShare = masked.mlmProbability
    maskShare = masked.maskReplaceProb
    randomShare = masked.randomReplaceProb
  }
}
