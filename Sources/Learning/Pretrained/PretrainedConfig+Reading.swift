internal import JSON

extension PretrainedConfig {
  /// Keys that change no number of ours: storage, generation, training, and what TensorFlow left.
  private static let harmlessKeys: Set<String> = [
    "_name_or_path", "_attn_implementation", "attn_implementation", "bos_token_id",
    "chunk_size_feed_forward", "cls_token_id", "directionality", "dtype", "eos_token_id",
    "finetuning_task", "gradient_checkpointing", "label2id", "mask_token_id", "model_type",
    "num_labels", "output_attentions", "output_hidden_states", "output_past", "pooler_fc_size",
    "pooler_num_attention_heads", "pooler_num_fc_layers", "pooler_size_per_head", "pooler_type",
    "return_dict", "sep_token_id", "task_specific_params", "tokenizer_class", "torch_dtype",
    "torchscript", "transformers_version", "use_bfloat16", "use_cache",
  ]

  /// Reads `config.json`.
  ///
  /// Fields that the file lacks have Hugging Face's defaults, which are BERT-base. A key that would
  /// make it compute something else than a BERT encoder is refused; one that nobody knows is noted
  /// in ``unknownKeys``.
  package init(json bytes: [UInt8]) throws(PretrainedError) {
    guard bytes.count <= Self.byteLimit else {
      throw .tooManyBytes(file: Self.fileName, limit: Self.byteLimit)
    }
    do throws(JSONFault) {
      let fields = try ConfigFields(JSONParser.parse(bytes, path: Self.fileName))
      try Self.refuseOtherNetworks(fields)
      self.init(
        try Self.bert(fields), architecture: try Self.architecture(fields),
        labels: try Self.labels(fields),
        problemType: try fields.read("problem_type") { node throws(JSONFault) in
          try node.choice(ProblemType.self)
        })
      unknownKeys = fields.unread.filter { !Self.harmlessKeys.contains($0) }
    } catch {
      throw PretrainedError(error)
    }
    do throws(BertConfigError) {
      try bert.validate()
    } catch {
      throw .config(error)
    }
  }

  private static func bert(_ fields: ConfigFields) throws(JSONFault) -> BertConfig {
    var bert = BertConfig()
    try fields.integer("vocab_size", &bert.vocabularySize)
    try fields.integer("hidden_size", &bert.hiddenSize)
    try fields.integer("num_hidden_layers", &bert.layerCount)
    try fields.integer("num_attention_heads", &bert.headCount)
    try fields.integer("intermediate_size", &bert.intermediateSize)
    try fields.integer("max_position_embeddings", &bert.maximumPositions)
    try fields.integer("type_vocab_size", &bert.segmentCount)
    try fields.number("hidden_dropout_prob", &bert.hiddenDropout)
    try fields.number("attention_probs_dropout_prob", &bert.attentionDropout)
    try fields.number("initializer_range", &bert.initializerRange)
    try fields.number("layer_norm_eps", &bert.layerNormEpsilon)
    bert.classifierDropout = try fields.read("classifier_dropout") { node throws(JSONFault) in
      try node.double()
    }
    if let activation = try fields.read("hidden_act", activation) { bert.activation = activation }
    if fields.has("pad_token_id") {
      bert.paddingToken = try fields.read("pad_token_id") { node throws(JSONFault) in
        guard let token = Int32(exactly: try node.integer()), token >= 0 else {
          throw JSONFault("a token is a number of the vocabulary, from 0", at: node.range)
        }
        return token
      }
    }
    return bert
  }

  private static func activation(_ node: JSONNode) throws(JSONFault) -> BertConfig.Activation {
    switch try node.string() {
    case "gelu", "gelu_python": return .gelu
    case "gelu_new", "gelu_pytorch_tanh": return .geluNew
    case "relu": return .relu
    default:
      throw JSONFault(
        "`hidden_act` is `gelu`, `gelu_new` (`gelu_pytorch_tanh`) or `relu`", at: node.range)
    }
  }

  /// The first class that is named; another one than ours is refused.
  private static func architecture(_ fields: ConfigFields) throws(JSONFault) -> Architecture? {
    let names = try fields.read("architectures") { node throws(JSONFault) in
      try node.array { name throws(JSONFault) in try name.choice(Architecture.self) }
    }
    return names?.first
  }

  /// Names of the outputs, in order of their numbers, which have no gap.
  private static func labels(_ fields: ConfigFields) throws(JSONFault) -> [String]? {
    try fields.read("id2label") { node throws(JSONFault) in
      guard case .object(let members) = node.value else {
        throw JSONFault("this is an object: a name for each output, by its number", at: node.range)
      }
      var labels = [String?](repeating: nil, count: members.count)
      for member in members {
        guard let index = Int(member.key), labels.indices.contains(index), labels[index] == nil,
          member.key == "\(index)"
        else {
          throw JSONFault(
            "the keys of `id2label` are the numbers from 0, each once", at: member.node.range)
        }
        labels[index] = try member.node.string()
      }
      return labels.compactMap(\.self)
    }
  }

  /// Settings under which Hugging Face computes another network than a BERT encoder.
  private static func refuseOtherNetworks(_ fields: ConfigFields) throws(JSONFault) {
    try fields.require("model_type", is: "bert", "another `model_type` is another network")
    try fields.require(
      "position_embedding_type", is: "absolute", "only absolute positions are supported")
    try fields.require("is_decoder", is: false, "a decoder sees no later token: not supported")
    try fields.require("is_encoder_decoder", is: false, "only encoders are supported")
    try fields.require("add_cross_attention", is: false, "only encoders are supported")
    try fields.require(
      "tie_word_embeddings", is: true, "a decoder of its own is not supported: tie it")
    for key in ["quantization_config", "pruned_heads"] {
      _ = try fields.read(key) { node throws(JSONFault) in
        if case .object(let members) = node.value, members.isEmpty { return }
        throw JSONFault("`\(key)` is not supported: save the model without it", at: node.range)
      }
    }
  }
}

/// The members of `config.json`, and which of them were asked for.
///
/// A null says as much as nothing.
private final class ConfigFields {
  private let nodes: [String: JSONNode]
  private var asked: Set<String> = []

  init(_ node: JSONNode) throws(JSONFault) {
    guard case .object(let members) = node.value else {
      throw JSONFault("a configuration is an object", at: node.range)
    }
    nodes = Dictionary(members.map { ($0.key, $0.node) }, uniquingKeysWith: { $1 })
  }

  /// Keys that nobody asked for, sorted.
  var unread: [String] { nodes.keys.filter { !asked.contains($0) }.sorted() }

  func has(_ key: String) -> Bool { nodes[key] != nil }

  func read<Value>(
    _ key: String, _ decode: (JSONNode) throws(JSONFault) -> Value
  ) throws(JSONFault) -> Value? {
    asked.insert(key)
    guard let node = nodes[key] else { return nil }
    if case .null = node.value { return nil }
    return try decode(node)
  }

  func integer(_ key: String, _ value: inout Int) throws(JSONFault) {
    if let found = try read(key, { node throws(JSONFault) in try node.integer() }) { value = found }
  }

  func number(_ key: String, _ value: inout Double) throws(JSONFault) {
    if let found = try read(key, { node throws(JSONFault) in try node.double() }) { value = found }
  }

  func require(_ key: String, is expected: String, _ rule: String) throws(JSONFault) {
    _ = try read(key) { node throws(JSONFault) in
      guard try node.string() == expected else {
        throw JSONFault("`\(key)` is `\(expected)`: \(rule)", at: node.range)
      }
    }
  }

  func require(_ key: String, is expected: Bool, _ rule: String) throws(JSONFault) {
    _ = try read(key) { node throws(JSONFault) in
      guard try node.bool() == expected else {
        throw JSONFault("`\(key)` is `\(expected)`: \(rule)", at: node.range)
      }
    }
  }
}
