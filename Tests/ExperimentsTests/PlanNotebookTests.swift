import Diagnostics
import Experiments
import Notebooks
import Testing

/// From the text of a notebook to its plan: places of problems, and what a fingerprint ignores.
struct PlanNotebookTests {
  private struct Planned {
    let plan: Plan
    let diagnostics: [Diagnostic]
  }

  private func plan(_ text: String, profile: String? = nil) -> Planned {
    let (notebook, problems) = Notebook.parse(SourceFile(path: "n.md", text: text))
    let (decoded, more) = ExperimentNotebook.decode(notebook, profile: profile)
    let (plan, rest) = Plan.make(notebook: decoded, numericsVersion: 1) { request in
      (
        DatasetFacts.synthetic(request.spec)
          ?? DatasetFacts(
            digest: nil, featureCount: 4, target: .classes(["a", "b", "c"]),
            rows: PartRows(train: 90, validation: 30, test: 30)), []
      )
    }
    return Planned(
      plan: plan, diagnostics: problems + more + rest + plan.check(inlinesOf: notebook))
  }

  /// The text with its marks `⟦…⟧` removed, and what stands between them.
  private func marked(_ text: String) -> (text: String, marks: [Range<Int>]) {
    var bytes: [UInt8] = []
    var marks: [Range<Int>] = []
    var start = 0
    for scalar in text.unicodeScalars {
      switch scalar {
      case "⟦": start = bytes.count
      case "⟧": marks.append(start..<bytes.count)
      default: bytes += Array(String(scalar).utf8)
      }
    }
    return (String(decoding: bytes, as: UTF8.self), marks)
  }

  private func expectProblems(
    _ text: String, _ ids: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (text, marks) = marked(text)
    let found = plan(text).diagnostics.sortedByPosition()
    #expect(found.map(\.id) == ids, sourceLocation: sourceLocation)
    #expect(found.compactMap { $0.range?.bytes } == marks, sourceLocation: sourceLocation)
  }

  private static let base = """
    # 数字

    ```experiment digits
    dataset: {synthetic: glyphs, samples: 400, noise: 0.3}
    ```

    ```experiment net
    model:
      sequential:
      - linear: {in_features: 784, out_features: 16}
      - relu
      - linear: {out_features: 10}
    ```

    ```experiment fit
    train: {model: net, data: digits, epochs: 2}
    evaluate: {split: test, metrics: [accuracy, macro_f1]}
    repeat: 2
    expect:
      - test.accuracy >= 0.5
      - test.f1[3].std < 0.5
    ```

    准确率 `{= fit.test.accuracy as percent 1}`。

    """

  private static let fingerprints: @Sendable (Plan) -> [String: Fingerprint] = { plan in
    Dictionary(
      plan.steps.map { ($0.id.description, $0.fingerprint) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func soundNotebookHasNoProblems() {
    let planned = plan(Self.base)
    #expect(planned.diagnostics.map(\.message) == [])
    #expect(planned.plan.steps.count == 6)
  }

  @Test func shapesAreReportedAtTheirField() {
    expectProblems(
      Self.base
        .replacing("in_features: 784", with: "in_features: ⟦780⟧")
        .replacing("out_features: 10", with: "out_features: ⟦12⟧"),
      ["shape.in-features", "shape.outputs"])
  }

  @Test func modelInPlaceIsReportedInPlace() {
    expectProblems(
      Self.base.replacing(
        "model: net, data",
        with: "model: {sequential: [{linear: {out_features: ⟦9⟧}}]}, data"),
      ["shape.outputs"])
  }

  @Test func metricsAndPartsAreReportedAtTheirField() {
    expectProblems(
      Self.base
        .replacing("split: test", with: "split: ⟦validation⟧")
        .replacing(
          "samples: 400,", with: "samples: 400, split: {train: 0.5, validation: 0, test: 0.5},"
        )
        .replacing("[accuracy, macro_f1]", with: "[accuracy, ⟦mse⟧]")
        .replacing("expect:\n", with: "")
        .replacing("  - test.accuracy >= 0.5\n", with: "")
        .replacing("  - test.f1[3].std < 0.5\n", with: "")
        .replacing("fit.test.accuracy", with: "fit.validation.accuracy"),
      ["plan.empty-split", "plan.metric"])
  }

  @Test func expressionsAreReportedAtTheirPath() {
    expectProblems(
      Self.base
        .replacing("- test.accuracy >= 0.5", with: "- ⟦tset⟧.accuracy >= 0.5")
        .replacing("f1[3]", with: "f1[⟦11⟧]")
        .replacing("fit.test.accuracy as", with: "fit.⟦tset.accuracy⟧ as"),
      ["expression.unknown-block", "expression.unknown-class", "expression.unknown-path"])
  }

  @Test func quotedExpectationIsReportedWithinItsQuotes() {
    expectProblems(
      Self.base.replacing("- test.accuracy >= 0.5", with: "- \"⟦tset⟧.accuracy >= 0.5\""),
      ["expression.unknown-block"])
  }

  @Test func presentationChangesNoFingerprint() {
    let expected = Self.fingerprints(plan(Self.base).plan)
    let other = plan(
      Self.base
        .replacing("# 数字", with: "# Digits\n\nMore prose.")
        .replacing(
          "train: {model: net, data: digits, epochs: 2}",
          with: "# a comment\ncaption: figure\nshow: [summary]\necho: false\n"
            + "train:\n  epochs: 2   # two\n  data: digits\n  model: \"net\"\n  batch_size: 3_2"
        )
        .replacing("samples: 400, noise: 0.3", with: "noise: 30%, samples: 4_00")
        .replacing("in_features: 784, out_features: 16", with: "out_features: 16")
        .replacing("- test.accuracy >= 0.5", with: "- test.accuracy >= 0.25"))
    #expect(other.diagnostics.map(\.message) == [])
    #expect(Self.fingerprints(other.plan) == expected)
  }

  @Test func likeIsTheSameAsWrittenOut() {
    let planned = plan(
      Self.base + "\n```experiment again\nlike: fit\ntrain: {epochs: 2}\nexpect: []\n```\n")
    #expect(planned.diagnostics.map(\.message) == [])
    #expect(
      planned.plan.resultStep(of: "again")?.fingerprint
        == planned.plan.resultStep(of: "fit")?.fingerprint)
  }

  @Test func variantsOfAComparisonArePlanned() {
    let planned = plan(
      Self.base + """

        ```experiment rates
        compare:
          base: fit
          over: {train.optimizer: [{sgd: {lr: 0.1}}, {sgd: {lr: 0.01}}]}
        ```

        """)
    #expect(planned.diagnostics.map(\.message) == [])
    let comparison = planned.plan.resultStep(of: "rates")
    #expect(comparison?.inputs.count == 2)
    #expect(planned.plan.totalCost.flop > 0)
  }

  @Test func costFollowsFromShapesAndLengthAlone() {
    func cost(epochs: Int) -> Cost? {
      let planned = plan(
        """
        ```experiment fit
        train:
          model: {sequential: [{linear: {out_features: 256}}, relu, {linear: {out_features: 10}}]}
          data: {synthetic: glyphs, samples: 2400, split: {train: 1}}
          optimizer: {adam: {lr: 1e-3}}
          epochs: \(epochs)
          batch_size: 64
        ```

        """)
      #expect(planned.diagnostics.map(\.message) == [])
      return planned.plan.steps.first { $0.kind == .train }?.cost
    }
    let ten = cost(epochs: 10)
    #expect(ten?.parameters == 203_530)
    // Two operations a weight and row forward, four backward; the rest is small beside it.
    let products = 6 * 203_264 * 2400 * 10
    #expect((ten?.flop ?? 0) > products && Double(ten?.flop ?? 0) < 1.1 * Double(products))
    #expect(cost(epochs: 20)?.flop == ten.map { 2 * $0.flop })
  }
}
