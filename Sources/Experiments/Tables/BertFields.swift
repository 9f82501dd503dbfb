import Diagnostics

extension BertSpec {
  static let table = FieldTable(
    "bert", "BERT with fresh weights; Devlin et al. 2019", defaults: BertSpec(),
    fields: [
      Field(
        "bert", \.config, .group(BertConfigSpec.table),
        "sizes and rates, by the names of `BertConfig`; left out: BERT-base", required: true),
      Field(
        "init", \.initializer, .optional(InitializerSpec.family.type),
        "how weights and embeddings begin", aliases: ["weight_init", "initializer"],
        default: "normal, with `initializer_range` as deviation"),
      headField(\.head),
    ])
}

extension BertConfigSpec {
  static let table = FieldTable(
    "bert_config", "Hugging Face's `BertConfig`", defaults: BertConfigSpec(),
    elsewhere: [
      "num_labels": "it is a field of the head, `head: {classifier: {labels: 3}}`"
    ],
    fields: sizes + rates, check: checkHeads)

  private static let sizes: [Field<BertConfigSpec>] = [
    Field("vocab_size", \.vocabSize, .integer(6...10_000_000), "tokens of the vocabulary"),
    Field(
      "hidden_size", \.hiddenSize, .integer(1...1_000_000), "width of the encoder",
      aliases: ["d_model", "dim"]),
    Field(
      "num_hidden_layers", \.numHiddenLayers, .integer(1...1000), "layers of the encoder",
      aliases: ["n_layers", "num_layers"]),
    Field(
      "num_attention_heads", \.numAttentionHeads, .integer(1...10_000),
      "heads of each layer; they divide `hidden_size`", aliases: ["n_heads", "num_heads"]),
    Field(
      "intermediate_size", \.intermediateSize, .integer(1...1_000_000),
      "width of the feed-forward layer", aliases: ["d_ff", "hidden_dim"]),
    Field(
      "max_position_embeddings", \.maxPositionEmbeddings, .integer(2...1_000_000),
      "tokens of a sequence at most", aliases: ["n_positions", "max_len"]),
    Field("type_vocab_size", \.typeVocabSize, .integer(1...256), "kinds of segment"),
  ]

  private static let rates: [Field<BertConfigSpec>] = [
    Field(
      "hidden_act", \.hiddenAct, .choice, "activation of the feed-forward layer",
      aliases: ["activation"]),
    Field(
      "hidden_dropout_prob", \.hiddenDropoutProb, .number(.share),
      "probability of dropping an element of embeddings and layers",
      aliases: ["dropout", "dropout_rate", "hidden_dropout"]),
    Field(
      "attention_probs_dropout_prob", \.attentionProbsDropoutProb, .number(.share),
      "probability of dropping an attention weight", aliases: ["attention_dropout"]),
    Field(
      "classifier_dropout", \.classifierDropout, .optional(.number(.share)),
      "probability of dropping before the head", default: "`hidden_dropout_prob`"),
    Field(
      "initializer_range", \.initializerRange, .number(.nonnegative),
      "standard deviation of the weights at the beginning"),
    Field(
      "layer_norm_eps", \.layerNormEps, .number(.positive), "added to the variance in layer norms"),
  ]

  private static func checkHeads(
    _ spec: BertConfigSpec, _ node: YAMLNode, _ owner: SourceRange,
    _ diagnostics: inout [Diagnostic]
  ) {
    guard spec.hiddenSize % spec.numAttentionHeads != 0 else { return }
    diagnostics.append(
      Diagnostic(
        "experiment.conflict",
        "`num_attention_heads` divides `hidden_size`: \(spec.hiddenSize) is no multiple of "
          + "\(spec.numAttentionHeads)",
        at: node["num_attention_heads"]?.range ?? node["hidden_size"]?.range ?? owner))
  }
}

extension HeadSpec {
  static let family = ComponentFamily<HeadSpec>(
    "head",
    aliases: [
      "classification": "classifier", "sequence_classification": "classifier",
      "regressor": "regression",
    ],
    later: ["token_classifier", "question_answering"],
    [
      .init(
        FieldTable(
          "classifier", "classes from the pooled output", defaults: ClassifierHeadSpec(),
          fields: [
            Field(
              "labels", \.labels, .optional(.integer(1...1_000_000), none: false),
              "number of classes", aliases: ["num_labels", "classes", "num_classes"],
              default: "as many as the data has"),
            Field(
              "problem_type", \.problemType, .optional(ProblemTypeSpec.type, none: false),
              "whether a row has one class, or any of the labels", default: "as the data has it"),
          ]), { .classifier($0) }, { if case .classifier(let s) = $0 { s } else { nil } }),
      .init("regression", "one number from the pooled output", .regression),
    ])
}

extension ProblemTypeSpec {
  /// Hugging Face's third word is a head of its own here.
  fileprivate static let type = ValueType<ProblemTypeSpec>(
    shape: ValueType<ProblemTypeSpec>.choice.shape,
    decode: { node, place, diagnostics in
      guard node.text == "regression" else {
        return ValueType.choice.decode(node, place, &diagnostics)
      }
      diagnostics.append(
        Diagnostic(
          "experiment.unknown-value", "A regression is a head of its own, and no classifier",
          at: node.range, suggestion: "head: regression"))
      return nil
    },
    encode: { .text($0.rawValue) })
}

extension DerivedModelSpec {
  static let table = FieldTable(
    "derived", "the architecture and, where there are any, the trained weights of another block",
    defaults: DerivedModelSpec(),
    fields: [
      Field(
        "from", \.from, .blockName(of: [.train, .model]),
        "a `train` block, whose weights are taken over, or a `model` block, which begins afresh",
        required: true),
      headField(\.head),
    ])
}

extension PretrainedModelSpec {
  static let table = FieldTable(
    "pretrained", "the weights of a Hugging Face folder", defaults: PretrainedModelSpec(),
    fields: [
      Field(
        "pretrained", \.pretrained, .filePath,
        "the folder, relative to the project root, with `config.json` and `model.safetensors`",
        aliases: ["from_pretrained", "model_name_or_path"], required: true),
      headField(\.head),
    ])
}

private func headField<Spec>(
  _ path: any WritableKeyPath<Spec, HeadSpec?> & Sendable
) -> Field<Spec> {
  Field(
    "head", path, .optional(HeadSpec.family.type), "what predicts the targets of the data",
    default: "a classifier of classes or of labels, or a regression, as the data has it")
}

extension ObjectiveSpec {
  static let family = ComponentFamily<ObjectiveSpec>(
    "objective",
    aliases: ["mlm": "masked_language_model", "nsp": "next_sentence"],
    later: ["replaced_token_detection", "sentence_order"],
    [
      .init(
        maskedLanguageModel, { .maskedLanguageModel($0) },
        { if case .maskedLanguageModel(let s) = $0 { s } else { nil } }),
      .init(
        "next_sentence", "whether the second text follows the first; half of the pairs do",
        .nextSentence),
    ])

  private static let maskedLanguageModel = FieldTable(
    "masked_language_model", "hidden tokens are predicted; Devlin et al. 2019",
    defaults: MaskedLanguageModelSpec(),
    fields: [
      Field(
        "mlm_probability", \.mlmProbability, .number(NumberRange(from: 0, 1, includesLower: false)),
        "share of the tokens to predict", aliases: ["masking_probability", "mask_prob", "p"]),
      Field(
        "mask_replace_prob", \.maskReplaceProb, .number(.share),
        "share of these that become `[MASK]`"),
      Field(
        "random_replace_prob", \.randomReplaceProb, .number(.share),
        "share of these that become a random token; the rest stay"),
      Field(
        "whole_word", \.wholeWord, .flag, "predict all tokens of a word together",
        aliases: ["whole_word_mask"]),
      Field(
        "word_list", \.wordList, .optional(.filePath, none: false),
        "a file with a word a line, by which Chinese text is cut into words",
        default: "none: each character is a word"),
    ],
    check: { spec, node, owner, diagnostics in
      if spec.maskReplaceProb + spec.randomReplaceProb > 1 {
        diagnostics.append(
          Diagnostic(
            "experiment.out-of-range",
            "`mask_replace_prob` and `random_replace_prob` add up to 1 at most",
            at: node["mask_replace_prob"]?.range ?? node["random_replace_prob"]?.range ?? owner))
      }
      if spec.wordList != nil, !spec.wholeWord {
        diagnostics.append(
          Diagnostic(
            "experiment.conflict", "`word_list` goes with `whole_word: true`",
            at: node["word_list"]?.range ?? owner))
      }
    })
}
