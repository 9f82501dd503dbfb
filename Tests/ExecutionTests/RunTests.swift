import Diagnostics
import Execution
import Experiments
import Foundation
import Notebooks
import Testing

/// Notebooks through decoding, planning and running: what a block asks for is what is computed.
@Suite struct RunTests {
  /// The result of every block of a notebook; fails the test when a stage finds an error.
  private func results(_ text: String) throws -> [String: RunResult] {
    let run = try run(text)
    #expect(run.failures.map(\.message) == [])
    return run.results
  }

  private func run(_ text: String) throws -> Run {
    let file = SourceFile(path: "a.md", text: text)
    let (notebook, parsing) = Notebook.parse(file)
    let (experiments, decoding) = ExperimentNotebook.decode(notebook)
    var data = DatasetCatalog(
      root: ProjectRoot(containing: FileManager.default.temporaryDirectory.path))
    let (plan, planning) = Plan.make(
      notebook: experiments, numericsVersion: Machine.numericsVersion
    ) { data.facts(for: $0) }
    #expect((parsing + decoding + planning).filter(\.isError).map(\.message) == [])
    let machine = try Machine.selected(instructionSet: nil, threads: 1).get()
    return Run(plan, notebook: experiments, data: data, machine: machine)
  }

  private func block(_ name: String, _ body: String) -> String {
    "```experiment \(name)\n\(body)\n```\n\n"
  }

  private var data: String {
    block(
      "data",
      "dataset: {synthetic: friedman1, samples: 60, split: {train: 0.5, validation: 0.25, test: 0.25}}"
    )
  }

  /// A training that changes nothing shows how its weights began.
  private func untrained(_ model: String) -> String {
    """
    train:
      model: \(model)
      data: data
      optimizer: {sgd: {lr: 0}}
      epochs: 1
    evaluate: {split: test, metrics: [mae]}
    """
  }

  private func mae(_ results: [String: RunResult], _ block: String) -> Double? {
    results[block]?.scalars.first { $0.name == "test.mae" }?.statistic.mean
  }

  @Test func theModelsBiasHoldsForLayersThatStateOnlyTheirWeights() throws {
    let results = try results(
      data
        + block(
          "layer",
          untrained(
            "{sequential: [{linear: {out_features: 1, init: zeros}}], bias_init: {constant: {value: 100}}}"
          ))
        + block(
          "whole",
          untrained(
            "{sequential: [{linear: {out_features: 1}}], init: zeros, bias_init: {constant: {value: 100}}}"
          ))
        + block("none", untrained("{sequential: [{linear: {out_features: 1}}], init: zeros}")))
    #expect(mae(results, "layer") == mae(results, "whole"))
    #expect((mae(results, "layer") ?? 0) > 70)
    #expect((mae(results, "none") ?? 99) < 30)
  }

  @Test func schedulesReachTheRatesOfTheirFormulas() throws {
    func training(_ schedule: String) -> String {
      """
      train:
        model: {sequential: [{linear: {out_features: 1}}]}
        data: data
        optimizer: {sgd: {lr: 0.01}}
        schedule: \(schedule)
        steps: 10
        batch_size: 10
      """
    }
    let results = try results(
      data + block("by_linear", training("{linear: {warmup_steps: 2}}"))
        + block("by_step", training("{step: {step_size: 4, gamma: 0.5, unit: step}}"))
        + block("by_cosine", training("cosine"))
        + block("by_noam", training("{noam: {d_model: 4, warmup_steps: 4}}")))
    func rates(_ name: String) -> [Double] {
      results["by_" + name]?.series.first { $0.name == "lr" && $0.axis == .step }?.mean ?? []
    }
    let linear = [0, 0.5, 1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125].map { 0.01 * $0 }
    let step = [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25].map { 0.01 * $0 }
    let cosine = (0..<10).map { 0.005 * (1 + cos(.pi * Double($0) / 10)) }
    let noam = (1...10).map {
      0.01 / 2 * min(1 / Double($0).squareRoot(), Double($0) / 8)
    }
    for (name, expected) in [
      ("linear", linear), ("step", step), ("cosine", cosine), ("noam", noam),
    ] {
      let found = rates(name)
      #expect(found.count == 10, "\(name)")
      for (index, pair) in zip(found, expected).enumerated() {
        #expect(abs(pair.0 - pair.1) <= 1e-12 * pair.1 + 1e-15, "\(name) at step \(index)")
      }
    }
  }

  @Test func aFailedBlockStopsOnlyWhatNeedsIt() throws {
    let run = try run(
      data
        + block(
          "bad",
          """
          train:
            model: {sequential: [{linear: {out_features: 4}}, {linear: {out_features: 1}}]}
            data: data
            optimizer: {sgd: {lr: 1e25}}
            steps: 1
          evaluate: {split: test, metrics: [mae]}
          """)
        + block("good", untrained("{sequential: [{linear: {out_features: 1}}]}"))
        + block("both", "compare: {runs: [bad, good], metrics: [test.mae]}"))
    // One step throws the weights off; nothing after it would notice.
    guard case .failed(let diagnostic) = run.outcomes["bad"] else {
      Issue.record("the diverged block has a result")
      return
    }
    #expect(diagnostic.id == "run.diverged")
    #expect(diagnostic.message.contains("step 1") && diagnostic.message.contains("1e25"))
    guard case .blocked(by: "bad") = run.outcomes["both"] else {
      Issue.record("the comparison is not blocked")
      return
    }
    #expect(run.results["good"] != nil)
  }

  @Test func aRepeatIsAnotherSeedOfTheSameTraining() throws {
    let training = """
      train:
        model: {sequential: [{linear: {out_features: 1}}]}
        data: data
        epochs: 2
      evaluate: {split: test, metrics: [mae]}
      """
    let results = try results(
      data + block("once", training) + block("thrice", training + "\nrepeat: 3"))
    let thrice = results["thrice"]?.scalars.first { $0.name == "test.mae" }?.statistic
    #expect(thrice?.values.count == 3)
    #expect(thrice?.values.first == mae(results, "once"))
    #expect(Set(thrice?.values ?? []).count == 3)
    let mean = (thrice?.values ?? []).reduce(0, +) / 3
    #expect(abs((thrice?.mean ?? 0) - mean) < 1e-12)
    #expect((thrice?.interval?.low ?? 9e9) < mean && mean < (thrice?.interval?.high ?? -9e9))
  }

  @Test func aPartThatNoRowGoesToIsFoundBeforeAnythingRuns() throws {
    let text = block("data", "dataset: {synthetic: glyphs, samples: 10}")
    let (experiments, _) = ExperimentNotebook.decode(
      Notebook.parse(SourceFile(path: "a.md", text: text)).notebook)
    var data = DatasetCatalog(root: ProjectRoot(containing: "/"))
    let (_, diagnostics) = Plan.make(
      notebook: experiments, numericsVersion: Machine.numericsVersion
    ) { data.facts(for: $0) }
    #expect(diagnostics.filter(\.isError).map(\.id) == ["data.empty-part"])
  }
}
