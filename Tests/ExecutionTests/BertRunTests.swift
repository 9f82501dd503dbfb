import Diagnostics
import Digests
import Execution
import Experiments
import Foundation
import Notebooks
import TestSupport
import Testing

/// Texts, tokenizers and BERTs through decoding, planning and running.
@Suite struct BertRunTests {
  private static let lines =
    (0..<40).map { index in
      let label = index % 2 == 0 ? "warm" : "cold"
      let word = ["sea", "hill", "road", "ship", "leaf"][index % 5]
      return """
        {"text": "The \(label) \(word) sings. It is \(label) and \(word).", "kind": "\(label)", "n": \(index)}
        """
    }.joined(separator: "\n") + "\n"

  private static let source = """
    ```experiment texts
    dataset: {jsonl: data/texts.jsonl, label: kind, split: {train: 0.6, validation: 0.2, test: 0.2}}
    ```

    ```experiment pieces
    tokenizer: {wordpiece: {vocab_size: 70}, data: texts}
    ```

    ```experiment encoder
    model:
      bert: {vocab_size: 70, hidden_size: 16, num_hidden_layers: 2, num_attention_heads: 2,
             intermediate_size: 32, max_position_embeddings: 40}
    ```

    ```experiment pretrain
    train:
      model: encoder
      data: texts
      tokenizer: pieces
      objective: [masked_language_model, next_sentence]
      max_seq_length: 32
      epochs: 2
      batch_size: 8
    evaluate: {split: test}
    ```

    ```experiment tuned
    train:
      model: {from: pretrain}
      data: texts
      max_seq_length: 32
      epochs: 2
      batch_size: 8
    evaluate: {split: test, metrics: [accuracy, confusion_matrix]}
    repeat: 2
    ```

    ```experiment scratch
    like: tuned
    train: {model: {from: encoder}, tokenizer: pieces}
    ```

    """

  private struct Project {
    let folder: TemporaryFolder

    init(_ files: [String: String] = [:]) throws {
      folder = try TemporaryFolder("bert-runs")
      try folder.write("", to: "assay.yaml")
      try folder.write(BertRunTests.lines, to: "data/texts.jsonl")
      for (path, text) in files { try folder.write(text, to: path) }
    }

    func planned(
      _ text: String
    ) -> (plan: Plan, experiments: ExperimentNotebook, data: DatasetCatalog, [Diagnostic]) {
      let file = SourceFile(path: folder.url("a.md").path, text: text)
      let (notebook, parsing) = Notebook.parse(file)
      let (experiments, decoding) = ExperimentNotebook.decode(notebook)
      var data = DatasetCatalog(root: ProjectRoot(containing: folder.url("assay.yaml").path))
      let (plan, planning) = Plan.make(
        notebook: experiments, numericsVersion: Machine.numericsVersion,
        files: { data.facts(for: $0) }, facts: { data.facts(for: $0) })
      let checks = planning.hasErrors ? [] : plan.checkModels(of: experiments)
      return (plan, experiments, data, parsing + decoding + planning + checks)
    }

    func run(_ text: String, threads: Int = 1, isa: String? = nil) throws -> Run {
      let (plan, experiments, data, problems) = planned(text)
      #expect(problems.filter(\.isError).map(\.message) == [])
      let machine = try Machine.selected(instructionSet: isa, threads: threads).get()
      return Run(plan, notebook: experiments, data: data, machine: machine)
    }
  }

  private func digests(_ run: Run) -> [String: String] {
    run.results.mapValues { $0.digest.hexadecimal }
  }

  @Test func everyBlockHasItsResultAndItsNamesAreThosePlanned() throws {
    let project = try Project()
    let run = try project.run(Self.source)
    #expect(run.failures.map(\.message) == [])
    let plan = project.planned(Self.source).plan
    for block in ["texts", "pieces", "pretrain", "tuned", "scratch"] {
      let result = try #require(run.results[block])
      let outline = try #require(plan.outlines.outline(of: block))
      let names = Set(
        result.scalars.map(\.name) + result.series.map(\.name) + result.matrices.map(\.name))
      let planned = Set(outline.entries.map(\.name))
      #expect(names == planned, "\(block)")
    }
  }

  @Test func noResultDependsOnThreadsOrInstructionSet() throws {
    let project = try Project()
    let expected = digests(try project.run(Self.source))
    #expect(expected.count == 5)
    for (threads, isa) in [(2, nil), (5, nil), (2, "scalar")] {
      #expect(digests(try project.run(Self.source, threads: threads, isa: isa)) == expected)
    }
  }

  @Test func aTableSaysWhichWeightsCameAlong() throws {
    let run = try Project().run(Self.source)
    let table = try #require(run.results["tuned"]?.tables.first { $0.name == "weights" })
    func origins(_ part: String) -> [String] {
      table.rows.compactMap { row in
        guard row.first == .text(part), case .term(let origin)? = row.last else { return nil }
        return origin
      }
    }
    #expect(origins("bert.encoder.layer.1") == ["taken over"])
    #expect(origins("bert.pooler") == ["taken over"])
    #expect(origins("classifier") == ["new"])
    #expect(origins("cls.predictions") == ["left behind"])
    #expect(run.results["scratch"]?.tables.contains { $0.name == "weights" } == false)
  }

  @Test func memoryAndTimeSettingsChangeNoBitAndNoFingerprint() throws {
    let project = try Project()
    let plain = Self.source
    let sparing = plain.replacingOccurrences(
      of: "  batch_size: 8\nevaluate: {split: test}",
      with: """
          batch_size: 8
          gradient_accumulation_steps: 1
          gradient_checkpointing: true
        evaluate: {split: test}
        """)
    #expect(plain != sparing)
    let plans = [plain, sparing].map { project.planned($0).plan }
    #expect(plans[0].steps.map(\.fingerprint) == plans[1].steps.map(\.fingerprint))
    #expect(try digests(project.run(plain)) == digests(project.run(sparing)))
  }

  @Test func theTokenizerOfTheWeightsIsTheOneThatIsUsed() throws {
    let (plan, _, _, problems) = try Project().planned(Self.source)
    #expect(problems.filter(\.isError).isEmpty)
    let training = try #require(plan[Step.ID("tuned.train#0")])
    #expect(training.inputs.contains(Step.ID("pieces")))
    #expect(training.inputs.contains(Step.ID("pretrain.train#0")))
  }

  @Test(arguments: [
    (#"{"text": "a", "kind": "x"}|{"text": "b""#, "data.json-lines"),
    (#"{"text": "a", "kind": "x"}|{"body": "b", "kind": "y"}"#, "data.missing-value"),
    (#"{"text": "a", "kind": "x"}|{"text": 3, "kind": "y"}"#, "data.json-lines"),
    ("", "data.empty-file"), (#"{"text": "a", "kind": "x"}|"#, "data.one-class"),
  ])
  func faultyLinesAreNamed(_ lines: String, _ id: String) throws {
    let text = lines.replacingOccurrences(of: "|", with: "\n")
    let project = try Project(["data/texts.jsonl": text])
    let ids = project.planned(Self.source).3.filter(\.isError).map(\.id)
    #expect(ids.first == id, "\(ids)")
  }

  @Test func aFolderGivesTextsAndLabelsAndItsBytesAreInTheFingerprint() throws {
    var files: [String: String] = [:]
    for index in 0..<12 {
      files["data/f/\(index % 2 == 0 ? "a" : "b")/\(index).txt"] = "A text of \(index). It goes on."
    }
    let project = try Project(files)
    let source = """
      ```experiment texts
      dataset: {text: data/f, document: file, labels: folder, split: {train: 0.5, test: 0.5}}
      ```

      """
    let run = try project.run(source)
    let scalars = try #require(run.results["texts"]?.scalars)
    #expect(scalars.first { $0.name == "rows" }?.statistic.mean == 12)
    #expect(scalars.first { $0.name == "sentences" }?.statistic.mean == 24)
    #expect(scalars.first { $0.name == "classes" }?.statistic.mean == 2)
    let before = project.planned(source).plan.steps.map(\.fingerprint)
    try project.folder.write("Another text.", to: "data/f/a/0.txt")
    #expect(project.planned(source).plan.steps.map(\.fingerprint) != before)
    try project.folder.write("A text of 0. It goes on.", to: "data/f/a/0.txt")
    #expect(project.planned(source).plan.steps.map(\.fingerprint) == before)
    try FileManager.default.moveItem(
      at: project.folder.url("data/f/a/2.txt"), to: project.folder.url("data/f/b/2.txt"))
    #expect(project.planned(source).plan.steps.map(\.fingerprint) != before)
  }
}
