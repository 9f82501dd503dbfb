import Diagnostics
import Experiments
import Testing

/// Why a block is to be computed, by the ledger of the last rendering and by the store.
struct PlanHistoryTests {
  private static let base = """
    ```experiment d
    dataset: {synthetic: friedman1, samples: 60}
    ```

    ```experiment net
    model: {sequential: [linear: {out_features: 4}, relu, linear: {out_features: 1}]}
    ```

    ```experiment fit
    train: {model: net, data: d, optimizer: {sgd: {lr: 0.01}}, epochs: 2}
    evaluate: {metrics: [mse]}
    repeat: 2
    ```

    ```experiment other
    like: fit
    train: {epochs: 3}
    ```

    ```experiment both
    compare: {runs: [fit, other], metrics: [test.mse]}
    ```

    ```experiment curves
    plot: {runs: [fit, other], series: [train.loss]}
    ```

    """

  private struct Planned {
    let notebook: ExperimentNotebook
    let plan: Plan
  }

  private static func plan(_ text: String, numerics: Int = 1) throws -> Planned {
    let (notebook, diagnostics) = decode(text)
    #expect(diagnostics.isEmpty, "\(diagnostics.map { $0.line() })")
    let (plan, problems) = Plan.make(notebook: notebook, numericsVersion: numerics) {
      (DatasetFacts.synthetic($0.spec), [])
    }
    #expect(problems.isEmpty, "\(problems.map { $0.line() })")
    return Planned(notebook: notebook, plan: plan)
  }

  /// As rendering writes it, and read again.
  private static func ledger(_ planned: Planned, format: Int = 2) throws -> Ledger {
    let ledger = Ledger(
      numericsVersion: planned.plan.numericsVersion, notebook: "n.md",
      blocks: planned.notebook.experiments.map {
        Ledger.Block(
          name: $0.name, kind: $0.spec.kind.rawValue, steps: planned.plan.steps(of: $0.name),
          result: nil, verdicts: [])
      })
    var text = ledger.encoded()
    if format == 1 {
      var lines: [Substring] = []
      var isInFields = false
      for line in text.split(separator: "\n") {
        let content = line.drop { $0 == " " }
        if content.hasPrefix("\"fields\": {") { isInFields = true }
        if !isInFields { lines.append(line) }
        if content == "}," || content == "\"fields\": {}," { isInFields = false }
      }
      text = lines.joined(separator: "\n")
        .replacing("\"format\": 2", with: "\"format\": 1")
      #expect(!text.contains("\"fields\""))
    }
    let (decoded, diagnostics) = Ledger.decode(SourceFile(path: "l.json", text: text))
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.message))")
    return try #require(decoded)
  }

  /// An edit, what it does to the text, and the cause of each block that is to be computed.
  private static let edits: [(old: String, new: String, causes: [String: String])] = [
    (
      "samples: 60", "samples: 64",
      [
        "d": "dataset.samples 60 → 64", "fit": "`d` changed: dataset.samples 60 → 64",
        "other": "`d` changed: dataset.samples 60 → 64",
        "both": "`fit` changed: `d` changed: dataset.samples 60 → 64",
        "curves": "`fit` changed: `d` changed: dataset.samples 60 → 64",
      ]
    ),
    (
      "epochs: 3", "epochs: 4",
      [
        "other": "epochs 3 → 4", "both": "`other` changed: epochs 3 → 4",
        "curves": "`other` changed: epochs 3 → 4",
      ]
    ),
    (
      "repeat: 2", "repeat: 3",
      [
        "fit": "repeat 2 → 3", "other": "repeat 2 → 3", "both": "`fit` changed: repeat 2 → 3",
        "curves": "`fit` changed: repeat 2 → 3",
      ]
    ),
    (
      "train: {epochs: 3}", "train: {epochs: 3, early_stopping: {patience: 5}}",
      [
        "other": "early_stopping none → {patience: 5}",
        "both": "`other` changed: early_stopping none → {patience: 5}",
        "curves": "`other` changed: early_stopping none → {patience: 5}",
      ]
    ),
    (
      "train: {epochs: 3}", "train: {epochs: 3, batch_size: 16}\nseed: 4",
      [
        "other": "batch_size 32 → 16", "both": "`other` changed: batch_size 32 → 16",
        "curves": "`other` changed: batch_size 32 → 16",
      ]
    ),
    (
      "train: {epochs: 3}", "train: {epochs: 3, optimizer: adam}",
      [
        "other": "optimizer sgd → adam", "both": "`other` changed: optimizer sgd → adam",
        "curves": "`other` changed: optimizer sgd → adam",
      ]
    ),
    (
      "out_features: 4}, relu", "out_features: 4}, tanh",
      [
        "fit": "model.sequential [linear, relu, linear] → [linear, tanh, linear]",
        "other": "model.sequential [linear, relu, linear] → [linear, tanh, linear]",
        "both": "`fit` changed: model.sequential [linear, relu, linear] → [linear, tanh, linear]",
        "curves": "`fit` changed: model.sequential [linear, relu, linear] → [linear, tanh, linear]",
      ]
    ),
    (
      "out_features: 4}", "out_features: 8}",
      [
        "fit": "model.sequential[0].linear.out_features 4 → 8",
        "other": "model.sequential[0].linear.out_features 4 → 8",
        "both": "`fit` changed: model.sequential[0].linear.out_features 4 → 8",
        "curves": "`fit` changed: model.sequential[0].linear.out_features 4 → 8",
      ]
    ),
    (
      "metrics: [mse]", "metrics: [mse, mae]",
      [
        "fit": "evaluate.metrics [mse] → [mse, mae]",
        "other": "evaluate.metrics [mse] → [mse, mae]",
        "both": "`fit` changed: evaluate.metrics [mse] → [mse, mae]",
        "curves": "`fit` changed: evaluate.metrics [mse] → [mse, mae]",
      ]
    ),
    (
      "series: [train.loss]", "series: [train.loss, lr]",
      ["curves": "series [train.loss] → [train.loss, lr]"]
    ),
    (
      "metrics: [test.mse]", "metrics: [test.mse, epochs]",
      ["both": "metrics [test.mse] → [test.mse, epochs]"]
    ),
    ("plot: {", "caption: Curves\nplot: {", [:]),
  ]

  @Test(arguments: edits.indices)
  func anEditIsNamedAsTheCause(_ index: Int) throws {
    let edit = Self.edits[index]
    let before = try Self.plan(Self.base)
    let text = Self.base.replacing(edit.old, with: edit.new)
    #expect(text != Self.base)
    let after = try Self.plan(text)
    let ledger = try Self.ledger(before)
    let stored = Dictionary(
      before.plan.steps.map { ($0.fingerprint, $0.provenance) },
      uniquingKeysWith: { first, _ in first })
    for (place, store) in [("ledger", [:]), ("store", stored)] {
      var history = PlanHistory(plan: after.plan, ledger: ledger) { store[$0] }
      var causes: [String: String] = [:]
      for experiment in after.notebook.experiments {
        causes[experiment.name] = history.change(of: experiment.name)?.text
      }
      #expect(causes == edit.causes, "by the \(place): \(edit.new)")
    }
    // A ledger that has no fields tells that something changed.
    let bare = try Self.ledger(before, format: 1)
    var history = PlanHistory(plan: after.plan, ledger: bare) { _ in nil }
    for experiment in after.notebook.experiments {
      let cause = history.change(of: experiment.name)
      #expect((cause == nil) == (edit.causes[experiment.name] == nil), "\(experiment.name)")
      if let text = cause?.text { #expect(text.hasSuffix("changed"), "\(text)") }
    }
  }

  @Test func anotherNumericLawIsTheCauseOfEverything() throws {
    let ledger = try Self.ledger(try Self.plan(Self.base))
    let after = try Self.plan(Self.base, numerics: 2)
    var history = PlanHistory(plan: after.plan, ledger: ledger) { _ in nil }
    for name in ["d", "fit", "other", "both", "curves"] {
      #expect(history.change(of: name)?.text == "numerics 1 → 2", "\(name)")
    }
  }

  @Test func withoutEarlierStateEverythingIsNew() throws {
    let planned = try Self.plan(Self.base)
    var history = PlanHistory(plan: planned.plan, ledger: nil) { _ in nil }
    #expect(history.change(of: "fit") == .new)
    let ledger = try Self.ledger(try Self.plan(Self.base))
    let text = Self.base.replacing("experiment curves", with: "experiment 曲线")
    let renamed = try Self.plan(text)
    history = PlanHistory(plan: renamed.plan, ledger: ledger) { _ in nil }
    #expect(history.change(of: "曲线") == .new)
    #expect(history.change(of: "fit") == nil)
    #expect(history.change(of: "net") == nil)
  }

  @Test func aForecastAsksForWhatTheStoreLacks() throws {
    let planned = try Self.plan(Self.base)
    let ledger = try Self.ledger(planned)
    func forecast(_ lacking: [String]) -> [String: (PlanForecast.State, [String])] {
      let lost = Set(lacking.compactMap { planned.plan[Step.ID($0)]?.fingerprint })
      #expect(lost.count == lacking.count)
      let forecast = PlanForecast(
        planned.plan, of: planned.notebook, isStored: { !lost.contains($0) },
        history: PlanHistory(plan: planned.plan, ledger: ledger) { _ in nil })
      return Dictionary(
        uniqueKeysWithValues: forecast.blocks.map {
          ($0.name, ($0.state, $0.computed.map(\.id.description)))
        })
    }
    let whole = forecast([])
    #expect(whole["net"]?.0 == .component)
    #expect(whole.values.allSatisfy { $0.1.isEmpty && ($0.0 == .reused || $0.0 == .component) })
    // A result that is there needs nothing of what made it.
    #expect(forecast(["fit.train#0"])["fit"]?.0 == .reused)
    let result = forecast(["fit"])
    #expect(result["fit"]?.0 == .toCompute(.notStored))
    #expect(result["fit"]?.1 == ["fit"])
    #expect(result["both"]?.0 == .reused)
    let more = forecast(["fit", "fit.evaluate#1", "fit.train#1", "other.train#0"])
    #expect(more["fit"]?.1 == ["fit.train#1", "fit.evaluate#1", "fit"])
    #expect(more["other"]?.0 == .reused)
  }

  @Test func whatCannotBePlannedBlocksWhatNeedsIt() throws {
    let text = Self.base.replacing("train: {epochs: 3}", with: "train: {epochs: 3, loss: hinge}")
    let (notebook, diagnostics) = decode(text)
    #expect(diagnostics.isEmpty)
    let (plan, problems) = Plan.make(notebook: notebook, numericsVersion: 1) {
      (DatasetFacts.synthetic($0.spec), [])
    }
    #expect(problems.hasErrors)
    let forecast = PlanForecast(
      plan, of: notebook, unsound: ["other"], isStored: { _ in false },
      history: PlanHistory(plan: plan, ledger: nil) { _ in nil })
    let states = Dictionary(uniqueKeysWithValues: forecast.blocks.map { ($0.name, $0.state) })
    #expect(states["other"] == .unsound)
    #expect(states["both"] == .blocked(by: "other"))
    #expect(states["curves"] == .blocked(by: "other"))
    #expect(states["fit"] == .toCompute(.new))
  }
}
