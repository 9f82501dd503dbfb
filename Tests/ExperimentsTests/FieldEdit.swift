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
    if kind == .train, path == "data" || path.hasPrefix("data.") {
      return "dataset" + path.dropFirst(4)
    }
    return switch kind {
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

  static let invisible: Set<String> = [
    "csv", "data.csv", "model.sequential[0].linear.in_features",
  ]

  /// Every field of the kind, through groups, components, components in place, and lists of them.
  static func all(of kind: ExperimentKind) -> [FieldEdit] {
    edits(kind, BlockFields.shape(of: kind), "") { _ in { $0 } }
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
    // A CSV file has a label or a target, whichever else is said of it.
    return table.name == "csv" && other.name == "target" && field.name != "label"
      && field.name != "stratify"
      || table.name == "csv" && other.name == "label"
        && field.name == "stratify"
  }

  private static func usual(
    _ field: FieldDescription, _ random: inout SeededGenerator
  ) -> FieldValue {
    switch field.name {
    case "model": .reference("m")
    case "data": .reference("d")
    case "run": .reference("t")
    case "target", "label": .text("column")
    case "csv": .text("data/a.csv")
    default: field.shape.randomValue(using: &random)
    }
  }

  /// How a cause would show two values; nil where they stand on more than their own line.
  func texts(_ before: FieldValue, _ after: FieldValue) -> (String, String)? {
    guard let left = before.scalarText, let right = after.scalarText else { return nil }
    return (left, right)
  }
}

extension FieldValue {
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
