import Foundation
import TestSupport
import Testing

/// Every line of bad input to texts, tokenizers and BERTs: a diagnostic, exit 3 or 4, no trap.
@Suite struct BertBadInputTests {
  private static let folder = TestProject.repository
    .appendingPathComponent("Tests/Fixtures/components/data/bert")

  private static func notebook(
    data: String = "{jsonl: data/t.jsonl, label: k}", model: String = "{pretrained: data/bert}",
    more: String = ""
  ) -> String {
    """
    ```experiment fit
    train:
      model: \(model)
      data: \(data)
      max_seq_length: 32
      epochs: 1
      batch_size: 8
      \(more)
    evaluate: {split: test, metrics: [loss]}
    ```

    """
  }

  private static let lines = (0..<24).map {
    "{\"text\": \"the sea is \($0 % 2 == 0 ? "warm" : "cold")\", \"k\": \"\($0 % 2)\"}\n"
  }.joined()

  private func project(_ notebook: String) throws -> TestProject {
    let project = try TestProject(["notebooks/a.md": notebook, "data/t.jsonl": Self.lines])
    for name in ["config.json", "model.safetensors", "vocab.txt"] {
      try project.folder.write(
        try Data(contentsOf: Self.folder.appendingPathComponent(name)), to: "data/bert/\(name)")
    }
    return project
  }

  private func expect(
    _ project: TestProject, _ word: String, statuses: Set<Int32> = [3, 4],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try project.assay("render", "--quiet")
    let told = result.output + result.errors
    #expect(statuses.contains(result.status), "\(result)", sourceLocation: sourceLocation)
    #expect(told.contains(word), "\(told)", sourceLocation: sourceLocation)
    if result.status == 4 {
      #expect(!project.folder.exists("output"), sourceLocation: sourceLocation)
    }
  }

  @Test func theFolderAsItIsTrains() throws {
    let result = try project(Self.notebook()).assay("render", "--quiet")
    #expect(result.status == 0, "\(result)")
  }

  @Test func damagedWeightsAreRefused() throws {
    let bytes = try Data(contentsOf: Self.folder.appendingPathComponent("model.safetensors"))
    func weights(_ edit: (inout Data) -> Void) -> Data {
      var copy = bytes
      edit(&copy)
      return copy
    }
    let cases: [Data] = [
      Data(), Data([1, 2, 3]), weights { $0.removeLast(100) }, weights { $0.append(0) },
      weights { $0.replaceSubrange(0..<8, with: [255, 255, 255, 255, 255, 255, 255, 127]) },
      weights { $0[8] = UInt8(ascii: "[") },
    ]
    for (index, weights) in cases.enumerated() {
      let project = try project(Self.notebook())
      try project.folder.write(weights, to: "data/bert/model.safetensors")
      let result = try project.assay("render", "--quiet")
      #expect([3, 4].contains(result.status), "case \(index): \(result)")
      #expect(
        (result.output + result.errors).contains("model.safetensors"), "case \(index): \(result)")
    }
  }

  @Test func weightsThatAreMissingAreRefusedBeforeAnythingRuns() throws {
    for others in [[], ["pytorch_model.bin"], ["optimizer.safetensors", "tokenizer.safetensors"]] {
      let project = try project(Self.notebook())
      try FileManager.default.removeItem(at: project.folder.url("data/bert/model.safetensors"))
      for name in others { try project.folder.write("something", to: "data/bert/\(name)") }
      for verb in ["lint", "plan", "render"] {
        let result = try project.assay(verb)
        #expect(result.status == 4, "\(verb) \(others): \(result)")
        let told = result.output + result.errors
        #expect(
          told.contains("error[data.foreign-file]")
            && told.contains(
              others.first == "pytorch_model.bin" ? "never read" : "model.safetensors"),
          "\(told)")
      }
    }
  }

  @Test func aModelThatNothingUsesIsLintedAndPlanned() throws {
    let project = try project("```experiment encoder\nmodel: {pretrained: data/none}\n```\n")
    for verb in ["lint", "plan", "render"] {
      let result = try project.assay(verb)
      #expect(result.status == 4, "\(verb): \(result)")
      #expect(
        (result.output + result.errors).contains("notebooks/a.md:2:21: error[data.missing-file]"),
        "\(result)")
    }
  }

  @Test func configurationsThatContradictAreRefused() throws {
    for (from, to, word) in [
      ("\"num_attention_heads\": 2", "\"num_attention_heads\": 3", "num_attention_heads"),
      ("\"hidden_size\": 32", "\"hidden_size\": -1", "hidden_size"),
      ("\"hidden_size\": 32", "\"hidden_size\": 64", "bert"),
      ("\"vocab_size\": 100", "\"vocab_size\": 50", "word_embeddings"),
      ("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"swish\"", "hidden_act"),
      ("{", "[", "config.json"),
    ] {
      let project = try project(Self.notebook())
      let config = try String(
        contentsOf: Self.folder.appendingPathComponent("config.json"), encoding: .utf8)
      let changed = config.replacingOccurrences(of: from, with: to)
      #expect(changed != config, "\(from)")
      try project.folder.write(changed, to: "data/bert/config.json")
      try expect(project, word)
    }
  }

  @Test func vocabulariesWithoutSpecialTokensOrWithDuplicatesAreRefused() throws {
    for (text, word) in [
      ("a\nb\nc\n", "[CLS]"), ("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\na\n", "a"), ("", "empty"),
    ] {
      let project = try project(Self.notebook())
      try project.folder.write(text, to: "data/bert/vocab.txt")
      try expect(project, word, statuses: [4])
    }
    let project = try project(Self.notebook())
    try project.folder.write(Data([0x5B, 0xFF, 0x0A]), to: "data/bert/vocab.txt")
    try expect(project, "UTF-8", statuses: [4])
  }

  @Test func sequencesLongerThanPositionsAreRefused() throws {
    let long = Self.notebook().replacingOccurrences(
      of: "max_seq_length: 32", with: "max_seq_length: 512")
    try expect(try project(long), "max_seq_length: 64", statuses: [4])
  }

  @Test func labelsBeyondTheHeadAreRefused() throws {
    let three = (0..<30).map { "{\"text\": \"the sea\", \"k\": \"\($0 % 3)\"}\n" }.joined()
    let project = try project(
      Self.notebook(model: "{pretrained: data/bert, head: {classifier: {labels: 2}}}"))
    try project.folder.write(three, to: "data/t.jsonl")
    try expect(project, "labels", statuses: [4])
  }

  @Test func textsThatAreNoneAreRefused() throws {
    for (path, bytes, word) in [
      ("data/t.jsonl", Data("{\"text\": \"\", \"k\": \"a\"}\n".utf8), "space"),
      ("data/t.jsonl", Data([0x7B, 0xFF, 0x0A]), "UTF-8"),
      ("data/t.jsonl", Data("{\"text\": \"a\", \"text\": \"b\", \"k\": \"a\"}\n".utf8), "text"),
    ] {
      let project = try project(Self.notebook())
      try project.folder.write(bytes, to: path)
      try expect(project, word, statuses: [4])
    }
  }

  @Test func oneSentenceIsNotEnoughForNextSentences() throws {
    let data = "{text: data/one.txt, split: {train: 1}}"
    let notebook = Self.notebook(data: data, more: "objective: [next_sentence]")
      .replacingOccurrences(of: "evaluate: {split: test, metrics: [loss]}\n", with: "")
    for text in ["One sentence alone.\n", "One sentence.\n\nAnother one.\n"] {
      let project = try project(notebook)
      try project.folder.write(text, to: "data/one.txt")
      try expect(project, "next_sentence")
    }
  }

  @Test func pathsStayBelowTheRoot() throws {
    for (model, word) in [
      ("{pretrained: ../bert}", "root"), ("{pretrained: data/none}", "does not exist"),
      ("{pretrained: data/t.jsonl}", "data/t.jsonl"),
    ] {
      try expect(try project(Self.notebook(model: model)), word, statuses: [4])
    }
  }

  @Test func layersAndTextsDoNotMix() throws {
    try expect(
      try project(Self.notebook(model: "{sequential: [linear: {out_features: 2}]}")), "texts",
      statuses: [4])
    try expect(
      try project(Self.notebook(data: "{synthetic: friedman1}")), "texts", statuses: [4])
  }
}
