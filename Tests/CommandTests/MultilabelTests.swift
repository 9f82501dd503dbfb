import Foundation
import TestSupport
import Testing

/// Sets of labels through the command: bad input, export, and folders of other tools.
@Suite struct MultilabelTests {
  private static let lines = (0..<24).map { row in
    let tags = [row % 2 == 0 ? "\"warm\"" : nil, row % 3 == 0 ? "\"old\"" : nil]
      .compactMap(\.self).joined(separator: ", ")
    return "{\"text\": \"the sea is \(row % 2 == 0 ? "warm" : "cold"), the ship "
      + "\(row % 3 == 0 ? "old" : "new")\", \"tags\": [\(tags)], \"kind\": \"\(row % 2)\"}\n"
  }.joined()

  private static func notebook(
    data: String = "{jsonl: data/t.jsonl, label: tags}", head: String = "classifier",
    metrics: String = "[loss, accuracy]", more: String = ""
  ) -> String {
    """
    ```experiment fit
    train:
      model:
        bert: {vocab_size: 120, hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2,
               intermediate_size: 32, max_position_embeddings: 32}
        head: \(head)
      data: \(data)
      max_seq_length: 32
      epochs: 1
      batch_size: 8
      \(more)
    evaluate: {split: test, metrics: \(metrics)}
    ```

    """
  }

  private func project(
    _ notebook: String, _ files: [String: String] = [:]
  ) throws -> TestProject {
    let project = try TestProject(["notebooks/a.md": notebook, "data/t.jsonl": Self.lines])
    for (path, text) in files { try project.folder.write(text, to: path) }
    return project
  }

  /// The words of a diagnostic, and exit 4 with nothing written.
  private func expect(
    _ project: TestProject, _ words: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try project.assay("render", "--quiet")
    let told = result.output + result.errors
    #expect(result.status == 4, "\(result)", sourceLocation: sourceLocation)
    for word in words {
      #expect(told.contains(word), "\(word): \(told)", sourceLocation: sourceLocation)
    }
    #expect(!project.folder.exists("output"), sourceLocation: sourceLocation)
  }

  @Test func faultyListsAreShownInTheFile() throws {
    let start = "{\"text\": \"a\", \"tags\": [\"x\"]}\n"
    for (line, id, place) in [
      ("{\"text\": \"b\", \"tags\": \"x\"}", "data.mixed-labels", "t.jsonl:2:23"),
      ("{\"text\": \"b\", \"tags\": [\"x\", \"x\"]}", "data.repeated-label", "t.jsonl:2:29"),
      ("{\"text\": \"b\", \"tags\": [{}]}", "data.not-a-label", "t.jsonl:2:24"),
      ("{\"text\": \"b\", \"tags\": [null]}", "data.not-a-label", "t.jsonl:2:24"),
      ("{\"text\": \"b\", \"tags\": null}", "data.missing-value", "t.jsonl:2:23"),
      ("{\"text\": \"b\", \"tags\": [\"x\"", "data.json-lines", "t.jsonl:2"),
    ] {
      try expect(try project(Self.notebook(), ["data/t.jsonl": start + line + "\n"]), [id, place])
    }
    let none = "{\"text\": \"a\", \"tags\": []}\n"
    try expect(try project(Self.notebook(), ["data/t.jsonl": none + none]), ["data.no-labels"])
  }

  @Test func faultyCellsAreShownInTheFile() throws {
    for (spec, text, id, place) in [
      ("label: l, label_separator: \"|\"", "t,l\na,x\nb,x||y\n", "data.missing-value", "t.csv:3:3"),
      ("label: l, label_separator: \"|\"", "t,l\na,x\nb,x|x\n", "data.repeated-label", "t.csv:3:3"),
      ("label: l, label_separator: \"|\"", "t,l\na,\nb,\n", "data.no-labels", "a.md"),
      ("label_columns: [l]", "t,l\na,1\nb,2\n", "data.not-a-flag", "t.csv:3:3"),
      ("label_columns: [l, m]", "t,l\na,1\nb,0\n", "data.unknown-column", "label"),
      ("label_columns: [l, l]", "t,l\na,1\nb,0\n", "experiment.repeated-item", "a.md"),
      ("label_columns: [l], label: l", "t,l\na,1\nb,0\n", "experiment.conflict", "a.md"),
      ("label_separator: \"|\"", "t,l\na,1\nb,0\n", "experiment.conflict", "a.md"),
      ("label: l, label_separator: \" \"", "t,l\na,1\nb,0\n", "experiment.out-of-range", "a.md"),
    ] {
      let notebook = Self.notebook(data: "{csv: data/t.csv, text_column: t, \(spec)}")
      try expect(try project(notebook, ["data/t.csv": text]), [id, place])
    }
  }

  @Test func headsLossesAndMetricsThatDoNotFitAreRefusedAtTheirPlace() throws {
    let single = "{classifier: {problem_type: single_label_classification}}"
    let multi = "{classifier: {problem_type: multi_label_classification}}"
    try expect(
      try project(Self.notebook(head: single)),
      ["plan.head", "a.md:6:39", "multi_label_classification"])
    try expect(
      try project(Self.notebook(data: "{jsonl: data/t.jsonl, label: kind}", head: multi)),
      ["plan.head", "a.md:6:39", "single_label_classification"])
    try expect(try project(Self.notebook(head: "regression")), ["plan.head", "sets of labels"])
    try expect(
      try project(Self.notebook(head: "{classifier: {problem_type: regression}}")),
      ["experiment.unknown-value", "head: regression"])
    try expect(
      try project(Self.notebook(head: "{classifier: {problem_type: multi_label}}")),
      ["experiment.unknown-value", "multi_label_classification"])
    try expect(
      try project(Self.notebook(head: "{classifier: {labels: 3}}")), ["shape.outputs", "labels: 2"])
    try expect(
      try project(Self.notebook(more: "loss: {cross_entropy: {class_weights: balanced}}")),
      ["plan.loss", "pos_weight"])
    try expect(try project(Self.notebook(more: "loss: mse")), ["plan.loss", "bce_with_logits"])
    try expect(
      try project(Self.notebook(more: "loss: {bce_with_logits: {pos_weight: [1, 2, 3]}}")),
      ["plan.class-weights", "2, not 3"])
    try expect(
      try project(Self.notebook(metrics: "[confusion_matrix]")),
      ["plan.metric", "multilabel_confusion_matrix"])
    try expect(try project(Self.notebook(metrics: "[mae]")), ["plan.metric", "sets of labels"])
    try expect(
      try project(Self.notebook(metrics: "[f1]")), ["plan.positive-class", "positive: old"])
    try expect(
      try project(
        Self.notebook(
          data: "{jsonl: data/t.jsonl, label: kind}", metrics: "[hamming_loss, samples_f1]")),
      ["plan.metric", "hamming_loss", "samples_f1"])
  }

  @Test func aRareLabelHasAWayOut() throws {
    let rare = Self.lines + "{\"text\": \"one\", \"tags\": [\"rare\"], \"kind\": \"0\"}\n"
    try expect(
      try project(Self.notebook(), ["data/t.jsonl": rare]), ["data.missing-class", "rare"])
    let free = Self.notebook(data: "{jsonl: data/t.jsonl, label: tags, stratify: false}")
    let result = try project(free, ["data/t.jsonl": rare]).assay("render", "--quiet")
    #expect(result.status == 0, "\(result)")
  }

  // MARK: Hugging Face folders

  private func text(_ project: TestProject, _ path: String) throws -> String {
    try String(contentsOf: project.folder.url(path), encoding: .utf8)
  }

  @Test func whatWasExportedIsASetOfLabelsAgainAndHasTheSameScores() throws {
    let project = try project(
      Self.notebook(metrics: "[loss, micro_f1, multilabel_confusion_matrix]"))
    #expect(try project.assay("export", "fit", "data/bert", "--quiet").status == 0)
    let config = try text(project, "data/bert/config.json")
    #expect(config.contains("\"problem_type\": \"multi_label_classification\""), "\(config)")
    #expect(config.contains("\"0\": \"old\",\n    \"1\": \"warm\""), "\(config)")
    let again = """
      ```experiment again
      train:
        model: {pretrained: data/bert}
        data: {jsonl: data/t.jsonl, label: tags}
        max_seq_length: 32
        optimizer: {sgd: {lr: 0}}
        epochs: 1
        batch_size: 8
      evaluate: {split: test, metrics: [loss, micro_f1, multilabel_confusion_matrix]}
      expect:
        - test.loss == fit.test.loss
        - test.micro_f1 == fit.test.micro_f1
        - test.true_positives[warm] == fit.test.true_positives[warm]
        - test.true_negatives[old] == fit.test.true_negatives[old]
      ```

      """
    try project.folder.write(
      Self.notebook(metrics: "[loss, micro_f1, multilabel_confusion_matrix]") + again,
      to: "notebooks/a.md")
    let rendered = try project.assay("render", "--quiet")
    #expect(rendered.status == 0, "\(rendered)")
    let document = try text(project, "output/a.md")
    #expect(document.contains("true positives"), "\(document)")
    #expect(try project.assay("export", "again", "back", "--quiet").status == 0)
    #expect(try text(project, "back/config.json") == config)
  }

  @Test func aFolderKeepsItsProblemTypeUnlessAHeadIsWritten() throws {
    let project = try project(Self.notebook())
    #expect(try project.assay("export", "fit", "data/bert", "--quiet").status == 0)
    func notebook(_ model: String) -> String {
      """
      ```experiment again
      train:
        model: \(model)
        data: {jsonl: data/t.jsonl, label: kind}
        max_seq_length: 32
        epochs: 1
        batch_size: 8
      evaluate: {split: test, metrics: [loss]}
      ```

      """
    }
    try project.folder.write(notebook("{pretrained: data/bert}"), to: "notebooks/a.md")
    try expect(project, ["plan.head", "a.md:3:10", "single_label_classification"])
    try project.folder.write(
      notebook("{pretrained: data/bert, head: classifier}"), to: "notebooks/a.md")
    let result = try project.assay("render", "--quiet")
    #expect(result.status == 0, "\(result)")
  }
}
