import Diagnostics

/// Tables of which one is chosen by a key among its own fields: `{csv: …}`, `{synthetic: glyphs}`.
struct VariantTables<Value: Sendable>: Sendable {
  struct Alternative: Sendable {
    let key: String
    let value: String?
    let table: TableDescription
    let decode: @Sendable (YAMLNode, SourceRange, inout [Diagnostic]) -> Value?
    let encode: @Sendable (Value) -> FieldValue?

    /// - Parameters:
    ///   - key: the key that chooses the table.
    ///   - value: what the key must say; nil when it is a field of the table.
    init<Spec>(
      key: String, value: String? = nil, _ table: FieldTable<Spec>,
      _ wrap: @escaping @Sendable (Spec) -> Value,
      _ unwrap: @escaping @Sendable (Value) -> Spec?
    ) {
      self.key = key
      self.value = value
      self.table = table.description
      decode = { node, owner, diagnostics in
        table.decode(node, owner: owner, ignoring: value == nil ? [] : [key], &diagnostics)
          .map(wrap)
      }
      encode = { spec in
        guard let fields = unwrap(spec) else { return nil }
        let choice = value.map { [FieldValue.Entry(key, .text($0))] } ?? []
        return .group(
          table: table.name, version: table.version, choice + table.entries(fields))
      }
    }
  }

  let name: String
  let alternatives: [Alternative]
  /// Choosing keys that a later version brings.
  let laterKeys: [String]
  /// Values of choosing keys that a later version brings.
  let laterValues: [String]

  var description: VariantsDescription {
    VariantsDescription(
      name: name,
      alternatives: alternatives.map {
        VariantsDescription.Alternative(key: $0.key, value: $0.value, table: $0.table)
      })
  }

  var type: ValueType<Value> {
    ValueType(
      shape: .variants(description), decode: decode,
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
    guard let pairs = node.pairs else {
      diagnostics.append(
        .wrongType(node, place, wants: "a mapping with \(keys.map { "`\($0)`" }.alternatives)"))
      return nil
    }
    let choosing = pairs.filter { keys.contains($0.key) }
    if choosing.count > 1 {
      diagnostics.append(.conflict(choosing[1], choosing[0], of: name))
      return nil
    }
    guard let choice = choosing.first else {
      if let alternative = alternative(byAlias: pairs) {
        return alternative.decode(node, place.keyRange, &diagnostics)
      }
      reportNoChoice(pairs, place, &diagnostics)
      return nil
    }
    let candidates = alternatives.filter { $0.key == choice.key }
    if let alternative = candidates.first(where: { $0.value == nil }) {
      return alternative.decode(node, place.keyRange, &diagnostics)
    }
    let names = candidates.compactMap(\.value)
    guard let text = choice.value.text, !choice.value.isMissing else {
      let place = FieldPlace(name: choice.key, keyRange: choice.keyRange)
      diagnostics.append(.wrongType(choice.value, place, wants: names.alternatives))
      return nil
    }
    if let alternative = candidates.first(where: { $0.value == text }) {
      return alternative.decode(node, place.keyRange, &diagnostics)
    }
    diagnostics.append(
      laterValues.contains(text)
        ? .notAvailable(text, "\(choice.key) \(name)", at: choice.value.range)
        : .unknownComponent(
          text, "\(choice.key) \(name)", among: names,
          meant: nearestName(to: text, among: names), at: choice.value.range))
    return nil
  }

  /// The alternative whose choosing key stands there under the name of another tool.
  private func alternative(byAlias pairs: [YAMLNode.Pair]) -> Alternative? {
    alternatives.first { alternative in
      guard alternative.value == nil, let field = alternative.table.field(alternative.key) else {
        return false
      }
      return pairs.contains { field.aliases.contains($0.key) }
    }
  }

  /// The choosing keys, each once.
  private var keys: [String] {
    alternatives.map(\.key).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func reportNoChoice(
    _ pairs: [YAMLNode.Pair], _ place: FieldPlace, _ diagnostics: inout [Diagnostic]
  ) {
    if let pair = pairs.first(where: { laterKeys.contains($0.key) }) {
      diagnostics.append(.notAvailable(pair.key, name, at: pair.keyRange))
      return
    }
    for pair in pairs {
      guard let meant = nearestName(to: pair.key, among: keys) else { continue }
      diagnostics.append(.unknownKey(pair, of: name, allowed: keys, meant: meant))
      return
    }
    diagnostics.append(.missingOneOf(keys, of: name, at: place.keyRange))
  }
}
