import Diagnostics
import Digests
import Execution
import Experiments
import Foundation
import Notebooks
import TestSupport
import Testing

/// Sets of labels through decoding, planning and running.
@Suite struct MultilabelRunTests {
  private static let source = """
    ```experiment tagged
    dataset: {synthetic: en_tags, documents: 60, min_labels: 1, split: {train: 0.5, validation: 0.25, test: 0.25}}
    ```

    ```experiment encoder
    model:
      bert: {vocab_size: 300, hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2,
             intermediate_size: 32, max_position_embeddings: 48}
    ```

    ```experiment pretrain
    train:
      model: encoder
      data: tagged
      objective: [masked_language_model]
      max_seq_length: 48
      epochs: 1
      batch_size: 8
    ```

    ```experiment tuned
    train:
      model: {from: pretrain}
      data: tagged
      loss: {bce_with_logits: {pos_weight: balanced}}
      early_stopping: {monitor: validation.micro_f1}
      max_seq_length: 48
      epochs: 2
      batch_size: 16
    evaluate:
      split: test
      metrics: [accuracy, hamming_loss, micro_f1, macro_f1, samples_f1, {precision: {positive: sports}},
                multilabel_confusion_matrix, loss]
    repeat: 2
    ```

    ```experiment usual
    train:
      model: {from: pretrain, head: {classifier: {problem_type: multi_label_classification}}}
      data: tagged
      max_seq_length: 48
      epochs: 1
      batch_size: 16
    evaluate: {split: test}
    ```

    """

  private struct Project {
    let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder("multilabel-runs")
      try folder.write("", to: "assay.yaml")
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
    for block in ["tagged", "pretrain", "tuned", "usual"] {
      let result = try #require(run.results[block])
      let outline = try #require(plan.outlines.outline(of: block))
      let names = Set(
        result.scalars.map(\.name) + result.series.map(\.name) + result.matrices.map(\.name))
      #expect(names == Set(outline.entries.map(\.name)), "\(block)")
    }
    let tuned = try #require(run.results["tuned"])
    #expect(tuned.series.contains { $0.name == "validation.micro_f1" })
    let counts = ["true_positives", "false_positives", "false_negatives", "true_negatives"]
      .map { name in
        tuned.scalars.first { $0.name == "test.\(name)" && $0.key == "sports" }?.statistic.mean ?? 0
      }
    #expect(counts.reduce(0, +) == 15)
    let usual = try #require(run.results["usual"]).scalars.map(\.name)
    #expect(
      usual.filter { $0.hasPrefix("test.") }.uniqued == [
        "test.accuracy", "test.micro_f1", "test.macro_f1", "test.f1", "test.hamming_loss",
        "test.loss",
      ])
  }

  @Test func theDataSaysHowManyLabelsThereAreAndHowManyRowsHaveEach() throws {
    let result = try #require(try Project().run(Self.source).results["tagged"])
    func scalar(_ name: String) -> Double? {
      result.scalars.first { $0.name == name }?.statistic.mean
    }
    #expect(scalar("labels") == 4 && scalar("rows") == 60 && scalar("classes") == nil)
    let mean = try #require(scalar("labels_per_row"))
    #expect(mean > 1 && mean < 3)
    let table = try #require(result.tables.first { $0.name == "class_counts" })
    let total = table.rows.reduce(0.0) { sum, row in
      sum + row.reduce(0) { if case .number(let count, _) = $1 { $0 + count } else { $0 } }
    }
    #expect(total == mean * 60)
  }

  @Test func noResultDependsOnThreadsOrInstructionSet() throws {
    let project = try Project()
    let expected = digests(try project.run(Self.source))
    #expect(expected.count == 4)
    for (threads, isa) in [(2, nil), (5, nil), (2, "scalar")] {
      #expect(digests(try project.run(Self.source, threads: threads, isa: isa)) == expected)
    }
  }

  @Test func aTableSaysWhichWeightsCameAlong() throws {
    let run = try Project().run(Self.source)
    let table = try #require(run.results["usual"]?.tables.first { $0.name == "weights" })
    let new = table.rows.filter { $0.last == .term("new") }.compactMap(\.first)
    #expect(new == [.text("bert.pooler"), .text("classifier")])
  }

  /// What is inferred is the same as what is written, and one class a row what it always was.
  @Test func aProblemTypeThatIsInferredHasTheFingerprintOfOneThatIsWritten() throws {
    let project = try Project()
    func steps(_ data: String, _ head: String) -> [Fingerprint] {
      let plan = project.planned(
        """
        ```experiment fit
        train:
          model:
            bert: {vocab_size: 300, hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2}
            head: \(head)
          data: {synthetic: \(data), documents: 40}
          epochs: 1
        ```

        """
      ).plan
      return plan.steps.map(\.fingerprint)
    }
    let tags = steps("en_tags", "classifier")
    #expect(tags.count == 4)
    #expect(
      steps("en_tags", "{classifier: {problem_type: multi_label_classification}}") == tags)
    #expect(steps("en_tags", "{classifier: {labels: 4}}") == tags)
    #expect(
      steps("en_topics", "{classifier: {problem_type: single_label_classification}}")
        == steps("en_topics", "classifier"))
  }

  @Test func headsOfWeightsKeepTheirMeaning() throws {
    let source =
      Self.source + """
        ```experiment topics
        dataset: {synthetic: en_topics, documents: 60}
        ```

        ```experiment again
        train: {model: {from: usual}, data: topics, max_seq_length: 48, epochs: 1}
        ```

        """
    let problems = try Project().planned(source).3.filter(\.isError)
    #expect(problems.map(\.id) == ["plan.head"])
    let other = source.replacingOccurrences(
      of: "{from: usual}", with: "{from: usual, head: classifier}")
    #expect(try Project().planned(other).3.filter(\.isError).isEmpty)
  }
}

extension [String] {
  /// Each once, in the order of its first.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
