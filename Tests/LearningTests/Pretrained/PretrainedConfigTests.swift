import Learning
import Testing

/// `config.json`: what it says, what it may not say, and what it is written as.
@Suite struct PretrainedConfigTests {
  private func read(_ text: String) throws(PretrainedError) -> PretrainedConfig {
    try PretrainedConfig(json: Array(text.utf8))
  }

  private func message(_ text: String) -> String? {
    do throws(PretrainedError) {
      _ = try read(text)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("an empty configuration is BERT-base")
  func defaults() throws {
    let config = try read("{}")
    #expect(config == PretrainedConfig(BertConfig()))
  }

  @Test("every field of a file by transformers is read; what it says beside is not noted")
  func transformers() throws {
    let config = try read(
      """
      {"architectures": ["BertForSequenceClassification"], "attention_probs_dropout_prob": 0.2,
       "bos_token_id": null, "classifier_dropout": 0.3, "dtype": "float32", "eos_token_id": null,
       "hidden_act": "gelu_pytorch_tanh", "hidden_dropout_prob": 0, "hidden_size": 32,
       "id2label": {"1": "b", "0": "a", "2": "c"}, "initializer_range": 0.01,
       "intermediate_size": 64, "is_decoder": false, "label2id": {"a": 0, "b": 1, "c": 2},
       "layer_norm_eps": 1e-05, "max_position_embeddings": 64, "model_type": "bert",
       "num_attention_heads": 2, "num_hidden_layers": 3, "pad_token_id": null,
       "pooler_type": "first_token_transform", "position_embedding_type": "absolute",
       "problem_type": "multi_label_classification", "pruned_heads": {},
       "tie_word_embeddings": true, "transformers_version": "5.23.0", "type_vocab_size": 4,
       "use_cache": true, "vocab_size": 100, "xyz": [1, {"a": 2}], "quantization_config": null}
      """)
    var bert = BertConfig()
    bert.vocabularySize = 100
    bert.hiddenSize = 32
    bert.layerCount = 3
    bert.headCount = 2
    bert.intermediateSize = 64
    bert.activation = .geluNew
    bert.hiddenDropout = 0
    bert.attentionDropout = 0.2
    bert.maximumPositions = 64
    bert.segmentCount = 4
    bert.initializerRange = 0.01
    bert.layerNormEpsilon = 1e-5
    bert.paddingToken = nil
    bert.classifierDropout = 0.3
    #expect(config.bert == bert)
    #expect(config.architecture == .sequenceClassification)
    #expect(config.labels == ["a", "b", "c"] && config.problemType == .multiLabel)
    #expect(config.unknownKeys == ["xyz"])
  }

  @Test("what is written is read back, and written again the same")
  func roundTrips() throws {
    for (index, (_, architecture)) in TinyBert.heads.enumerated() {
      var config = PretrainedConfig(TinyBert.config, architecture: architecture)
      if index % 2 == 0 {
        config.labels = ["正", "\"x\"", "a\u{30A}"]
        config.problemType = .regression
        config.bert.paddingToken = nil
        config.bert.classifierDropout = nil
        config.bert.layerNormEpsilon = 0x1.123456789p-40
      }
      let again = try PretrainedConfig(json: config.encoded())
      #expect(again == config && again.encoded() == config.encoded())
    }
  }

  @Test(
    "settings of another network are refused, with their place",
    arguments: [
      ("\"model_type\": \"roberta\"", "model_type"), ("\"is_decoder\": true", "is_decoder"),
      ("\"position_embedding_type\": \"relative_key\"", "position_embedding_type"),
      ("\"add_cross_attention\": true", "add_cross_attention"),
      ("\"is_encoder_decoder\": true", "is_encoder_decoder"),
      ("\"tie_word_embeddings\": false", "tie_word_embeddings"),
      ("\"hidden_act\": \"swish\"", "hidden_act"), ("\"hidden_act\": 3", "string"),
      ("\"architectures\": [\"RobertaModel\"]", "BertForMaskedLM"),
      ("\"architectures\": \"BertModel\"", "array"),
      ("\"pruned_heads\": {\"0\": [1]}", "pruned_heads"),
      ("\"quantization_config\": {\"load_in_8bit\": true}", "quantization_config"),
      ("\"problem_type\": \"ranking\"", "regression"),
    ])
  func otherNetworks(_ member: String, _ word: String) {
    let text = message("{\n  \(member)}")
    #expect(
      text?.hasPrefix("config.json:2:") == true && text?.contains(word) == true, "\(text ?? "")")
  }

  @Test(
    "numbers that are none, or make no sense, are refused",
    arguments: [
      "\"hidden_size\": 32.0", "\"hidden_size\": 1e3", "\"hidden_size\": \"768\"",
      "\"hidden_size\": true", "\"hidden_size\": 99999999999999999999", "\"hidden_size\": -768",
      "\"hidden_size\": 0", "\"hidden_size\": 770", "\"hidden_size\": [768]",
      "\"num_attention_heads\": 0", "\"num_attention_heads\": 9223372036854775807",
      "\"num_hidden_layers\": 9223372036854775807", "\"vocab_size\": 9223372036854775807",
      "\"vocab_size\": -1", "\"max_position_embeddings\": 0",
      "\"max_position_embeddings\": 4611686018427387904", "\"type_vocab_size\": 257",
      "\"hidden_dropout_prob\": 1", "\"hidden_dropout_prob\": -0.1",
      "\"hidden_dropout_prob\": \"NaN\"", "\"attention_probs_dropout_prob\": 1e400",
      "\"classifier_dropout\": 2", "\"layer_norm_eps\": 0", "\"layer_norm_eps\": 1e-60",
      "\"layer_norm_eps\": \"Infinity\"", "\"initializer_range\": -1", "\"pad_token_id\": 30522",
      "\"pad_token_id\": -1", "\"pad_token_id\": 4294967296", "\"pad_token_id\": 0.5",
      "\"id2label\": []", "\"id2label\": {\"1\": \"a\"}", "\"id2label\": {\"00\": \"a\"}",
      "\"id2label\": {\"+0\": \"a\"}", "\"id2label\": {\"0\": 1}",
      "\"id2label\": {\"0\": \"a\", \"-1\": \"b\"}",
      "\"id2label\": {\"0\": \"a\", \"9223372036854775808\": \"b\"}",
    ])
  func numbers(_ member: String) {
    #expect(message("{\(member)}")?.hasPrefix("config.json") == true)
  }

  @Test("text that is no JSON object is refused")
  func syntax() throws {
    for text in [
      "", "[]", "{", "{}x", "{\"a\": 1, \"a\": 2}", "{\"hidden_size\": 768, \"hidden_size\": 768}",
      "{\"a\": \"\\ud800\"}", "{\"a\": \(String(repeating: "[", count: 100_000))}", "{\"a\": 01}",
    ] {
      #expect(message(text)?.hasPrefix("config.json:") == true, "\(text.prefix(40))")
    }
    #expect(throws: PretrainedError.self) { try PretrainedConfig(json: [0x7B, 0x22, 0xFF, 0x22]) }
    let long = [UInt8](repeating: 0x20, count: PretrainedConfig.byteLimit + 1)
    #expect(throws: PretrainedError.self) { try PretrainedConfig(json: long) }
  }
}
