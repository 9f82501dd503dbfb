extension FieldValue {
  /// The value as flow-style YAML on one line; decodes to what it was encoded from.
  package var yaml: String {
    switch self {
    case .flag(let flag): flag ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): number.plainDescription
    case .text(let text), .reference(let text): text.isPlainYAML ? text : text.quotedForYAML
    case .list(let items): "[" + items.map(\.yaml).joined(separator: ", ") + "]"
    case .group(_, _, let entries): Self.mapping(entries)
    case .component(let name, _, let entries):
      entries.isEmpty ? name : "{\(name): \(Self.mapping(entries))}"
    }
  }

  private static func mapping(_ entries: [Entry]) -> String {
    let fields = entries.map { entry in
      let key = entry.name.isPlainYAML ? entry.name : entry.name.quotedForYAML
      return "\(key): \(entry.value.yaml)"
    }
    return "{" + fields.joined(separator: ", ") + "}"
  }
}

extension Double {
  /// Shortest decimal text that reads back as the same number; whole numbers without `.0`.
  package var plainDescription: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
