import Diagnostics
import Experiments
import Testing

/// What is found before anything trains.
struct PlanCheckTests {
  private typealias Fixture = PlanFixture

  private static let two = Fixture.classes(["no", "yes"])
  private static let three = Fixture.classes(["a", "b", "c"])

  private func problems(
    _ facts: DatasetFacts, outputs: Int = 1, metrics: [MetricName] = [.loss],
    split: SplitPart = .test, _ change: (inout TrainSpec) -> Void = { _ in }
  ) -> [String] {
    var experiments = Fixture.experiments(
      metrics: metrics, layers: [Fixture.linear(outputs)], change)
    if case .train(let spec, var evaluate?) = experiments[2].spec {
      evaluate.split = split
      experiments[2] = Fixture.experiment("fit", .train(spec, evaluate: evaluate))
    }
    return Fixture.problems(experiments, facts: facts)
  }

  private func hinge(_ kind: HingeSpec.Kind) -> LossSpec {
    var spec = HingeSpec()
    spec.kind = kind
    return .hinge(spec)
  }

  @Test func adjacentLayersMustFit() {
    let layers = [
      Fixture.linear(32, inputs: 700), .relu, Fixture.linear(16, inputs: 31), .tanh,
      Fixture.linear(10, inputs: 16),
    ]
    let diagnostics = Fixture.plan(Fixture.notebook(Fixture.experiments(layers: layers)))
      .diagnostics
    #expect(diagnostics.map(\.id) == ["shape.in-features", "shape.in-features"])
    #expect(diagnostics[0].message.contains("784, not 700"))
    #expect(diagnostics[1].message.contains("32, not 31"))
  }

  @Test func emptyModelIsRefused() {
    #expect(Fixture.problems(Fixture.experiments(layers: [])) == ["shape.empty-model"])
  }

  @Test func sharedModelIsReportedOnce() {
    var experiments = Fixture.experiments(layers: [Fixture.linear(10, inputs: 5)])
    experiments.append(Fixture.experiment("more", .train(Fixture.train(), evaluate: nil)))
    #expect(Fixture.problems(experiments) == ["shape.in-features"])
  }

  @Test func outputsMatchTheLoss() {
    #expect(problems(Self.three, outputs: 3) == [])
    #expect(problems(Self.three, outputs: 2) == ["shape.outputs"])
    #expect(problems(Self.three, outputs: 3) { $0.loss = hinge(.multiMargin) } == [])
    #expect(
      problems(Self.three, outputs: 1) { $0.loss = hinge(.crammerSinger) } == ["shape.outputs"])
    #expect(problems(Self.two, outputs: 1) { $0.loss = hinge(.binary) } == [])
    #expect(problems(Self.two, outputs: 2) { $0.loss = hinge(.binary) } == ["shape.outputs"])
    #expect(problems(Self.three, outputs: 1) { $0.loss = hinge(.binary) } == ["plan.loss"])
    #expect(
      problems(Self.two, outputs: 1) { $0.loss = .bceWithLogits(BCEWithLogitsSpec()) } == [])
    #expect(
      problems(Self.three, outputs: 1) { $0.loss = .bceWithLogits(BCEWithLogitsSpec()) } == [
        "plan.loss"
      ])
    #expect(problems(Fixture.numbers, outputs: 1) { $0.loss = .mse } == [])
    #expect(
      problems(Fixture.numbers, outputs: 2) { $0.loss = .huber(HuberSpec()) } == ["shape.outputs"])
  }

  @Test func lossMatchesTheTask() {
    #expect(problems(Self.three, outputs: 3) { $0.loss = .mse } == ["plan.loss"])
    #expect(
      problems(Fixture.numbers) { $0.loss = .crossEntropy(CrossEntropySpec()) } == ["plan.loss"])
    #expect(
      problems(Fixture.numbers) { $0.loss = .bceWithLogits(BCEWithLogitsSpec()) } == ["plan.loss"])
  }

  @Test func classWeightsAreOnePerClass() {
    let weights = { (count: Int) -> (inout TrainSpec) -> Void in
      { spec in
        var entropy = CrossEntropySpec()
        entropy.classWeights = .values(Array(repeating: 1, count: count))
        spec.loss = .crossEntropy(entropy)
      }
    }
    #expect(problems(Self.three, outputs: 3, weights(3)) == [])
    #expect(problems(Self.three, outputs: 3, weights(2)) == ["plan.class-weights"])
  }

  @Test func metricsMatchTheTask() {
    #expect(problems(Fixture.numbers, metrics: [.mse, .mae, .r2]) == [])
    #expect(
      problems(Fixture.numbers, metrics: [.accuracy, .macroF1]) == ["plan.metric", "plan.metric"])
    #expect(problems(Self.three, outputs: 3, metrics: [.mse]) == ["plan.metric"])
    #expect(problems(Self.three, outputs: 3, metrics: [.accuracy, .accuracy]) == ["plan.metric"])
    #expect(problems(Self.two, outputs: 2, metrics: [.f1]) == [])
    #expect(problems(Self.three, outputs: 3, metrics: [.f1]) == ["plan.positive-class"])
  }

  @Test func positiveClassIsOneOfTheData() {
    var experiments = Fixture.experiments(layers: [Fixture.linear(3)])
    var evaluate = EvaluateSpec()
    evaluate.metrics = [MetricSpec(.f1, positive: "d"), MetricSpec(.recall, positive: "b")]
    experiments[2] = Fixture.experiment("fit", .train(Fixture.train(), evaluate: evaluate))
    #expect(Fixture.problems(experiments, facts: Self.three) == ["plan.positive-class"])
  }

  @Test func partsThatAreReadHaveRows() {
    let bare = Fixture.classes(["a", "b"], rows: PartRows(train: 50, validation: 0, test: 0))
    #expect(problems(bare, outputs: 2) == ["plan.empty-split"])
    #expect(problems(bare, outputs: 2, split: .train) == [])
    let stopping: (inout TrainSpec) -> Void = { $0.earlyStopping = EarlyStoppingSpec() }
    #expect(problems(bare, outputs: 2, split: .train, stopping) == ["plan.no-validation"])
    let plateau: (inout TrainSpec) -> Void = {
      $0.schedule = .reduceOnPlateau(ReduceOnPlateauScheduleSpec())
    }
    #expect(problems(bare, outputs: 2, split: .train, plateau) == ["plan.no-validation"])
    let none = Fixture.classes(["a", "b"], rows: PartRows(train: 0, validation: 5, test: 5))
    #expect(problems(none, outputs: 2) == ["plan.no-rows"])
  }

  @Test func monitoredMetricMatchesTheTask() {
    let monitor: (inout TrainSpec) -> Void = {
      var stopping = EarlyStoppingSpec()
      stopping.monitor = .accuracy
      $0.earlyStopping = stopping
    }
    #expect(problems(Fixture.numbers, monitor) == ["plan.metric"])
    #expect(problems(Self.three, outputs: 3, monitor) == [])
  }

  @Test func classesMustBeLearnable() {
    #expect(problems(Fixture.classes(["only"]), outputs: 1) == ["plan.one-class"])
    let rows = PartRows(train: 60, validation: 20, test: 20)
    let missing = DatasetFacts(
      digest: nil, featureCount: 4, target: .classes(["a", "b"]), rows: rows,
      classRows: [rows, PartRows(train: 0, validation: 1, test: 1)])
    #expect(problems(missing, outputs: 2) == ["plan.class-left-out"])
  }

  @Test func oddChoicesAreWarnedOf() {
    #expect(problems(Self.three, outputs: 3) { $0.batchSize = 100 } == ["plan.batch-size"])
    let warmup: (inout TrainSpec) -> Void = {
      var schedule = CosineScheduleSpec()
      schedule.warmup = WarmupSpec(steps: 1000)
      $0.schedule = .cosine(schedule)
    }
    #expect(problems(Self.three, outputs: 3, warmup) == ["plan.warmup"])
  }

  @Test func referencesOfTheWrongKindAreRefused() {
    let wrong = Fixture.train(model: "digits", data: "net")
    let experiments =
      Fixture.experiments() + [Fixture.experiment("bad", .train(wrong, evaluate: nil))]
    #expect(Fixture.problems(experiments) == ["plan.reference"])
  }

  @Test func dataThatCannotBeReadStopsItsUsersQuietly() {
    let notebook = Fixture.notebook(Fixture.experiments(expect: ["test.anything > 1"]))
    let (plan, diagnostics) = Plan.make(notebook: notebook, numericsVersion: 1) { request in
      (
        nil,
        [Diagnostic(.error, "data.missing", "The file exists", at: request.experiment.nameRange)]
      )
    }
    #expect(plan.steps.isEmpty)
    #expect(diagnostics.map(\.id) == ["data.missing"])
  }

  @Test func limitsHoldForAnySize() {
    let huge = [
      Fixture.linear(.max), .relu, Fixture.linear(.max), .layerNorm(LayerNormSpec()),
      Fixture.linear(10),
    ]
    let ids = Set(Fixture.problems(Fixture.experiments(layers: huge)))
    #expect(ids == ["limit.parameters", "limit.memory", "limit.flop"])
    #expect(
      Fixture.problems(Fixture.experiments(layers: [Fixture.linear(300_000), Fixture.linear(10)]))
        .contains("limit.parameters"))
    #expect(Fixture.problems(Fixture.experiments { $0.epochs = .max }).contains("limit.flop"))
    #expect(Fixture.problems(Fixture.experiments { $0.steps = .max }).contains("limit.flop"))
    #expect(
      Fixture.problems(Fixture.experiments(data: Fixture.glyphs(samples: .max))) == ["limit.rows"])
    #expect(Fixture.problems(Fixture.experiments(repeats: .max)) == ["limit.steps"])
    var limits = PlanLimits()
    limits.flop = 1000
    let ids2 = Fixture.plan(Fixture.notebook(), limits: limits).diagnostics.map(\.id)
    #expect(ids2 == ["limit.flop"])
  }

  /// Whatever decoding lets through, planning neither traps nor hangs.
  @Test func extremeSpecsNeverTrap() {
    var random = SplitMix(state: 31)
    func number() -> Int {
      let numbers = [0, 1, -1, 7, 60, .max, .min, .max - 1, 1 << 32, 3_000_000_000]
      return numbers[random.below(numbers.count)]
    }
    func share() -> Double {
      let shares = [0, 1, -1, 0.5, 1e308, .nan, .infinity, 1e-300]
      return shares[random.below(shares.count)]
    }
    for _ in 0..<150 {
      var data = Friedman1DatasetSpec()
      data.samples = number()
      data.features = number()
      data.split = SplitSpec(train: share(), validation: share(), test: share())
      var layers: [LayerSpec] = []
      for _ in 0..<random.below(5) {
        layers.append(
          Fixture.linear(number(), inputs: random.below(2) == 0 ? nil : number()))
        layers.append(.layerNorm(LayerNormSpec()))
      }
      let experiments = Fixture.experiments(
        repeats: random.below(2) == 0 ? 2 : number(), metrics: [.mse], layers: layers,
        data: .friedman1(data)
      ) {
        $0.batchSize = number()
        $0.grain = number()
        $0.epochs = random.below(2) == 0 ? number() : nil
        $0.steps = random.below(2) == 0 ? number() : nil
        if random.below(2) == 0 { $0.earlyStopping = EarlyStoppingSpec() }
      }
      let (plan, _) = Fixture.plan(Fixture.notebook(experiments))
      #expect(plan.dump().hasSuffix("numerics 1\n"))
    }
  }
}
