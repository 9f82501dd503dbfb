/// What a provenance would say of a field that it leaves out, from the field tables.
enum FieldDefaults {
  /// - Parameter source: where the data comes from (`csv`, `glyphs`), since sources have fields of
  ///   one name with different defaults.
  /// - Returns: the text that a line of the field would have, for comparing, and the one to show.
  static func text(at path: String, source: String?) -> (line: String, shown: String) {
    let elements = FieldPath(path).elements[...]
    if case .key("version")? = elements.last { return ("1", "1") }
    if path == "repeat" { return ("1", "1") }
    guard let field = field(elements, source) else { return ("none", "none") }
    guard let value = field.defaultValue else {
      let isNone = field.isRequired || field.defaultPhrase ?? "none" == "none"
      return ("none", isNone || filledIn.contains(path) ? "none" : "default")
    }
    if case .group = value { return (value.yaml, value.yaml) }
    return (value.summary, value.summary)
  }

  /// Fields that a plan always fills in: without a line they do not apply.
  private static let filledIn: Set<String> = ["loss", "epochs", "steps", "evaluate.metrics"]

  private static func field(
    _ elements: ArraySlice<FieldPath.Element>, _ source: String?
  ) -> FieldDescription? {
    switch elements.first {
    case .key("dataset"): find(elements.dropFirst(), in: DatasetSpec.type.shape, source)
    case .key("evaluate"):
      find(elements.dropFirst(), in: .group(EvaluateSpec.table.description), source)
    default: find(elements, in: .group(TrainSpec.table.description), source)
    }
  }

  private static func find(
    _ elements: ArraySlice<FieldPath.Element>, in shape: ValueShape, _ source: String?
  ) -> FieldDescription? {
    guard let element = elements.first else { return nil }
    let rest = elements.dropFirst()
    switch (shape.required, element) {
    case (.group(let table), .key(let name)): return find(table.field(name), rest, source)
    case (.variants(let variants), .key(let name)):
      let chosen = variants.alternatives.filter { $0.value ?? $0.key == source }
      let fields = (chosen.isEmpty ? variants.alternatives : chosen).lazy
        .compactMap { $0.table.field(name) }
      return find(fields.first, rest, source)
    case (.component(let family), .key(let name)):
      return family.alternative(name).flatMap { find(rest, in: .group($0), source) }
    case (.list(let item, _), .index): return find(rest, in: item, source)
    case (.either(_, let inner), _), (.reference(_, let inner?), _):
      return find(elements, in: inner, source)
    default: return nil
    }
  }

  private static func find(
    _ field: FieldDescription?, _ rest: ArraySlice<FieldPath.Element>, _ source: String?
  ) -> FieldDescription? {
    guard let field else { return nil }
    return rest.isEmpty ? field : find(rest, in: field.shape, source)
  }
}
