import Diagnostics
import Experiments
import Testing

struct PlanTests {
  private typealias Fixture = PlanFixture

  @Test func blockExpandsIntoItsSteps() {
    let (plan, diagnostics) = Fixture.plan(Fixture.notebook(Fixture.experiments(repeats: 2)))
    #expect(diagnostics.isEmpty)
    #expect(
      plan.steps.map(\.id.description) == [
        "digits", "fit.train#0", "fit.evaluate#0", "fit.train#1", "fit.evaluate#1", "fit",
      ])
    #expect(plan.resultStep(of: "fit")?.inputs.count == 4)
    #expect(plan.resultStep(of: "net") == nil)
    #expect(plan.steps(of: "fit").count == 5)
  }

  @Test func inFeaturesAreInferred() throws {
    let (plan, _) = Fixture.plan(Fixture.notebook())
    guard case .train(let training, seed: 7, repeatIndex: 0)? = plan.steps.dropFirst().first?.work,
      case .sequential(_, let layers) = training.model
    else {
      Issue.record("the second step trains layers")
      return
    }
    #expect(layers.map(\.inputs) == [784, 32, 32])
    #expect(training.parameters == 784 * 32 + 32 + 32 * 10 + 10)
    #expect(training.stepsPerEpoch == 19)
    #expect(training.totalSteps == 57)
    #expect(training.validationMetrics == [.loss, .accuracy])
    #expect(training.loss == .crossEntropy(CrossEntropySpec()))
  }

  /// Random graphs of blocks in random order: the order of the file changes nothing.
  @Test(arguments: Array(UInt64(1)...30))
  func orderOfTheFileChangesNothing(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    let experiments = RandomNotebook.experiments(&random)
    let (plan, diagnostics) = Fixture.plan(Fixture.notebook(experiments))
    #expect(!diagnostics.hasErrors, "seed \(seed): \(diagnostics.map(\.message))")
    let (other, _) = Fixture.plan(Fixture.notebook(experiments.shuffled(using: &random)))
    #expect(plan.dump() == other.dump(), "seed \(seed)")
  }

  @Test(arguments: Array(UInt64(1)...30))
  func inputsStandBeforeTheirStep(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    let (plan, _) = Fixture.plan(Fixture.notebook(RandomNotebook.experiments(&random)))
    var seen: Set<Step.ID> = []
    for step in plan.steps {
      #expect(step.inputs.allSatisfy { seen.contains($0) }, "seed \(seed)")
      #expect(seen.insert(step.id).inserted, "seed \(seed)")
    }
    let some = plan.steps[random.below(plan.steps.count)].block
    let part = plan.restricted(to: [some])
    #expect(part.steps.contains { $0.block == some })
    #expect(part.steps.allSatisfy { $0.inputs.allSatisfy { part[$0] != nil } })
  }

  @Test func dumpIsATable() {
    let (plan, _) = Fixture.plan(Fixture.notebook())
    let lines = plan.dump().split(separator: "\n").map(String.init)
    #expect(lines.count == 6)
    #expect(lines[0].hasPrefix("block   step         depends on"))
    #expect(lines[1].hasPrefix("digits  prepare"))
    #expect(lines[2].hasPrefix("fit     train #0     digits"))
    #expect(lines[5].hasPrefix("4 steps, 4 different, about "))
  }

  @Test func comparisonListsCommonMetrics() {
    var experiments = Fixture.experiments(metrics: [.accuracy, .macroF1])
    experiments.append(
      Fixture.experiment(
        "other", .train(Fixture.train(), evaluate: Fixture.evaluate([.accuracy, .loss]))))
    let runs = [ComparedRun(name: "fit", label: "fit"), ComparedRun(name: "other", label: "other")]
    experiments.append(Fixture.experiment("both", .compare(CompareSpec()), compared: runs))
    var plot = PlotSpec()
    plot.compare = "both"
    experiments.append(
      Fixture.experiment("curves", .plot(plot), expect: ["both.test.accuracy[fit] > 0"]))
    let (plan, diagnostics) = Fixture.plan(Fixture.notebook(experiments))
    #expect(diagnostics.map(\.message) == [])
    guard case .compare(_, let metrics)? = plan.resultStep(of: "both")?.work else {
      Issue.record("the comparison is planned")
      return
    }
    #expect(metrics == ["test.accuracy"])
    #expect(plan.resultStep(of: "curves")?.inputs.map(\.description) == ["fit", "other"])
  }

  @Test func comparedMetricIsCheckedInEveryRun() {
    var spec = CompareSpec()
    spec.metrics = ["test.acuracy", "train.loss[-1]", "test.f1[3]"]
    let runs = [ComparedRun(name: "fit", label: "fit")]
    var experiments = Fixture.experiments(metrics: [.accuracy, .macroF1])
    experiments.append(Fixture.experiment("one", .compare(spec), compared: runs))
    let diagnostics = Fixture.plan(Fixture.notebook(experiments)).diagnostics
    #expect(diagnostics.map(\.id) == ["expression.unknown-path"])
    #expect(diagnostics.first?.suggestion == "test.accuracy")
  }

  @Test func evaluationOfAnotherBlockMeasuresEachRepeat() {
    var spec = Fixture.evaluate([.accuracy], split: .validation)
    spec.run = "fit"
    let experiments =
      Fixture.experiments(repeats: 2) + [Fixture.experiment("again", .evaluate(spec))]
    let (plan, diagnostics) = Fixture.plan(Fixture.notebook(experiments))
    #expect(diagnostics.isEmpty)
    #expect(
      plan.steps(of: "again").map(\.id.description) == [
        "again.evaluate#0", "again.evaluate#1", "again",
      ])
    #expect(
      plan[Step.ID("again.evaluate#1")]?.inputs == [Step.ID("fit.train#1"), Step.ID("digits")])
  }

  @Test func namesInExpectationsAreCheckedBeforeAnythingRuns() {
    let wrong = [
      "tset.accuracy > 0.5", "test.accuracy.std < 1", "test.f1[11] > 0", "validation.f1 > 0",
      "fit.train.loss > 0", "nobody.test.accuracy > 0", "test.accuracy >= ", "net.parameters > 0",
    ]
    let right = [
      "test.accuracy > 0.5", "test.f1[3] > 0.5", "train.loss[-1] < 1", "epochs == 3", "lr.max < 1",
      "validation.accuracy[-1] > 0", "test.confusion_matrix[1][7] < 5", "digits.rows == 1000",
    ]
    let experiments = Fixture.experiments(
      metrics: [.accuracy, .macroF1, .confusionMatrix], expect: wrong + right)
    let diagnostics = Fixture.plan(Fixture.notebook(experiments)).diagnostics
    #expect(
      diagnostics.map(\.id) == [
        "expression.unknown-block", "expression.statistic", "expression.unknown-class",
        "expression.unknown-path", "expression.type", "expression.unknown-block",
        "expression.syntax", "expression.unknown-path",
      ])
  }
}

/// Random notebooks without mistakes.
enum RandomNotebook {
  static func experiments(_ random: inout SplitMix) -> [Experiment] {
    var experiments: [Experiment] = []
    for index in 0...random.below(2) {
      experiments.append(
        PlanFixture.experiment("data\(index)", .dataset(PlanFixture.glyphs(samples: 500 + index))))
    }
    let datasets = experiments.count
    for index in 0...random.below(2) {
      experiments.append(
        PlanFixture.experiment(
          "网络\(index)",
          .model(PlanFixture.model([PlanFixture.linear(8 + index), .tanh, PlanFixture.linear(10)])))
      )
    }
    let models = experiments.count - datasets
    var runs: [ComparedRun] = []
    for index in 0...random.below(5) {
      let name = "run\((index * 7) % 11)"
      let spec = PlanFixture.train(
        model: "网络\(random.below(models))", data: "data\(random.below(datasets))"
      ) { $0.batchSize = 16 << index }
      experiments.append(
        PlanFixture.experiment(
          name, .train(spec, evaluate: PlanFixture.evaluate([.accuracy])),
          repeats: 1 + random.below(3)))
      runs.append(ComparedRun(name: name, label: name))
    }
    experiments.append(
      PlanFixture.experiment("table", .compare(CompareSpec()), compared: runs))
    var plot = PlotSpec()
    plot.runs = runs.map(\.name)
    experiments.append(PlanFixture.experiment("figure", .plot(plot)))
    return experiments
  }
}
