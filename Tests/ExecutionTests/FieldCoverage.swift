import Experiments

/// Which fields of which tables experiments set to something else than their defaults.
struct FieldCoverage {
  /// Values seen by component and field; for components only in experiments on themselves.
  private var seen: [String: [String: Set<FieldValue>]] = [:]

  /// Takes in what an experiment on a component says about that component.
  mutating func add(_ spec: ExperimentSpec, for component: String) {
    let kind = spec.kind
    let shape = BlockFields.shape(of: kind)
    visit(shape, Self.value(of: spec), owner: kind.rawValue, component)
    if case .train(_, let evaluation?) = spec {
      visit(
        BlockFields.shape(of: .evaluate), evaluation.canonical, owner: "evaluate", component)
    }
  }

  private static func value(of spec: ExperimentSpec) -> FieldValue {
    switch spec {
    case .dataset(let spec): spec.canonical
    case .tokenizer(let spec): spec.canonical
    case .model(let spec): spec.canonical
    case .train(let spec, _): spec.canonical
    case .evaluate(let spec): spec.canonical
    case .compare(let spec): spec.canonical
    case .plot(let spec): spec.canonical
    }
  }

  private mutating func visit(
    _ shape: ValueShape, _ value: FieldValue, owner: String, _ component: String
  ) {
    switch (shape, value) {
    case (.optional(let inner), _), (.reference(_, let inner?), _), (.either(_, let inner), _):
      visit(inner, value, owner: owner, component)
    case (.list(let item, _), .list(let values)):
      for value in values { visit(item, value, owner: owner, component) }
    case (.group(let table), .group(_, _, let entries)):
      visit(table, entries, owner: owner, component)
    case (.component(let family), .component(let name, _, let entries)):
      guard let table = family.alternative(name) else { return }
      visit(table, entries, owner: family.name, component)
    case (.variants(let variants), .group(let name, _, let entries)):
      guard let chosen = variants.alternatives.first(where: { $0.table.name == name }) else {
        return
      }
      visit(chosen.table, entries, owner: variants.name, component)
    default: break
    }
  }

  private mutating func visit(
    _ table: TableDescription, _ entries: [FieldValue.Entry], owner: String, _ component: String
  ) {
    let name = "\(owner)/\(table.name)"
    for entry in entries {
      guard let field = table.field(entry.name) else { continue }
      if name == component {
        seen[name, default: [:]][field.name, default: []].insert(entry.value)
      }
      visit(field.shape, entry.value, owner: field.name, component)
    }
  }

  /// What no experiment on a table's component does, in words.
  func gaps(of table: TableDescription, named name: String) -> [String] {
    table.fields.filter { $0.bearing == .result }.flatMap { field -> [String] in
      var values = seen[name]?[field.name] ?? []
      let changed = values.filter { $0 != field.defaultValue }
      guard !changed.isEmpty else { return ["no experiment sets `\(field.name)`"] }
      // Experiments that leave a field out exercise its default.
      if let value = field.defaultValue { values.insert(value) }
      return Self.choices(of: field.shape).filter { choice in
        !values.contains { Self.holds($0, choice) }
      }.map { "no experiment sets `\(field.name)` to `\($0)`" }
    }
  }

  /// Words of which a field takes one, or a list of some.
  private static func choices(of shape: ValueShape) -> [String] {
    switch shape {
    case .choice(let words): words
    case .either(let words, _): words
    case .list(let item, _), .optional(let item): choices(of: item)
    default: []
    }
  }

  private static func holds(_ value: FieldValue, _ choice: String) -> Bool {
    switch value {
    case .text(let text): text == choice
    case .list(let items): items.contains { holds($0, choice) }
    default: false
    }
  }
}
