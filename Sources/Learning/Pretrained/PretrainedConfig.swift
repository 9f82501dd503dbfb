/// What `config.json` says: the BERT, its head, and what the head's outputs are called.
package struct PretrainedConfig: Sendable, Hashable {
  package static let fileName = "config.json"
  /// Most bytes of the file.
  package static let byteLimit = 1 << 22

  /// Hugging Face's classes that have a BERT and heads which we know.
  package enum Architecture: String, Sendable, Hashable, CaseIterable {
    case encoder = "BertModel"
    case pretraining = "BertForPreTraining"
    case maskedLanguageModel = "BertForMaskedLM"
    case nextSentence = "BertForNextSentencePrediction"
    case sequenceClassification = "BertForSequenceClassification"
  }

  /// What a classifier's outputs mean.
  package enum ProblemType: String, Sendable, Hashable, CaseIterable {
    case regression
    case singleLabel = "single_label_classification"
    case multiLabel = "multi_label_classification"
  }

  package var bert: BertConfig
  /// The first of `architectures`; nil where the file names none.
  package var architecture: Architecture?
  /// `id2label` in order of the ids; nil where the file has none.
  package var labels: [String]?
  /// `problem_type`; nil: Hugging Face decides by the targets.
  package var problemType: ProblemType?
  /// Keys of the file that say nothing which we know, and were not read.
  package var unknownKeys: [String] = []

  package init(
    _ bert: BertConfig, architecture: Architecture? = nil, labels: [String]? = nil,
    problemType: ProblemType? = nil
  ) {
    self.bert = bert
    self.architecture = architecture
    self.labels = labels
    self.problemType = problemType
  }
}

extension PretrainedConfig.Architecture {
  /// The class that has these heads and no others; nil where there is none.
  init?(_ heads: BertHeads) {
    switch (heads.maskedLanguageModel, heads.nextSentence, heads.classifier != nil) {
    case (false, false, false): self = .encoder
    case (true, true, false): self = .pretraining
    case (true, false, false): self = .maskedLanguageModel
    case (false, true, false): self = .nextSentence
    case (false, false, true): self = .sequenceClassification
    case (true, _, true), (_, true, true): return nil
    }
  }
}
