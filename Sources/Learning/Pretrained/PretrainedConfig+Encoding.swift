internal import JSON

extension PretrainedConfig {
  /// `config.json`, as transformers reads it: equal configurations give equal bytes.
  package func encoded() -> [UInt8] {
    var members: [String: CanonicalJSON?] = [
      "architectures": architecture.map { .array([.string($0.rawValue)]) },
      "attention_probs_dropout_prob": .double(bert.attentionDropout),
      "classifier_dropout": bert.classifierDropout.map(CanonicalJSON.double) ?? .null,
      "dtype": .string("float32"),
      "hidden_act": .string(bert.activation.rawValue),
      "hidden_dropout_prob": .double(bert.hiddenDropout),
      "hidden_size": .integer(bert.hiddenSize),
      "initializer_range": .double(bert.initializerRange),
      "intermediate_size": .integer(bert.intermediateSize),
      "layer_norm_eps": .double(bert.layerNormEpsilon),
      "max_position_embeddings": .integer(bert.maximumPositions),
      "model_type": .string("bert"),
      "num_attention_heads": .integer(bert.headCount),
      "num_hidden_layers": .integer(bert.layerCount),
      "pad_token_id": bert.paddingToken.map { .integer(Int($0)) } ?? .null,
      "position_embedding_type": .string("absolute"),
      "problem_type": problemType.map { .string($0.rawValue) },
      "tie_word_embeddings": .bool(true),
      "type_vocab_size": .integer(bert.segmentCount),
      "vocab_size": .integer(bert.vocabularySize),
    ]
    if let labels {
      let numbered = labels.enumerated()
      members["id2label"] = .object(
        Dictionary(uniqueKeysWithValues: numbered.map { ("\($0.offset)", .string($0.element)) }))
      members["label2id"] = .object(
        Dictionary(
          numbered.map { ($0.element, .integer($0.offset)) }, uniquingKeysWith: { a, _ in a }))
    }
    return Array(CanonicalJSON.members(members).text.utf8)
  }
}
