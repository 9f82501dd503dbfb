/// The steps that a project in some state must have, and what each of them depends on, worked out
/// from the state's meaning alone: no text is read, and nothing of Assay is asked.
struct PredictedPlan {
  struct Step {
    let id: String
    let block: String
    /// Everything that the result depends on; the same for steps that do the same work.
    let key: String
    /// Keys of the steps whose results are read; data sets are made again instead.
    let inputs: [String]

    var isResult: Bool { id == block }
  }

  private(set) var steps: [Step] = []
  private let state: ProjectState

  /// A data set: the key of its step.
  private struct Data {
    let key: String
  }

  /// What a training block is, for those that are like it.
  private struct Training {
    var fields: [String: String]
    var data: Data
    var seed: String
    var repeats: Int
    /// `PART METRICS`; nil: measures nothing.
    var evaluation: String?
  }

  init(_ state: ProjectState) {
    self.state = state
    let seed = state["front.seed"]
    let curve = addCurve(seed)
    let table = addTable(seed)
    let points = friedman(samples: state["points.samples"], seed: state["lib.seed"])
    let usesPoints = state["borrowed.data"] == "lib/points" || state["fit.data"] == "lib/points"
    if usesPoints { add("lib/points", "lib/points", points.key) }

    let fit = fit(seed, data: state["fit.data"] == "curve" ? curve : points)
    let fitName = state["fit.name"]
    let fitted = add(fit, fitName)
    var slow = fit
    slow.fields["lr"] = state["slow.lr"]
    let slowed = add(slow, "slow")
    if state["extra.there"] == "yes" {
      var extra = slow
      extra.fields["batch"] = "4"
      extra.seed = "11"
      add(extra, "extra")
    }
    let classes = classes(seed, data: table)
    add(classes, "classes")
    addSizes(of: classes)

    let isForth = state["side.runs"] == "forth"
    let labels = isForth ? [fitName, "slow"] : ["slow", fitName]
    add(
      "side", "side", "compare \(labels) [] \(state["side.metrics"])",
      inputs: isForth ? [fitted, slowed] : [slowed, fitted])
    add(
      "lines", "lines", "plot \([fitName, "slow"]) \(state["lines.series"]) \(state["lines.x"])",
      inputs: [fitted, slowed])
    if state["again.there"] == "yes" { addAgain(of: fit) }
    addBorrowed(seed, points)
  }

  // MARK: Demand

  /// Keys of what has to be computed where some steps are kept.
  func demand(having known: Set<String>) -> Set<String> {
    let byKey = Dictionary(steps.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var demand: Set<String> = []
    var open = steps.filter(\.isResult).map(\.key)
    while let key = open.popLast() {
      guard !known.contains(key), demand.insert(key).inserted else { continue }
      open += byKey[key]?.inputs ?? []
    }
    return demand
  }

  // MARK: Blocks

  private mutating func addCurve(_ seed: String) -> Data {
    let own = state["curve.seed"]
    let data = friedman(
      samples: state["curve.samples"], noise: state["curve.noise"],
      standardize: state["curve.standardize"], train: state["curve.split"],
      seed: own.isEmpty ? seed : own)
    add(state["curve.name"], state["curve.name"], data.key)
    return data
  }

  private mutating func addTable(_ seed: String) -> Data {
    let parts = ["table.bytes", "table.features", "table.standardize"].map { state[$0] }
    let data = Data(key: "csv \(parts) seed \(seed)")
    add("table", "table", data.key)
    return data
  }

  private func friedman(
    samples: String, noise: String = "1.0", standardize: String = "false", train: String = "60%",
    seed: String
  ) -> Data {
    Data(key: "friedman \(samples) \(noise) \(standardize) \(train) seed \(seed)")
  }

  private func fit(_ seed: String, data: Data) -> Training {
    let own = state["fit.seed"]
    return Training(
      fields: [
        "model": "\(state["net.width"]) \(state["net.layer"]) 1", "optimizer": "adamw",
        "lr": state["fit.lr"], "decay": state["fit.decay"], "epochs": state["fit.epochs"],
        "batch": state["fit.batch"], "loss": state["fit.loss"], "clip": state["fit.clip"],
        "shuffle": state["fit.shuffle"],
      ], data: data, seed: own.isEmpty ? seed : own, repeats: Int(state["fit.repeat"]) ?? 0,
      evaluation: "test \(state["fit.metrics"])")
  }

  private func classes(_ seed: String, data: Data) -> Training {
    Training(
      fields: [
        "model": "\(state["front.width"]) tanh 2", "optimizer": state["classes.optimizer"],
        "lr": state["classes.lr"], "momentum": state["classes.momentum"],
        "epochs": state["classes.epochs"], "batch": state["classes.batch"],
        "loss": "cross_entropy \(state["classes.smoothing"])",
        "schedule": state["classes.schedule"], "stopping": state["classes.stopping"],
      ], data: data, seed: seed, repeats: Int(state["classes.repeat"]) ?? 0,
      evaluation: "test \(state["classes.metrics"])")
  }

  private mutating func addSizes(of base: Training) {
    let labels = state["sizes.values"].dropFirst().dropLast().split(separator: ", ").map(
      String.init)
    var results: [String] = []
    for label in labels {
      var variant = base
      variant.fields["batch"] = String(Int(label) ?? 0)
      results.append(add(variant, "sizes[\(label)]"))
    }
    add("sizes", "sizes", "compare \(labels) \(labels) [test.accuracy]", inputs: results)
  }

  private mutating func addAgain(of fit: Training) {
    var measured: [String] = []
    for index in 0..<fit.repeats {
      measured.append(
        addEvaluation(
          "again", index, "\(state["again.split"]) \(state["again.metrics"])",
          of: Self.key(of: fit, index), fit.data))
    }
    add("again", "again", "combine \(fit.repeats)", inputs: measured)
  }

  private mutating func addBorrowed(_ seed: String, _ points: Data) {
    var data = points
    if state["borrowed.data"] == "in place" {
      data = friedman(samples: state["points.samples"], seed: seed)
      add("borrowed.data", "borrowed", data.key)
    }
    let training = Training(
      fields: [
        "model": "\(state["shared.width"]) tanh 1", "optimizer": "default", "batch": "6",
        "epochs": state["borrowed.epochs"],
      ], data: data, seed: seed, repeats: 1, evaluation: nil)
    add(training, "borrowed")
  }

  // MARK: Steps

  private mutating func add(_ id: String, _ block: String, _ key: String) {
    steps.append(Step(id: id, block: block, key: key, inputs: []))
  }

  @discardableResult
  private mutating func add(
    _ id: String, _ block: String, _ work: String, inputs: [String]
  ) -> String {
    let key = "\(work) of {" + inputs.joined(separator: "; ") + "}"
    steps.append(Step(id: id, block: block, key: key, inputs: inputs))
    return key
  }

  /// Adds a training's steps; returns the key of its result.
  @discardableResult
  private mutating func add(_ training: Training, _ name: String) -> String {
    var inputs: [String] = []
    for index in 0..<training.repeats {
      let key = Self.key(of: training, index)
      steps.append(Step(id: "\(name).train#\(index)", block: name, key: key, inputs: []))
      inputs.append(key)
      if let evaluation = training.evaluation {
        inputs.append(addEvaluation(name, index, evaluation, of: key, training.data))
      }
    }
    return add(name, name, "combine \(training.repeats)", inputs: inputs)
  }

  private mutating func addEvaluation(
    _ name: String, _ index: Int, _ evaluation: String, of training: String, _ data: Data
  ) -> String {
    let key = "evaluate \(evaluation) of {\(training)} on {\(data.key)}"
    steps.append(
      Step(id: "\(name).evaluate#\(index)", block: name, key: key, inputs: [training]))
    return key
  }

  private static func key(of training: Training, _ index: Int) -> String {
    let fields = training.fields.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return "train \(fields) seed \(training.seed) repeat \(index) on {\(training.data.key)}"
  }
}
