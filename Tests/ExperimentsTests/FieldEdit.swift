import Experiments

/// A field of the language that bears on results, at its place in a block of a kind.
struct FieldEdit {
  let kind: ExperimentKind
  /// From the block's own key: `optimizer.adamw.lr`.
  let path: String
  let shape: ValueShape
  /// A random context: puts a value of the field into what stands after the block's key.
  let context: (inout SeededGenerator) -> (FieldValue) -> FieldValue

  /// Where a provenance says it.
  var shownPath: String {
    for place in ["data", "tokenizer.data"] where path == place || path.hasPrefix("\(place).") {
      if kind != .dataset { return "dataset" + path.dropFirst(place.count) }
    }
    return switch kind {
    case .tokenizer: "tokenizer.\(path)"
    case .dataset: "dataset.\(path)"
    case .evaluate: "evaluate.\(path)"
    default: path
    }
  }

  /// Fields that no fingerprint holds: a path stands for its bytes, and a size that is inferred is
  /// not told from one that is written.
  var isInvisible: Bool { Self.invisible.contains(path) }

  /// Whether the field is one line of a provenance, and not a choice or a list with lines below.
  var isLine: Bool {
    switch shape {
    case .group, .component, .variants, .list, .either, .dictionary: false
    default: true
    }
  }

  static let invisible: Set<String> =
    Set(
      ["", "data.", "tokenizer.data."].flatMap { place in
        ["csv", "jsonl", "text"].map { place + $0 }
      }
    )
    .union([
      "model.sequential[0].linear.in_features", "model.pretrained", "tokenizer.vocab",
      "tokenizer.pretrained", "vocab", "pretrained",
      "objective[0].masked_language_model.word_list",
    ])

  /// Every field of the kind, through groups, components, components in place, and lists of them.
  static func all(of kind: ExperimentKind) -> [FieldEdit] {
    edits(kind, BlockFields.shape(of: kind), "") { _ in { $0 } }.map { edit in
      FieldEdit(kind: kind, path: edit.path, shape: edit.shape) { random in
        let context = edit.context(&random)
        return { value in
          let block = context(value).onText(isOfBert: edit.isOfBert)
          // A tokenizer that is learned for the model would change with its vocabulary.
          let isOfModel = edit.isOfBert && !edit.path.hasPrefix("tokenizer") && kind == .train
          return isOfModel ? block.adding("tokenizer", .reference("v")) : block
        }
      }
    }
  }

  /// Whether a BERT alone has the field, so that texts and a BERT stand around it.
  private var isOfBert: Bool {
    let owners = [
      "model.bert", "model.head", "model.from", "model.pretrained", "tokenizer", "objective",
      "max_seq_length", "freeze", "gradual_unfreezing", "layerwise_lr_decay", "no_weight_decay",
    ]
    return kind == .tokenizer || kind == .train && owners.contains { path.hasPrefix($0) }
  }

  private typealias Context = (inout SeededGenerator) -> (FieldValue) -> FieldValue

  /// The fields below a place of a shape.
  private static func edits(
    _ kind: ExperimentKind, _ shape: ValueShape, _ path: String, _ context: @escaping Context
  ) -> [FieldEdit] {
    switch shape.required {
    case .group(let table):
      // Shares add up to 1: none changes alone.
      guard table.name != "split" else { return [] }
      return edits(kind, table, path, context) { .group(table: table.name, version: 1, $0) }
    case .component(let family):
      return family.alternatives.flatMap { table in
        edits(kind, table, path.appending(table.name), context) {
          .component(name: table.name, version: 1, $0)
        }
      }
    case .variants(let variants):
      return variants.alternatives.flatMap { alternative in
        let choice = alternative.value.map { [FieldValue.Entry(alternative.key, .text($0))] } ?? []
        return edits(kind, alternative.table, path, context) {
          .group(table: alternative.table.name, version: 1, choice + $0)
        }
      }
    case .list(let item, _):
      guard case .component = item else { return [] }
      return edits(kind, item, path + "[0]") { random in
        let outer = context(&random)
        return { outer(.list([$0])) }
      }
    case .reference(_, let inline?), .either(_, let inline):
      return edits(kind, inline, path, context)
    default: return []
    }
  }

  /// The fields of a table, and those below each.
  private static func edits(
    _ kind: ExperimentKind, _ table: TableDescription, _ path: String,
    _ context: @escaping Context, _ whole: @escaping ([FieldValue.Entry]) -> FieldValue
  ) -> [FieldEdit] {
    table.fields.filter { $0.bearing == .result }.flatMap { field -> [FieldEdit] in
      let inner: Context = { random in
        let outer = context(&random)
        let others = table.fields.filter { other in
          other.name != field.name && isNeeded(other, beside: field, in: table)
        }.map { FieldValue.Entry($0.name, usual($0, &random)) }
        return { outer(whole(others + [FieldValue.Entry(field.name, $0)])) }
      }
      let here = path.appending(field.name)
      let below = edits(kind, field.shape, here, inner)
      // A name stands for what it names, which is edited at its own place.
      if case .reference = field.shape.required { return below }
      return [FieldEdit(kind: kind, path: here, shape: field.shape.required, context: inner)]
        + below
    }
  }

  private static func isNeeded(
    _ other: FieldDescription, beside field: FieldDescription, in table: TableDescription
  ) -> Bool {
    if other.isRequired || table.name == "evaluate" && other.name == "run" { return true }
    if field.name == "nesterov", other.name == "momentum" { return true }
    if field.name == "min_sentences", other.name == "max_sentences" { return true }
    guard table.name == "csv" else { return false }
    // A CSV file has a label, columns of labels or a target, whichever else is said of it.
    switch field.name {
    case "label", "label_columns": return false
    case "stratify", "label_separator": return other.name == "label"
    default: return other.name == "target"
    }
  }

  private static func usual(
    _ field: FieldDescription, _ random: inout SeededGenerator
  ) -> FieldValue {
    switch field.name {
    case "model": .reference("m")
    case "data": .reference("d")
    case "run": .reference("t")
    case "from": .reference("p")
    case "text", "jsonl", "vocab": .text("data/a.txt")
    case "pretrained": .text("data/bert")
    case "max_sentences": .integer(1000)
    case "target", "label": .text("column")
    case "csv": .text("data/a.csv")
    default: field.shape.randomValue(using: &random)
    }
  }

  /// A random value that rules between fields have a chance to accept.
  func value(using random: inout SeededGenerator) -> FieldValue {
    switch path.split(separator: ".").last {
    // Heads divide the hidden size: by default 12 and 768.
    case "num_attention_heads": .integer(random.element([1, 2, 3, 4, 6, 8, 16, 24]))
    case "hidden_size": .integer(12 * random.integer(1...40))
    case "label_separator": .text(random.element(["|", ";", "、", "::"]))
    default: shape.randomValue(using: &random)
    }
  }

  /// How a cause would show two values; nil where they stand on more than their own line.
  func texts(_ before: FieldValue, _ after: FieldValue) -> (String, String)? {
    guard let left = before.scalarText, let right = after.scalarText else { return nil }
    return (left, right)
  }
}

extension FieldValue {
  /// With the names of texts and of a BERT in place of those of numbers and layers, where the block is
  /// about texts.
  fileprivate func onText(isOfBert: Bool) -> FieldValue {
    guard case .group(let table, let version, let entries) = self else { return self }
    let hasTexts = entries.contains { entry in
      entry.name == "data" && entry.value.isTexts || entry.name == "model" && entry.value.isBert
    }
    guard isOfBert || hasTexts else { return self }
    return .group(
      table: table, version: version,
      entries.map { entry in
        switch entry.value {
        case .reference("d"): Entry(entry.name, .reference("b"))
        case .reference("m"): Entry(entry.name, .reference("e"))
        default: Entry(entry.name, entry.value.onText(isOfBert: true))
        }
      })
  }

  fileprivate func adding(_ name: String, _ value: FieldValue) -> FieldValue {
    guard case .group(let table, let version, let entries) = self else { return self }
    return .group(table: table, version: version, entries + [Entry(name, value)])
  }

  private var isBert: Bool {
    guard case .group(let table, _, _) = self else { return false }
    return ["bert", "derived", "pretrained"].contains(table)
  }

  /// Whether it is a data set of texts, written in place.
  private var isTexts: Bool {
    guard case .group(let table, _, let entries) = self else { return false }
    return ["jsonl", "text"].contains(table) || table.hasPrefix("zh_") || table.hasPrefix("en_")
      || entries.contains { $0.name.hasPrefix("text_") }
  }
  /// A number or a flag as a provenance shows it.
  fileprivate var scalarText: String? {
    switch self {
    case .flag(let flag): flag ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): number == 0 ? "0.0" : number.description
    default: nil
    }
  }
}

extension Cause {
  /// Whether the cause tells of the place or of what is below it.
  func isAt(_ place: String) -> Bool {
    guard case .field(let path, _, _) = self else { return false }
    return path == place || path.hasPrefix(place + ".") || path.hasPrefix(place + "[")
  }
}

extension String {
  fileprivate func appending(_ name: String) -> String { isEmpty ? name : "\(self).\(name)" }
}
