import Diagnostics
import Execution
import Experiments
import Foundation
import TestSupport
import Testing

/// Hugging Face folders in plans and runs: which files bear on what, and what is said of them.
@Suite struct PretrainedFolderTests {
  private static let source = ComponentExperiments.folder.appendingPathComponent("data/bert")

  private static let lines = (0..<24).map {
    "{\"text\": \"the sea is \($0 % 2 == 0 ? "warm" : "cold")\", \"k\": \"\($0 % 2)\"}\n"
  }.joined()

  private static let training = """
    ```experiment fit
    train:
      model: {pretrained: data/bert}
      data: {jsonl: data/t.jsonl, label: k, split: {train: 0.5, validation: 0.25, test: 0.25}}
      max_seq_length: 32
      epochs: 1
      batch_size: 8
    evaluate: {split: test, metrics: [loss]}
    ```

    """

  private static let alone = """
    ```experiment encoder
    model: {pretrained: data/bert}
    ```

    """

  private func project() throws -> NotebookProject {
    let project = try NotebookProject(["data/t.jsonl": Self.lines])
    for name in ["config.json", "model.safetensors", "vocab.txt"] {
      try project.folder.write(
        try Data(contentsOf: Self.source.appendingPathComponent(name)), to: "data/bert/\(name)")
    }
    return project
  }

  /// Fingerprint of each step.
  private func fingerprints(_ project: NotebookProject) -> [String: Fingerprint] {
    let planned = project.planned(Self.training)
    #expect(planned.errors == [])
    return Dictionary(
      uniqueKeysWithValues: planned.plan.steps.map { ($0.id.description, $0.fingerprint) })
  }

  @Test func filesThatAreNotReadBearOnNothing() throws {
    let project = try project()
    let before = fingerprints(project)
    for name in [
      "optimizer.safetensors", "model-00001-of-00002.safetensors", "README.md", "training_args.bin",
      "model.safetensors.index.json", "sub/config.json", ".hidden",
    ] {
      try project.folder.write("anything", to: "data/bert/\(name)")
      #expect(fingerprints(project) == before, "\(name)")
    }
  }

  @Test func filesThatAreReadBearOnWhatReadsThem() throws {
    let project = try project()
    let before = fingerprints(project)
    let training: Set = ["fit", "fit.train#0", "fit.evaluate#0"]
    let tokenizing = training.union(["fit.tokenizer"])
    for (name, from, to, expected) in [
      ("config.json", "\"hidden_dropout_prob\": 0.0", "\"hidden_dropout_prob\": 0.5", training),
      ("vocab.txt", "[MASK]\na\nb\n", "[MASK]\nb\na\n", tokenizing),
    ] {
      let path = "data/bert/\(name)"
      let text = try project.folder.text(path)
      let changed = text.replacingOccurrences(of: from, with: to)
      #expect(changed != text, "\(name)")
      try project.folder.write(changed, to: path)
      let after = fingerprints(project)
      #expect(Set(before.keys.filter { before[$0] != after[$0] }) == expected, "\(name)")
      try project.folder.write(text, to: path)
    }
    try swapWeights(project)
    let after = fingerprints(project)
    #expect(Set(before.keys.filter { before[$0] != after[$0] }) == training)
  }

  @Test func aTokenizerFileGoesBeforeTheVocabularyWhichIsNotReadThen() throws {
    let project = try project()
    let byVocabulary = fingerprints(project)
    let tokens = try project.folder.text("data/bert/vocab.txt").split(separator: "\n")
    let specials = tokens.prefix(5).enumerated().map {
      """
      {"id": \($0), "content": "\($1)", "single_word": false, "lstrip": false, "rstrip": false,
       "normalized": false, "special": true}
      """
    }.joined(separator: ", ")
    let members = tokens.enumerated().map { "\"\($1)\": \($0)" }.joined(separator: ", ")
    let file = """
      {"version": "1.0", "added_tokens": [\(specials)],
       "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                      "strip_accents": null, "lowercase": true},
       "pre_tokenizer": {"type": "BertPreTokenizer"},
       "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
       "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
       "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                 "max_input_chars_per_word": 100, "vocab": {\(members)}}}
      """
    try project.folder.write(file, to: "data/bert/tokenizer.json")
    let byFile = fingerprints(project)
    #expect(byFile["fit.tokenizer"] != byVocabulary["fit.tokenizer"])
    for name in ["vocab.txt", "tokenizer_config.json"] {
      try project.folder.write("of no use\n", to: "data/bert/\(name)")
      #expect(fingerprints(project) == byFile, "\(name)")
    }
    try project.folder.write(file + "\n", to: "data/bert/tokenizer.json")
    #expect(fingerprints(project)["fit.tokenizer"] != byFile["fit.tokenizer"])
  }

  // MARK: What is wrong with a folder

  /// Faults by a word of their message.
  private static let faults: [(word: String, make: @Sendable (TemporaryFolder) throws -> Void)] = [
    ("`data/bert` does not exist", { try remove("", $0) }),
    ("has no `config.json`", { try remove("config.json", $0) }),
    ("has no `model.safetensors`", { try remove("model.safetensors", $0) }),
    (
      "never read",
      {
        try remove("model.safetensors", $0)
        try $0.write("pickled", to: "data/bert/pytorch_model.bin")
      }
    ),
    (
      "num_attention_heads",
      { try edit("\"num_attention_heads\": 2", "\"num_attention_heads\": 3", $0) }
    ),
    ("word_embeddings", { try edit("\"vocab_size\": 100", "\"vocab_size\": 50", $0) }),
    (
      "lack `bert.encoder.layer.2",
      { try edit("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", $0) }
    ),
    (
      "num_hidden_layers",
      { try edit("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 900000", $0) }
    ),
    ("hidden_act", { try edit("\"gelu\"", "\"swish\"", $0) }),
    ("model.safetensors", { try $0.write("no tensors", to: "data/bert/model.safetensors") }),
    (
      "the symbolic link `model.safetensors`",
      {
        try remove("model.safetensors", $0)
        try FileManager.default.createSymbolicLink(
          at: $0.url("data/bert/model.safetensors"),
          withDestinationURL: PretrainedFolderTests.source.appendingPathComponent(
            "model.safetensors"))
      }
    ),
    (
      "the symbolic link `config.json`",
      {
        try remove("config.json", $0)
        try FileManager.default.createSymbolicLink(
          at: $0.url("data/bert/config.json"),
          withDestinationURL: PretrainedFolderTests.source.appendingPathComponent("config.json"))
      }
    ),
    (
      "it is a file",
      {
        try remove("", $0)
        try $0.write("a file", to: "data/bert")
      }
    ),
  ]

  private static func remove(_ name: String, _ folder: TemporaryFolder) throws {
    try FileManager.default.removeItem(
      at: name.isEmpty ? folder.url("data/bert") : folder.url("data/bert/\(name)"))
  }

  private static func edit(_ from: String, _ to: String, _ folder: TemporaryFolder) throws {
    let text = try folder.text("data/bert/config.json")
    let edited = text.replacingOccurrences(of: from, with: to)
    #expect(edited != text, "\(from)")
    try folder.write(edited, to: "data/bert/config.json")
  }

  @Test func aModelThatNothingUsesIsCheckedAsOneInUse() throws {
    for (word, make) in Self.faults {
      let project = try project()
      #expect(project.planned(Self.alone).errors == [])
      try make(project.folder)
      let alone = project.planned(Self.alone).errors
      #expect(alone.count == 1 && alone.first?.contains(word) == true, "\(word): \(alone)")
      #expect(project.planned(Self.training).errors == alone, "\(word)")
      // Told once where both are there.
      let both =
        Self.alone
        + Self.training.replacingOccurrences(of: "{pretrained: data/bert}", with: "encoder")
      #expect(project.planned(both).errors == alone, "\(word)")
    }
  }

  @Test func aBertThatNothingUsesIsCheckedToo() throws {
    let text = """
      ```experiment encoder
      model: {bert: {hidden_size: 30, num_attention_heads: 4}}
      ```

      """
    let errors = try project().planned(text).errors
    #expect(errors.count == 1 && errors.first?.contains("num_attention_heads") == true, "\(errors)")
  }

  @Test func aLinkInAFolderOfTextsIsNamedWithItsFolder() throws {
    let project = try NotebookProject(["data/f/a/1.txt": "A text."])
    try FileManager.default.createSymbolicLink(
      at: project.folder.url("data/f/a/2.txt"),
      withDestinationURL: project.folder.url("data/f/a/1.txt"))
    let errors = project.planned(
      """
      ```experiment texts
      dataset: {text: data/f}
      ```

      """
    ).errors
    #expect(errors.first?.contains("`a/2.txt`") == true, "\(errors)")
  }

  // MARK: Between plan and use

  /// Changes the last bits of one weight; the file stays as long as it was.
  private func swapWeights(_ project: NotebookProject) throws {
    var bytes = try project.folder.bytes("data/bert/model.safetensors")
    bytes[bytes.count - 4] ^= 1
    try project.folder.write(bytes, to: "data/bert/model.safetensors")
  }

  @Test func whatIsSwappedBetweenPlanAndUseIsFound() throws {
    let project = try project()
    let expected = try project.planned(Self.training).run().bytes
    #expect(expected["fit"] != nil)
    let original = try project.folder.bytes("data/bert/model.safetensors")

    let planned = project.planned(Self.training)
    try swapWeights(project)
    let run = try planned.run(RunOptions(store: project.folder.store))
    #expect(run.failures.map(\.id) == ["data.changed"])
    #expect(run.failures.first?.message.contains("data/bert") == true)
    #expect(run.results["fit"] == nil)
    let kinds = project.folder.store.listing().compactMap { $0.provenance?.kind }
    #expect(!kinds.contains(.train) && !kinds.contains(.combine), "\(kinds)")

    // What is gone, or is nothing of its kind any more, has changed.
    let changes: [(TemporaryFolder) throws -> Void] = [
      { try Self.remove("model.safetensors", $0) }, { try Self.remove("config.json", $0) },
      { try Self.remove("vocab.txt", $0) }, { try Self.remove("", $0) },
      { try $0.write("no tensors", to: "data/bert/model.safetensors") },
      { try $0.write("no JSON", to: "data/bert/config.json") },
      { try $0.write("{}", to: "data/bert/tokenizer.json") },
    ]
    for (index, change) in changes.enumerated() {
      let other = try self.project()
      let planned = other.planned(Self.training)
      try change(other.folder)
      let failures = Set(try planned.run().failures.map(\.id))
      #expect(failures == ["data.changed"], "\(index)")
    }

    // Another vocabulary is as bad.
    try project.folder.write(original, to: "data/bert/model.safetensors")
    let vocabulary = try project.folder.text("data/bert/vocab.txt")
    let again = project.planned(Self.training)
    try project.folder.write(
      vocabulary.replacingOccurrences(of: "[MASK]\na\nb\n", with: "[MASK]\nb\na\n"),
      to: "data/bert/vocab.txt")
    #expect(try again.run().failures.map(\.id) == ["data.changed"])

    try project.folder.write(vocabulary, to: "data/bert/vocab.txt")
    let restored = try project.planned(Self.training).run(
      RunOptions(store: project.folder.store))
    #expect(restored.failures.map(\.message) == [])
    #expect(restored.bytes == expected)
  }
}
