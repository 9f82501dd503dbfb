/// What stands on top of a BERT's encoder, and so which parameters there are beside it.
package struct BertHeads: Sendable, Hashable {
  /// `cls.predictions`: which token stands at a position; its decoder is the table of words.
  package var maskedLanguageModel: Bool
  /// `cls.seq_relationship`: whether the second text follows the first (0) or is random (1).
  package var nextSentence: Bool
  /// Outputs of `classifier`: classes, labels, or 1 for a regression; nil: there is none.
  package var classifier: Int?
  /// `bert.pooler`, which next sentence and classifier read; else only if it is asked for.
  package var hasPooler: Bool {
    get { keepsPooler || nextSentence || classifier != nil }
    set { keepsPooler = newValue }
  }
  private var keepsPooler: Bool

  package init(
    maskedLanguageModel: Bool = false, nextSentence: Bool = false, classifier: Int? = nil,
    pooler: Bool = false
  ) {
    self.maskedLanguageModel = maskedLanguageModel
    self.nextSentence = nextSentence
    self.classifier = classifier
    keepsPooler = pooler
  }

  /// Those of `BertForPreTraining`.
  package static let pretraining = BertHeads(maskedLanguageModel: true, nextSentence: true)

  /// That of `BertForSequenceClassification`.
  package static func classifier(outputs: Int) -> BertHeads { BertHeads(classifier: outputs) }
}
