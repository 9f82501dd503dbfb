import Diagnostics
import Experiments
import Notebooks
import Reports

/// A generator of test inputs that repeats itself.
///
/// SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// Texts that try to be something other than text.
enum Hostile {
  static let fragments = [
    "|", "||", "`", "```", "~~~", "<!--", "-->", "<!-- assay:a 0 -->", "<!-- /assay -->",
    "<script>",
    "</td>", "&amp;", "&lt;", "\\", "\\|", "*", "**", "_", "__a__", "[x](#y)", "![", "]", "$x$",
    "#",
    "\n", "\r\n", "\u{2028}", "\t", "\u{1B}[31m", "\u{202E}", "\u{200B}", "\u{0}", "|\u{301}",
    "`\u{301}", "<\u{301}b>", "中文", "标签", "👩‍👩‍👧", "e\u{301}", "https://a.b", "www.a.b", "a@b.c",
    " ", "  ", "a", "Zz", "0", "\"", "'", "{{x}}", "{{{y}}}",
  ]

  static func text(using generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...6, using: &generator)).map { _ in
      fragments.randomElement(using: &generator) ?? ""
    }.joined()
  }
}

/// Results made of exact arithmetic, so that golden files are the same everywhere.
enum Samples {
  static func wobble(_ i: Int, _ k: Int) -> Double {
    Double((i &* 7919 &+ k &* 104_729) % 101) / 101 - 0.5
  }

  static func statistic(_ values: [Double]) -> Statistic {
    guard values.count > 1 else { return Statistic(values.first ?? .nan) }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let std = (squares / Double(values.count - 1)).squareRoot()
    let half = 4.3027 * std / Double(values.count).squareRoot()
    return Statistic(
      values: values, mean: mean, std: std,
      interval: Statistic.Interval(low: mean - half, high: mean + half))
  }

  static func series(
    _ name: String, _ axis: Series.Axis, _ quantity: Quantity, count: Int, runs: Int,
    _ value: (_ x: Int, _ run: Int) -> Double
  ) -> Series {
    let values = (0..<runs).map { run in (1...count).map { value($0, run) } }
    let mean = (0..<count).map { i in values.reduce(0) { $0 + $1[i] } / Double(runs) }
    return Series(
      name, axis: axis, quantity, x: (1...count).map(Double.init), runs: values, mean: mean)
  }

  static func training(runs: Int, classes: [String]) -> RunResult {
    func measured(_ name: String, key: String? = nil, _ center: Double, _ spread: Double) -> Scalar
    {
      Scalar(
        name, key: key, name.hasSuffix("loss") ? .loss : .ratio,
        statistic((0..<runs).map { center + spread * wobble(name.count, $0) }))
    }
    var scalars = [
      measured("test.accuracy", 0.932, 0.004), measured("test.macro_f1", 0.929, 0.006),
      measured("test.loss", 0.2312, 0.01),
    ]
    for (name, count) in [("epochs", 5.0), ("steps", 400), ("parameters", 203_530)] {
      scalars.append(Scalar(name, .count, statistic(Array(repeating: count, count: runs))))
    }
    for (index, label) in classes.enumerated() {
      for metric in ["precision", "recall", "f1"] {
        let center = 0.9 + 0.01 * Double(index)
        scalars.append(measured("test.\(metric)", key: label, center, 0.05))
      }
    }
    let series = [
      series("train.loss", .epoch, .loss, count: 5, runs: runs) { 1 / Double($0) + Double($1) },
      series("train.loss", .step, .loss, count: 400, runs: runs) {
        2.3 / (1 + 0.03 * Double($0)) + 0.08 + 4 * wobble($0, $1) / Double(40 + $0)
      },
      series("validation.loss", .epoch, .loss, count: 5, runs: runs) {
        1.2 / Double($0) + 0.12 + 0.03 * Double($1)
      },
      series("validation.accuracy", .epoch, .ratio, count: 5, runs: runs) {
        1 - 0.35 / Double($0) + 0.01 * Double($1)
      },
      series("lr", .step, .real, count: 400, runs: runs) { step, _ in
        1e-3 * (1 - Double(step) / 400)
      },
    ]
    let counts = classes.indices.map { row in
      classes.indices.map { $0 == row ? 48 : (row * 3 + $0 * 5) % 4 }
    }
    return RunResult(
      scalars: scalars, series: series,
      matrices: [Matrix("test.confusion_matrix", labels: classes, counts: counts)])
  }

  static let data = RunResult(
    scalars: [
      Scalar("rows", .count, Statistic(150)), Scalar("features", .count, Statistic(4)),
      Scalar("classes", .count, Statistic(3)), Scalar("train.rows", .count, Statistic(90)),
      Scalar("test.rows", .count, Statistic(60)),
    ],
    charts: [
      Chart(
        "class_counts", .count,
        .categories([
          Chart.Category("setosa", 50), Chart.Category("变色鸢尾", 50),
          Chart.Category("virginica|<script>", 48),
        ])),
      Chart(
        "target", .real, .histogram(edges: [-1, -0.5, 0, 0.5, 1], counts: [3, 40, 22, 1])),
    ],
    tables: [
      Table(
        "features", columns: [.term("feature"), .term("mean"), .term("std")],
        rows: [
          [.text("sepal_length"), .number(5.843, .real), .number(0.828, .real)],
          [.text("petal_width"), .number(1.199, .real), .number(0.7622, .real)],
        ])
    ])

  static let comparison: RunResult = {
    var scalars: [Scalar] = []
    for (i, label) in ["cosine", "linear", "constant", "one_cycle"].enumerated() {
      let accuracy = (0..<5).map { 0.93 - 0.01 * Double(i) + 0.005 * wobble(i, $0) }
      let loss = (0..<5).map { 0.23 + 0.02 * Double(i) + 0.005 * wobble(i + 7, $0) }
      scalars.append(Scalar("test.accuracy", key: label, .ratio, statistic(accuracy)))
      scalars.append(Scalar("test.loss", key: label, .loss, statistic(loss)))
    }
    return RunResult(scalars: scalars)
  }()

  static let plot = RunResult(
    series: ["cosine", "0.1", "constant"].enumerated().map { k, name in
      series(name, .epoch, .loss, count: 20, runs: 1) { x, _ in
        (2.3 + Double(k)) / Double(x * x) + 0.01 + 0.005 * wobble(x, k)
      }
    })
}

/// A notebook whose blocks' first key says what sample they get: `train`, `dataset`, `fail`, ….
struct SampleDocument {
  let notebook: Notebook
  private let experiments: ExperimentNotebook
  private let outcomes: [String: BlockOutcome]

  init(
    _ text: String, language: Language = .en, charset: Charset = .ascii, title: String? = nil
  ) {
    notebook = Notebook.parse(SourceFile(path: "notebooks/sample.md", text: text)).notebook
    var settings = NotebookSettings()
    settings.lang = language
    settings.charset = charset
    settings.title = title
    var experiments: [Experiment] = []
    var outcomes: [String: BlockOutcome] = [:]
    for block in notebook.blocks {
      let (experiment, outcome) = Self.sample(for: block)
      experiments.append(experiment)
      outcomes[block.name] = outcome
    }
    self.experiments = ExperimentNotebook(settings: settings, experiments: experiments)
    self.outcomes = outcomes
  }

  func rendered(_ options: DocumentOptions = DocumentOptions()) -> RenderedDocument {
    RenderedDocument.render(
      notebook: notebook, experiments: experiments, outcomes: outcomes, options: options)
  }

  private static func sample(for block: ExperimentBlock) -> (Experiment, BlockOutcome) {
    let key = block.body.text.split(separator: ":").first.map(String.init) ?? ""
    let classes = ["setosa", "versicolor", "virginica"]
    var common = CommonSpec()
    var expectations: [String] = []
    let spec: ExperimentSpec
    var work = BlockOutcome.Work.notRun
    switch key {
    case "dataset":
      spec = .dataset(.glyphs(GlyphsDatasetSpec()))
      work = .result(Samples.data)
    case "model": spec = .model(.sequential(SequentialSpec()))
    case "train", "single":
      spec = .train(TrainSpec(), evaluate: EvaluateSpec())
      work = .result(Samples.training(runs: key == "single" ? 1 : 3, classes: classes))
      expectations = ["test.accuracy >= 0.90", "test.loss <= 0.2"]
      if key == "single" {
        common.show = [.accuracyCurve, .lrCurve]
        common.caption = "Accuracy | *along* `training`"
      }
    case "fail":
      spec = .train(TrainSpec(), evaluate: nil)
      expectations = ["test.accuracy >= 0.90"]
      work = .failure(
        Diagnostic(
          .error, "training.diverged", "The loss at step 37 is NaN (learning rate 10)",
          at: block.nameRange, notes: [Diagnostic.Note("lower `lr` or set `max_grad_norm`")]))
    case "compare":
      spec = .compare(CompareSpec())
      common.show = [.comparison, .bars]
      work = .result(Samples.comparison)
    default:
      var plot = PlotSpec()
      plot.log = [.y]
      plot.series = ["train.loss"]
      spec = .plot(plot)
      work = .result(Samples.plot)
    }
    let experiment = Experiment(
      name: block.name, origin: .block, spec: spec, common: common, seed: 7,
      nameRange: block.nameRange,
      expectations: expectations.map {
        Expectation(text: $0, range: block.nameRange, isVerbatim: false)
      })
    let provenance = ProvenanceLine(
      fingerprint: "3f9a0c77b1d2e4f56789", numericsVersion: 1, seed: 7,
      repeats: key == "train" ? 3 : 1)
    return (
      experiment,
      BlockOutcome(work: work, provenance: key == "model" ? nil : provenance)
    )
  }
}
