internal import Experiments
internal import Learning

extension Experiments.Table {
  /// Which parts of a model took their weights over, which are new, and which were left behind: a row
  /// for each module and what became of it.
  init(weights transfer: WeightTransfer) {
    var rows: [[Cell]] = []
    for (shapes, origin) in [
      (transfer.taken, "taken over"), (transfer.new, "new"), (transfer.leftBehind, "left behind"),
    ] {
      for module in Module.all(of: shapes) {
        rows.append([
          .text(module.name), .number(Double(module.tensors), .count),
          .number(Double(module.numbers), .count), .term(origin),
        ])
      }
    }
    self.init(
      "weights", columns: ["part", "tensors", "numbers", "origin"].map(Cell.term), rows: rows)
  }
}

/// Tensors that belong together, such as those of one layer.
private struct Module {
  let name: String
  var tensors = 0
  var numbers = 0

  /// In order of first appearance.
  static func all(of shapes: [WeightTransfer.Shape]) -> [Module] {
    var modules: [Module] = []
    for shape in shapes {
      let name = name(of: shape.name)
      if modules.last?.name != name { modules.append(Module(name: name)) }
      modules[modules.count - 1].tensors += 1
      modules[modules.count - 1].numbers += shape.dimensions.reduce(1, *)
    }
    return modules
  }

  /// The path up to what Hugging Face calls a module: `bert.embeddings`, `bert.encoder.layer.0`,
  /// `bert.pooler`, `cls.predictions`, `classifier`.
  private static func name(of tensor: String) -> String {
    let parts = tensor.split(separator: ".").map(String.init)
    let depth =
      switch parts.first {
      case "bert": parts.dropFirst().first == "encoder" ? 4 : 2
      case "cls": 2
      default: 1
      }
    return parts.prefix(depth).joined(separator: ".")
  }
}
