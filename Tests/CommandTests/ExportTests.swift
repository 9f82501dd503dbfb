import Foundation
import TestSupport
import Testing

/// `assay export`: trained weights as a Hugging Face folder, and back.
@Suite struct ExportTests {
  private static let notebook = """
    ```experiment texts
    dataset: {synthetic: en_topics, documents: 60, split: {train: 0.5, validation: 0.25, test: 0.25}}
    ```

    ```experiment tuned
    train:
      model:
        bert: {vocab_size: 200, hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2,
               intermediate_size: 32, max_position_embeddings: 48}
      data: texts
      max_seq_length: 32
      epochs: 1
      batch_size: 8
    evaluate: {split: test, metrics: [loss, accuracy]}
    repeat: 2
    ```

    ```experiment layers
    train:
      model: {sequential: [linear: {out_features: 1}]}
      data: {synthetic: friedman1, samples: 60}
      epochs: 1
    ```

    """

  private func project() throws -> TestProject {
    try TestProject(["notebooks/a.md": Self.notebook])
  }

  private func contents(_ project: TestProject, _ folder: String) throws -> [String: Data] {
    let place = project.folder.url(folder)
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: place.path) {
      files[name] = try Data(contentsOf: place.appendingPathComponent(name))
    }
    return files
  }

  @Test func theSameWeightsGiveTheSameBytesHoweverTheyAreComputed() throws {
    let project = try project()
    let first = try project.assay("export", "tuned", "one", "--quiet", "--threads", "1")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("one/model.safetensors"))
    let files = try contents(project, "one")
    for name in ["config.json", "model.safetensors", "vocab.txt", "tokenizer.json"] {
      #expect(files[name] != nil, "\(name)")
    }
    // Again out of the store, and computed anew by two threads.
    #expect(try project.assay("export", "notebooks/a.md#tuned", "two", "--quiet").status == 0)
    #expect(try contents(project, "two") == files)
    try FileManager.default.removeItem(at: project.folder.url(".assay"))
    #expect(
      try project.assay("export", "tuned", "three", "--quiet", "--threads", "2").status == 0)
    #expect(try contents(project, "three") == files)
    // Another repeat has other weights.
    #expect(
      try project.assay("export", "tuned", "other", "--quiet", "--repeat", "2").status == 0)
    #expect(try contents(project, "other")["model.safetensors"] != files["model.safetensors"])
  }

  @Test func whatWasExportedIsReadBackWithTheSameScores() throws {
    let project = try project()
    #expect(try project.assay("export", "tuned", "data/bert", "--quiet").status == 0)
    // A rate of 0 leaves the weights as they were read.
    let again =
      Self.notebook + """
        ```experiment again
        like: tuned
        train: {model: {pretrained: data/bert}, optimizer: {sgd: {lr: 0}}}
        repeat: 1
        ```

        Read back: `{= again.test.loss as fixed 6}`, `{= again.test.accuracy as fixed 6}`.

        """
    try project.folder.write(again, to: "notebooks/a.md")
    let rendered = try project.assay("render", "--quiet")
    #expect(rendered.status == 0, "\(rendered.errors)")
    // The scores of the first repeat stand in the ledger of both.
    let document = try project.folder.text("output/a.md")
    #expect(document.contains("Read back: `"))
    // Exported again, the bytes are those that were read.
    #expect(try project.assay("export", "again", "back", "--quiet").status == 0)
    let (first, back) = (try contents(project, "data/bert"), try contents(project, "back"))
    #expect(first["model.safetensors"] == back["model.safetensors"])
    #expect(first["config.json"] == back["config.json"])
    #expect(first["vocab.txt"] == back["vocab.txt"])
    #expect(first == back)
  }

  @Test func parametersAndLimitsAreThoseOfRender() throws {
    let text =
      "---\nparams: {width: 16}\n---\n\n"
      + Self.notebook.replacingOccurrences(of: "hidden_size: 16", with: "hidden_size: $width")
      .replacingOccurrences(
        of: "repeat: 2", with: "repeat: 2\nprofiles: {small: {train: {batch_size: 16}}}")
    let project = try TestProject(["notebooks/a.md": text])
    func width(_ folder: String) throws -> Int? {
      let config = try project.folder.bytes("\(folder)/config.json")
      let object = try JSONSerialization.jsonObject(with: config) as? [String: Any]
      return object?["hidden_size"] as? Int
    }
    for (folder, arguments, expected) in [
      ("plain", [], 16), ("wide", ["-P", "width=24"], 24), ("long", ["--param", "width=32"], 32),
      ("room", ["--limit", "memory=2GB", "--limit", "time=10m"], 16),
      ("small", ["--profile", "small"], 16),
    ] {
      let result = try project.assay(["export", "tuned", folder, "--quiet"] + arguments)
      #expect(result.status == 0, "\(folder): \(result.errors)")
      #expect(try width(folder) == expected, "\(folder)")
    }
    for (arguments, status, word) in [
      (["--limit", "parameters=100"], 5, "limit.parameters"),
      (["--limit", "rows=10"], 5, "limit.rows"), (["--limit", "row=10"], 64, "rows"),
      (["-P", "widht=24"], 4, "width"), (["-P", "width"], 64, "width"),
      (["-P", "width=0"], 4, "hidden_size"),
    ] {
      let result = try project.assay(["export", "tuned", "out", "--quiet"] + arguments)
      #expect(result.status == Int32(status), "\(arguments): \(result)")
      #expect(result.errors.contains(word), "\(arguments): \(result.errors)")
    }
    #expect(!project.folder.exists("out"))
  }

  @Test func aNumberOfARepeatCountsFromOneAndAProfileIsKnown() throws {
    let project = try project()
    for arguments in [
      ["--repeat", "0"], ["--repeat=-1"], ["--repeat=-9223372036854775808"],
      ["--repeat=99999999999999999999"], ["--repeat", "one"], ["--profile", "none"],
      ["--profile", ""], ["--profile", "a/b"],
    ] {
      let result = try project.assay(["export", "tuned", "out", "--quiet"] + arguments)
      #expect(result.status == 64, "\(arguments): \(result)")
    }
    let last = try project.assay("export", "tuned", "out", "--repeat", "9223372036854775807")
    #expect(last.status == 4 && last.errors.contains("2 times"), "\(last)")
    #expect(!project.folder.exists("out"))
  }

  @Test func aSlashAfterTheFolderChangesNothing() throws {
    let project = try project()
    for (given, made) in [("one/", "one"), ("two//", "two"), ("out/three/", "out/three")] {
      let result = try project.assay("export", "tuned", given, "--quiet")
      #expect(result.status == 0, "\(given): \(result)")
      #expect(result.output.contains("\(made)/config.json\n"), "\(result.output)")
      #expect(try contents(project, made)["config.json"] != nil)
    }
    #expect(try contents(project, "one") == contents(project, "out/three"))
    #expect(try project.assay("export", "tuned", "one/", "--quiet").status == 4, "it is there")
  }

  @Test func whatCannotBeExportedIsSaidAndWritesNothing() throws {
    let project = try project()
    try project.folder.write("mine", to: "taken/file.txt")
    for (arguments, status, word) in [
      (["export", "layers", "out"], 4, "BERT"), (["export", "texts", "out"], 4, "does not train"),
      (["export", "tuned", "out", "--repeat", "3"], 4, "2 times"),
      (["export", "tunde", "out"], 64, "tuned"), (["export", "tuned", "taken"], 4, "taken"),
      (["export", "notebooks/a.md#none", "out"], 64, "none"),
    ] {
      let result = try project.assay(arguments + ["--quiet"])
      #expect(result.status == Int32(status), "\(arguments): \(result.errors)")
      #expect(result.errors.contains(word), "\(arguments): \(result.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: project.folder.url("out").path))
    #expect(
      try String(contentsOf: project.folder.url("taken/file.txt"), encoding: .utf8) == "mine")
  }
}
