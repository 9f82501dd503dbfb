import Diagnostics

/// Components of one sort, of which a field takes one: `relu`, or `{dropout: {p: 0.2}}`.
struct ComponentFamily<Value: Sendable>: Sendable {
  struct Alternative: Sendable {
    let name: String
    let table: TableDescription
    let decode: @Sendable (YAMLNode, SourceRange, inout [Diagnostic]) -> Value?
    /// The fields of the component, if the value is of this alternative.
    let encode: @Sendable (Value) -> FieldValue?

    init<Spec>(
      _ table: FieldTable<Spec>, _ wrap: @escaping @Sendable (Spec) -> Value,
      _ unwrap: @escaping @Sendable (Value) -> Spec?
    ) {
      name = table.name
      self.table = table.description
      decode = { node, owner, diagnostics in
        table.decode(node, owner: owner, &diagnostics).map(wrap)
      }
      encode = { value in
        unwrap(value).map {
          .component(name: table.name, version: table.version, table.entries($0))
        }
      }
    }

    /// A component without fields.
    init(_ name: String, version: Int = 1, _ help: String, _ value: Value)
    where Value: Equatable {
      let table = FieldTable(name, version: version, help, defaults: NoFields(), fields: [])
      self.init(table, { _ in value }, { $0 == value ? NoFields() : nil })
    }
  }

  /// What one of them is called: "optimizer".
  let name: String
  let alternatives: [Alternative]
  /// Names that other tools have, and the one here.
  let aliases: [String: String]
  /// Names that a later version brings.
  let later: [String]

  init(
    _ name: String, aliases: [String: String] = [:], later: [String] = [],
    _ alternatives: [Alternative]
  ) {
    self.name = name
    self.alternatives = alternatives
    self.aliases = aliases
    self.later = later
  }

  var description: FamilyDescription {
    FamilyDescription(name: name, alternatives: alternatives.map(\.table))
  }

  /// A field that takes one of the family.
  var type: ValueType<Value> {
    ValueType(
      shape: .component(description), decode: decode,
      encode: { value in
        for alternative in alternatives {
          if let encoded = alternative.encode(value) { return encoded }
        }
        return .text("none")
      })
  }

  @Sendable private func decode(
    _ node: YAMLNode, _ place: FieldPlace, _ diagnostics: inout [Diagnostic]
  ) -> Value? {
    switch node.content {
    case .scalar(let text, _, _) where !node.isMissing:
      guard let alternative = alternative(text, at: node.range, &diagnostics) else { return nil }
      let empty = YAMLNode(.mapping([]), at: node.range, scope: node.scope)
      return alternative.decode(empty, node.range, &diagnostics)
    case .mapping(let pairs) where pairs.count == 1:
      let pair = pairs[0]
      guard let alternative = alternative(pair.key, at: pair.keyRange, &diagnostics) else {
        return nil
      }
      if pair.value.isMissing {
        diagnostics.append(
          .emptyComponent(pair, of: name, isBare: alternative.table.fields.isEmpty))
        return nil
      }
      if pair.value.pairs == nil {
        diagnostics.append(.componentWithoutFields(pair, alternative.table))
        return nil
      }
      return alternative.decode(pair.value, pair.keyRange, &diagnostics)
    case .mapping(let pairs):
      let known = pairs.filter { pair in alternatives.contains { $0.name == pair.key } }
      diagnostics.append(.severalComponents(node, place, name, known.map(\.key)))
      return nil
    default:
      diagnostics.append(
        .wrongType(node, place, wants: "one \(name) by name, or {NAME: {its fields}}"))
      return nil
    }
  }

  private func alternative(
    _ text: String, at range: SourceRange, _ diagnostics: inout [Diagnostic]
  ) -> Alternative? {
    if let alternative = alternatives.first(where: { $0.name == text }) { return alternative }
    if later.contains(text) {
      diagnostics.append(.notAvailable(text, name, at: range))
      return nil
    }
    let names = alternatives.map(\.name)
    diagnostics.append(
      .unknownComponent(
        text, name, among: names, meant: aliases[text] ?? nearestName(to: text, among: names),
        at: range))
    return nil
  }
}

/// The fields of a component that has none.
struct NoFields: Sendable, Equatable {}
