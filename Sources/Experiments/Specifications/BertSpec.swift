/// A BERT with fresh weights, by the names of Hugging Face's `BertConfig`.
package struct BertSpec: Sendable, Hashable {
  package var config = BertConfigSpec()
  /// Weights of linear layers and embeddings; nil: normal with `initializer_range`.
  package var initializer: InitializerSpec?
  package var head: HeadSpec?

  package init() {}
}

/// Every field of `BertConfig` that changes the mathematics; the defaults are BERT-base.
package struct BertConfigSpec: Sendable, Hashable {
  package enum Activation: String, Sendable, Hashable, CaseIterable {
    case gelu
    case geluNew = "gelu_new"
    case relu
  }

  package var vocabSize = 30522
  package var hiddenSize = 768
  package var numHiddenLayers = 12
  package var numAttentionHeads = 12
  package var intermediateSize = 3072
  package var hiddenAct = Activation.gelu
  package var hiddenDropoutProb = 0.1
  package var attentionProbsDropoutProb = 0.1
  package var maxPositionEmbeddings = 512
  package var typeVocabSize = 2
  package var initializerRange = 0.02
  package var layerNormEps = 1e-12
  /// Dropout before the classifier; nil: `hidden_dropout_prob`.
  package var classifierDropout: Double?

  package init() {}
}

/// What stands on a BERT encoder to predict the targets of a data set.
package enum HeadSpec: Sendable, Hashable {
  case classifier(ClassifierHeadSpec)
  /// One number, learned by the mean squared error.
  case regression
}

/// A linear layer on the pooled output.
package struct ClassifierHeadSpec: Sendable, Hashable {
  /// nil: as many as the data has classes.
  package var labels: Int?
  /// nil: as the data has it.
  package var problemType: ProblemTypeSpec?

  package init() {}
}

/// What the outputs of a classifier mean, by Hugging Face's names.
package enum ProblemTypeSpec: String, Sendable, Hashable, CaseIterable {
  /// One class a row: the outputs exclude each other.
  case singleLabel = "single_label_classification"
  /// Any of the labels: each output is judged by itself.
  case multiLabel = "multi_label_classification"
}

/// The architecture and, where they were trained, the weights of another block.
package struct DerivedModelSpec: Sendable, Hashable {
  /// A `train` block, whose weights are taken over, or a `model` block, whose are not.
  package var from = ""
  package var head: HeadSpec?

  package init() {}
}

/// The weights of a Hugging Face folder below the project root.
package struct PretrainedModelSpec: Sendable, Hashable {
  package var pretrained = ""
  package var head: HeadSpec?

  package init() {}
}

/// What pre-training makes the model predict.
package enum ObjectiveSpec: Sendable, Hashable {
  case maskedLanguageModel(MaskedLanguageModelSpec)
  /// Whether the second text follows the first; half of the pairs do.
  case nextSentence
}

/// Tokens are hidden and predicted (Devlin and others 2019).
package struct MaskedLanguageModelSpec: Sendable, Hashable {
  /// Share of the tokens to predict.
  package var mlmProbability = 0.15
  /// Share of these that become `[MASK]`.
  package var maskReplaceProb = 0.8
  /// Share of these that become a random token; the rest stay.
  package var randomReplaceProb = 0.1
  /// Whether all tokens of a word are predicted together.
  package var wholeWord = false
  /// A file with a word a line, by which Chinese text is cut into words; nil: each character is one.
  package var wordList: String?

  package init() {}
}
