import Diagnostics
import Experiments

/// Notebooks made of specs, without YAML: every field's place is the block's name.
enum PlanFixture {
  static let file = SourceFile(path: "n.md", text: "notebook")

  static func experiment(
    _ name: String, _ spec: ExperimentSpec, repeats: Int = 1, seed: Int = 7,
    origin: Experiment.Origin = .block, expect: [String] = [], compared: [ComparedRun] = []
  ) -> Experiment {
    var common = CommonSpec()
    common.repeats = repeats
    common.expect = expect
    let range = SourceRange(file, 0..<8)
    return Experiment(
      name: name, origin: origin, spec: spec, common: common, seed: seed, nameRange: range,
      expectations: expect.map {
        Experiments.Expectation(text: $0, range: range, isVerbatim: false)
      },
      compared: compared)
  }

  static func linear(_ outputs: Int, inputs: Int? = nil) -> LayerSpec {
    var spec = LinearSpec()
    spec.outFeatures = outputs
    spec.inFeatures = inputs
    return .linear(spec)
  }

  static func model(_ layers: [LayerSpec]) -> ModelSpec {
    var spec = SequentialSpec()
    spec.layers = layers
    return .sequential(spec)
  }

  static func glyphs(samples: Int = 1000) -> DatasetSpec {
    var spec = GlyphsDatasetSpec()
    spec.samples = samples
    return .glyphs(spec)
  }

  static func train(
    model: String = "net", data: String = "digits", _ change: (inout TrainSpec) -> Void = { _ in }
  ) -> TrainSpec {
    var spec = TrainSpec()
    spec.model = .named(model)
    spec.data = .named(data)
    change(&spec)
    return spec
  }

  static func evaluate(_ metrics: [MetricName], split: SplitPart = .test) -> EvaluateSpec {
    var spec = EvaluateSpec()
    spec.split = split
    spec.metrics = metrics.map { MetricSpec($0) }
    return spec
  }

  /// digits, net, fit.
  static func experiments(
    repeats: Int = 1, metrics: [MetricName] = [.accuracy],
    layers: [LayerSpec] = [linear(32), .relu, linear(10)], expect: [String] = [],
    data: DatasetSpec = glyphs(), _ change: (inout TrainSpec) -> Void = { _ in }
  ) -> [Experiment] {
    [
      experiment("digits", .dataset(data)),
      experiment("net", .model(model(layers))),
      experiment(
        "fit", .train(train(change), evaluate: metrics.isEmpty ? nil : evaluate(metrics)),
        repeats: repeats, expect: expect),
    ]
  }

  static func notebook(_ experiments: [Experiment] = experiments()) -> ExperimentNotebook {
    ExperimentNotebook(settings: NotebookSettings(), experiments: experiments)
  }

  static func plan(
    _ notebook: ExperimentNotebook, limits: PlanLimits = PlanLimits(), numerics: Int = 1,
    facts: DatasetFacts? = nil
  ) -> (plan: Plan, diagnostics: [Diagnostic]) {
    Plan.make(notebook: notebook, numericsVersion: numerics, limits: limits) { request in
      (facts ?? DatasetFacts.synthetic(request.spec), [])
    }
  }

  static func problems(_ experiments: [Experiment], facts: DatasetFacts? = nil) -> [String] {
    plan(notebook(experiments), facts: facts).diagnostics.map(\.id)
  }

  static func classes(_ names: [String], rows: PartRows? = nil, features: Int = 4) -> DatasetFacts {
    DatasetFacts(
      digest: nil, featureCount: features, target: .classes(names),
      rows: rows ?? PartRows(train: 60, validation: 20, test: 20))
  }

  static let numbers = DatasetFacts(
    digest: nil, featureCount: 4, target: .numbers(width: 1),
    rows: PartRows(train: 60, validation: 20, test: 20))
}
