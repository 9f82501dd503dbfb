/// The files of a project in some state.
struct ProjectText {
  let state: ProjectState

  private typealias Pairs = [(key: String, value: YAMLTree)]

  init(_ state: ProjectState) {
    self.state = state
  }

  // MARK: Files

  /// The text of `data/table.csv`, and of `data/moved.csv`, which holds the same bytes.
  var table: String {
    let change = Int(state["table.bytes"]) ?? 0
    var rows = ["x,y,kind"]
    for row in 0..<24 {
      let first = change == 1 && row == 7 ? "9.25" : "\(row).5"
      rows.append("\(first),\((row * 7) % 11),\(["a", "b"][row % 2])")
    }
    // Line ends and a row more are other bytes as well.
    if change == 3 { rows.append("3.5,4,a") }
    return rows.joined(separator: change == 2 ? "\r\n" : "\n") + (change == 2 ? "\r\n" : "\n")
  }

  /// The text of `notebooks/main.md`.
  var main: String {
    var blocks = self.blocks
    if var generator = state.look("file.order") { blocks.shuffle(using: &generator) }
    let text = frontMatter + prose("front") + blocks.joined(separator: "\n")
    guard var generator = state.look("file.ends"), generator.chance(50) else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
  }

  /// The text of `notebooks/lib.md`.
  var library: String {
    var writer = writer("lib")
    let front = writer.lines([("seed", .scalar(state.spelled("lib.seed")))])
    return "---\n" + front.joined(separator: "\n") + "\n---\n" + prose("lib")
      + block("points", "points", [("dataset", friedman(samples: state.spelled("points.samples")))])
      + block(
        "shared", "shared",
        [("model", model(width: state.spelled("shared.width"), layer: "tanh", outputs: 1))])
      + "\n```experiment unused\ndataset: {synthetic: friedman1, samples: 50}\n```\n"
  }

  private var frontMatter: String {
    var writer = writer("front")
    let lines = writer.lines([
      ("seed", .scalar(state.spelled("front.seed"))),
      ("title", YAMLTree(state["front.title"])),
      ("lang", YAMLTree(state["front.lang"])),
      ("charset", YAMLTree(state["front.charset"])),
      ("use", .map([("lib", .scalar("notebooks/lib.md"))])),
      ("params", .map([("width", .scalar(state.spelled("front.width")))])),
    ])
    return "---\n" + lines.joined(separator: "\n") + "\n---\n"
  }

  // MARK: Blocks

  private var blocks: [String] {
    var blocks = [
      block("curve", state["curve.name"], curve), block("table", "table", csv),
      block("net", "net", [("model", net)]), block("fit", state["fit.name"], fit),
      block("slow", "slow", slow), block("classes", "classes", classes),
      block("sizes", "sizes", sizes), block("side", "side", side),
      block("lines", "lines", lines), block("borrowed", "borrowed", borrowed),
    ]
    if state["again.there"] == "yes" { blocks.append(block("again", "again", again)) }
    if state["extra.there"] == "yes" { blocks.append(block("extra", "extra", extra)) }
    return blocks
  }

  private var curve: Pairs {
    [
      (
        "dataset",
        .map([
          ("synthetic", .word("friedman1")), ("samples", .scalar(state.spelled("curve.samples"))),
          ("noise", YAMLTree(state.spelled("curve.noise"))),
          ("standardize", YAMLTree(state.spelled("curve.standardize"))),
          ("split", split(train: state["curve.split"])),
        ])
      ), ("seed", YAMLTree(state.spelled("curve.seed"))),
    ]
  }

  private var csv: Pairs {
    [
      (
        "dataset",
        .map([
          ("csv", .word(state["table.path"])), ("label", .word("kind")),
          ("features", YAMLTree(list: state["table.features"])),
          ("standardize", YAMLTree(state.spelled("table.standardize"))),
          ("split", split(train: "50%")),
        ])
      )
    ]
  }

  private var net: YAMLTree {
    model(width: state.spelled("net.width"), layer: state["net.layer"], outputs: 1)
  }

  private var fit: Pairs {
    let name = state["fit.data"] == "curve" ? state["curve.name"] : "lib/points"
    return [
      (
        "train",
        .map([
          ("model", state["fit.place"] == "by name" ? .word("net") : net), ("data", .word(name)),
          ("optimizer", optimizer("adamw", [("lr", "fit.lr"), ("weight_decay", "fit.decay")])),
          ("epochs", .scalar(state.spelled("fit.epochs"))),
          ("batch_size", .scalar(state.spelled("fit.batch"))),
          ("loss", YAMLTree(state.spelled("fit.loss"))),
          ("max_grad_norm", YAMLTree(state.spelled("fit.clip"))),
          ("shuffle", YAMLTree(state.spelled("fit.shuffle"))),
        ])
      ), ("evaluate", .map([("metrics", YAMLTree(list: state.spelled("fit.metrics")))])),
      ("repeat", YAMLTree(state.spelled("fit.repeat"))),
      ("seed", YAMLTree(state.spelled("fit.seed"))),
    ]
  }

  private var slow: Pairs {
    [
      ("like", .word(state["fit.name"])),
      ("train", .map([("optimizer", optimizer("adamw", [("lr", "slow.lr")]))])),
    ]
  }

  private var extra: Pairs {
    [
      ("like", .word("slow")), ("train", .map([("batch_size", .scalar("4"))])),
      ("seed", .scalar("11")),
    ]
  }

  private var classes: Pairs {
    let stopping = state["classes.stopping"]
    let smoothing = state.spelled("classes.smoothing")
    return [
      (
        "train",
        .map([
          ("model", model(width: "$width", layer: "tanh", outputs: 2)), ("data", .word("table")),
          (
            "loss",
            smoothing.isEmpty
              ? .absent
              : .map([("cross_entropy", .map([("label_smoothing", .scalar(smoothing))]))])
          ),
          (
            "optimizer",
            optimizer(
              state["classes.optimizer"], [("lr", "classes.lr"), ("momentum", "classes.momentum")])
          ), ("schedule", YAMLTree(state.spelled("classes.schedule"))),
          (
            "early_stopping",
            stopping.isEmpty ? .absent : .map([("patience", .scalar(stopping))])
          ), ("epochs", .scalar(state.spelled("classes.epochs"))),
          ("batch_size", .scalar(state.spelled("classes.batch"))),
        ])
      ), ("evaluate", .map([("metrics", YAMLTree(list: state["classes.metrics"]))])),
      ("repeat", YAMLTree(state.spelled("classes.repeat"))),
    ]
  }

  private var sizes: Pairs {
    [
      (
        "compare",
        .map([
          ("base", .word("classes")),
          ("over", .map([("train.batch_size", numbers(state["sizes.values"]))])),
          ("metrics", YAMLTree(list: "[test.accuracy]")),
        ])
      )
    ]
  }

  private var side: Pairs {
    let runs = [state["fit.name"], "slow"]
    return [
      (
        "compare",
        .map([
          ("runs", words(state["side.runs"] == "forth" ? runs : runs.reversed())),
          ("metrics", YAMLTree(list: state["side.metrics"])),
        ])
      )
    ]
  }

  private var lines: Pairs {
    [
      (
        "plot",
        .map([
          ("runs", words([state["fit.name"], "slow"])),
          ("series", YAMLTree(list: state["lines.series"])),
          ("x", YAMLTree(state.spelled("lines.x"))), ("log", YAMLTree(list: state["lines.log"])),
        ])
      )
    ]
  }

  private var again: Pairs {
    [
      (
        "evaluate",
        .map([
          ("run", .word(state["fit.name"])), ("split", YAMLTree(state.spelled("again.split"))),
          ("metrics", YAMLTree(list: state.spelled("again.metrics"))),
        ])
      )
    ]
  }

  private var borrowed: Pairs {
    let data: YAMLTree =
      state["borrowed.data"] == "in place"
      ? friedman(samples: state["points.samples"]) : .word("lib/points")
    return [
      (
        "train",
        .map([
          ("model", .word("lib/shared")), ("data", data), ("batch_size", .scalar("6")),
          ("epochs", .scalar(state.spelled("borrowed.epochs"))),
        ])
      )
    ]
  }

  // MARK: Parts

  private func friedman(samples: String) -> YAMLTree {
    .map([("synthetic", .word("friedman1")), ("samples", .scalar(samples))])
  }

  private func model(width: String, layer: String, outputs: Int) -> YAMLTree {
    .map([
      (
        "sequential",
        .list([
          .map([("linear", .map([("out_features", .scalar(width))]))]), .word(layer),
          .map([("linear", .map([("out_features", .scalar("\(outputs)"))]))]),
        ])
      )
    ])
  }

  private func optimizer(_ name: String, _ fields: [(key: String, knob: String)]) -> YAMLTree {
    .map([(name, .map(fields.map { ($0.key, YAMLTree(state.spelled($0.knob))) }))])
  }

  private func split(train: String) -> YAMLTree {
    let rest = train == "50%" ? "0.25" : "0.2"
    return .map([
      ("train", .scalar(train)), ("validation", .scalar(rest)), ("test", .scalar(rest)),
    ])
  }

  private func words(_ names: [String]) -> YAMLTree { .list(names.map { .word($0) }) }

  private func numbers(_ text: String) -> YAMLTree {
    .list(text.dropFirst().dropLast().split(separator: ", ").map { .scalar(String($0)) })
  }

  // MARK: Writing

  private func writer(_ unit: String) -> YAMLWriter {
    YAMLWriter(
      order: state.look("\(unit).order"), layout: state.look("\(unit).layout"),
      comments: state.look("\(unit).comments"))
  }

  private func block(_ unit: String, _ name: String, _ pairs: Pairs) -> String {
    var writer = writer(unit)
    let body = writer.lines(pairs + presentation(unit, kind: pairs.map(\.key)))
    var fence = ("```", "experiment")
    if var generator = state.look("\(unit).fence") {
      fence = (
        generator.pick(["```", "~~~~", "`````"]),
        generator.pick(["experiment", "yaml experiment"])
      )
    }
    return prose(unit) + "\n\(fence.0)\(fence.1) \(name)\n" + body.joined(separator: "\n")
      + "\n\(fence.0)\n"
  }

  private func prose(_ unit: String) -> String {
    guard var generator = state.look("\(unit).prose") else { return "\nA word about \(unit).\n" }
    let words = (0..<8).map { _ in
      generator.pick(["loss", "*better*", "data", "`code`", "学习率", "0.001", "see", "\\#"])
    }
    return "\n" + words.joined(separator: " ") + ".\n"
  }

  /// What a block says about its looks and about claims.
  private func presentation(_ unit: String, kind keys: [String]) -> Pairs {
    var pairs: Pairs = []
    let trains = keys.contains("train") || unit == "slow" || unit == "extra"
    func draw(_ aspect: String, _ make: (inout SeededGenerator) -> YAMLTree) {
      guard var generator = state.look("\(unit).\(aspect)") else { return }
      pairs.append((aspect, make(&generator)))
    }
    draw("caption") { .scalar("Number \($0.next() % 100) of *some*") }
    draw("echo") { .scalar($0.pick(["true", "false"])) }
    if !keys.contains("model") {
      draw("show") { _ in .list([]) }
    }
    guard trains else { return pairs }
    let metric = unit == "classes" ? "test.accuracy" : "test.mse"
    if unit != "borrowed" {
      draw("expect") { .list([.scalar("\(metric) \($0.pick([">=", ">"])) -\($0.next() % 9)")]) }
      draw("tolerance") {
        .map([(metric, .map([("abs", .scalar($0.pick(["0.1", "10%", "1e-1"])))]))])
      }
    }
    draw("profiles") {
      .map([("smoke", .map([("train", .map([("epochs", .scalar("\(1 + $0.next() % 3)"))]))]))])
    }
    return pairs
  }
}
