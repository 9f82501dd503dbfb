/// A place of the project where an edit can put one of a few values.
struct Knob: Sendable {
  /// `UNIT.FIELD`.
  let name: String
  /// Every value with its spellings, the first as Assay prints it; an empty one leaves the field
  /// to its default.
  let values: [[String]]
  /// What a printed cause of the edit may hold; none for an edit that nothing depends on.
  let causes: [String]
  /// Whether the cause holds the values before and after, too.
  let isExact: Bool

  var unit: String { String(name.prefix { $0 != "." }) }

  private init(_ name: String, _ values: [[String]], _ causes: [String], isExact: Bool) {
    self.name = name
    self.values = values
    self.causes = causes
    self.isExact = isExact
  }

  /// A field whose cause reads `PATH BEFORE → AFTER`.
  private static func field(_ name: String, _ path: String, _ values: [String]...) -> Knob {
    Knob(name, values, [path], isExact: true)
  }

  /// An edit whose cause holds one of some texts.
  private static func other(_ name: String, _ causes: [String], _ values: [String]...) -> Knob {
    Knob(name, values, causes, isExact: false)
  }

  /// An edit on which no result depends.
  private static func look(_ name: String, _ values: String...) -> Knob {
    Knob(name, values.map { [$0] }, [], isExact: false)
  }

  static let all: [Knob] = front + data + fit + classes + results + library

  static let byName: [String: Knob] = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  private static let front: [Knob] = [
    .other("front.seed", ["seed "], ["5", "05", "+5"], ["6"], ["7"]),
    .field("front.width", "out_features", ["4", "+4"], ["3"], ["5"]),
    .look("front.lang", "", "zh", "en"),
    .look("front.title", "", "Another title", "题目"),
    .look("front.charset", "", "ascii"),
  ]

  private static let data: [Knob] = [
    .field("curve.samples", "dataset.samples", ["24", "2_4"], ["25"], ["30", "030"]),
    .field("curve.noise", "dataset.noise", ["1.0", "", "100%", "1"], ["0.5", "50%", "5e-1"]),
    .field("curve.standardize", "dataset.standardize", ["false", ""], ["true"]),
    .other("curve.split", ["dataset.split"], ["50%"], ["60%"]),
    .other("curve.seed", ["seed "], [""], ["3", "03"]),
    .other("curve.name", ["new"], ["curve"], ["bends"], ["曲线"]),
    .other("table.bytes", ["data data/"], ["0"], ["1"], ["2"], ["3"]),
    .look("table.path", "data/table.csv", "data/moved.csv"),
    .field("table.standardize", "dataset.standardize", ["false", ""], ["true"]),
    .other("table.features", ["dataset.features"], [""], ["[x]"], ["[y, x]"]),
    .field("net.width", "out_features", ["4", "+4"], ["6"]),
    .other("net.layer", ["sequential"], ["relu"], ["tanh"], ["gelu"]),
  ]

  private static let fit: [Knob] = [
    .look("fit.place", "by name", "in place"),
    .field(
      "fit.lr", "optimizer.adamw.lr", ["0.01", "1e-2", "1%", ".01"], ["0.02", "2e-2"],
      ["0.001", "1e-3", "0.1%"]),
    .field(
      "fit.decay", "optimizer.adamw.weight_decay", ["0.01", "", "1%"], ["0.1", "10%", "1e-1"]),
    .field("fit.epochs", "epochs", ["2"], ["1", "01"]),
    .field("fit.batch", "batch_size", ["6"], ["5"], ["12", "1_2"]),
    .field("fit.loss", "loss", ["mse", ""], ["huber"], ["smooth_l1"]),
    .field("fit.clip", "max_grad_norm", ["none", ""], ["1.0", "1", "100%"]),
    .field("fit.shuffle", "shuffle", ["true", ""], ["false"]),
    .other("fit.seed", ["seed "], [""], ["9"]),
    .field("fit.repeat", "repeat", ["2"], ["1", ""], ["3"]),
    .field("fit.metrics", "evaluate.metrics", ["[mse, mae]"], ["[mse]"], ["[mse, r2]"]),
    .other("fit.data", ["dataset", "seed "], ["curve"], ["lib/points"]),
    // Names of compared runs are shown in the result.
    .other("fit.name", ["runs ", "new"], ["fit"], ["fitted"], ["训练"]),
    .field("slow.lr", "optimizer.adamw.lr", ["0.001", "1e-3"], ["0.01", "1%"], ["0.05", "5%"]),
  ]

  private static let classes: [Knob] = [
    .other("classes.optimizer", ["optimizer "], ["sgd"], ["rmsprop"]),
    .field("classes.lr", ".lr", ["0.1", "10%"], ["0.2", "2e-1"]),
    .field("classes.momentum", ".momentum", ["0.0", "", "0"], ["0.5", "50%"]),
    .field(
      "classes.smoothing", "loss.cross_entropy.label_smoothing", ["0.0", "", "0%"],
      ["0.1", "10%"]),
    .field("classes.schedule", "schedule", ["constant", ""], ["cosine"], ["linear"]),
    .other("classes.stopping", ["early_stopping "], [""], ["1"]),
    .field("classes.epochs", "epochs", ["1"], ["2"]),
    .field("classes.batch", "batch_size", ["8"], ["6"]),
    .field(
      "classes.metrics", "evaluate.metrics", ["[accuracy, confusion_matrix]"], ["[accuracy]"],
      ["[accuracy, macro_f1]"]),
    .field("classes.repeat", "repeat", ["1", ""], ["2"]),
  ]

  private static let results: [Knob] = [
    // As labels the values are shown as they are written.
    .other("sizes.values", ["runs", "new"], ["[4, 8]"], ["[4, 8, 6]"], ["[8, 4]"], ["[04, 8]"]),
    .field("side.metrics", "metrics", ["[test.mse]"], ["[test.mse, epochs]"]),
    .other("side.runs", ["runs "], ["forth"], ["back"]),
    .field("lines.series", "series", ["[train.loss]"], ["[train.loss, lr]"]),
    .field("lines.x", "x", ["epoch", ""], ["step"]),
    .look("lines.log", "", "[y]"),
    .field("again.split", "evaluate.split", ["train"], ["test", ""], ["validation"]),
    .field(
      "again.metrics", "evaluate.metrics", ["[mae]"], ["[mse, mae]"],
      ["[mse, mae, r2, loss]", ""]),
    .other("again.there", ["new"], ["yes"], ["no"]),
    .other("extra.there", ["new"], ["no"], ["yes"]),
  ]

  private static let library: [Knob] = [
    .other("borrowed.data", ["dataset", "seed ", "data"], ["lib/points"], ["in place"]),
    .field("borrowed.epochs", "epochs", ["1"], ["2"]),
    .other("lib.seed", ["seed ", "`lib/points` changed"], ["1"], ["2"]),
    .other("points.samples", ["dataset.samples ", "`lib/points` changed"], ["20", "2_0"], ["22"]),
    .field("shared.width", "out_features", ["3"], ["4"]),
  ]
}
