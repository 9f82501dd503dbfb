import Diagnostics

/// The printed reference of the language, made from the tables that decode it.
package enum Reference {
  /// The text about a kind, a component, a family such as `optimizer`, or a field by its path
  /// (`train.epochs`, `train.lr`, `adamw.betas`); nil when there is none.
  ///
  /// `block` describes a block, `front-matter` the front matter, `assay.yaml` that file.
  package static func text(about name: String) -> String? {
    let index = ReferenceIndex.shared
    if name == "block" { return blockText }
    var sections: [String] = []
    sections += index.families.filter { $0.family.name == name }.unique(by: \.family.name)
      .map { section(for: $0) }
    sections += index.variants.filter { $0.variants.name == name }.map { section(for: $0) }
    // A family such as `model` has a table of its own name; it is described with the family.
    if sections.isEmpty {
      sections += index.tables.filter { $0.table.name == name }.unique(by: \.owner)
        .map { section(for: $0) }
    }
    if sections.isEmpty { sections += fields(name).map { section(for: $0) } }
    return sections.isEmpty ? nil : sections.joined(separator: "\n")
  }

  /// Everything that ``text(about:)`` knows by one word, sorted; for "did you mean".
  package static let names: [String] = {
    let index = ReferenceIndex.shared
    let all =
      ["block"] + index.tables.map(\.table.name) + index.families.map(\.family.name)
      + index.variants.map(\.variants.name)
    return Set(all).sorted()
  }()

  /// The paths of all fields, such as `train.batch_size`, sorted; for "did you mean".
  package static var fieldPaths: [String] {
    Set(ReferenceIndex.shared.fields.map(\.path)).sorted()
  }

  // MARK: Sections

  private static var blockText: String {
    var text = "block: \(BlockFields.table.help)\n\nkinds\n"
    for kind in ExperimentKind.allCases {
      text += line(kind.rawValue, BlockFields.help(of: kind))
    }
    text += "\ncommon keys\n"
    for field in BlockFields.common { text += entry(field) }
    return text
  }

  private static func section(for place: ReferenceIndex.TablePlace) -> String {
    let owner = place.owner == place.table.name ? "" : " (\(place.owner))"
    var text = "\(place.table.name)\(owner): \(place.table.help)\n"
    text += "version \(place.table.version)\n"
    if place.table.fields.isEmpty { return text + "\nIt has no fields.\n" }
    text += "\n" + place.table.fields.map(entry).joined()
    for names in place.table.exclusive {
      text += "\n\(names.joined(separator: " and ")) exclude each other.\n"
    }
    return text
  }

  private static func section(for place: ReferenceIndex.FamilyPlace) -> String {
    let lines = place.family.alternatives.map { line($0.name, $0.help) }
    return "\(place.family.name): one of these, by name or as {NAME: {its fields}}\n\n"
      + lines.joined()
  }

  private static func section(for place: ReferenceIndex.VariantsPlace) -> String {
    place.variants.alternatives.map { alternative in
      let choice = alternative.value.map { "\(alternative.key): \($0)" } ?? "\(alternative.key): …"
      let fields = alternative.table.fields.map(entry).joined()
      return "\(place.variants.name) with `\(choice)`: \(alternative.table.help)\n"
        + "version \(alternative.table.version)\n\n\(fields)"
    }.joined(separator: "\n")
  }

  private static func section(for place: ReferenceIndex.FieldPlace) -> String {
    let field = place.field
    var text = "\(place.path): \(field.help)\n\n"
    text += line("type", field.shape.phrase)
    text += line("default", defaultPhrase(field))
    text += line("bears on", field.bearing.rawValue)
    if !field.aliases.isEmpty {
      text += line("elsewhere", "called " + field.aliases.joined(separator: ", "))
    }
    return text
  }

  private static func entry(_ field: FieldDescription) -> String {
    "  \(field.name): \(field.shape.phrase); \(defaultPhrase(field, short: true))\n"
      + "      \(field.help)\n"
  }

  private static func defaultPhrase(_ field: FieldDescription, short: Bool = false) -> String {
    if field.isRequired { return short ? "needed" : "none, the field is needed" }
    let value = field.defaultPhrase ?? field.defaultValue?.yaml ?? "none"
    return short ? "default \(value)" : value
  }

  private static func line(_ name: String, _ text: String) -> String {
    let padding = String(repeating: " ", count: max(1, 20 - name.displayWidth))
    return "  \(name)\(padding)\(text)\n"
  }

  // MARK: Fields

  /// The fields that a path means: below its first part directly, else anywhere in it.
  private static func fields(_ path: String) -> [ReferenceIndex.FieldPlace] {
    let parts = path.split(separator: ".").map(String.init)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return [] }
    let index = ReferenceIndex.shared
    let middle = parts.dropFirst().dropLast()
    let within = index.fields.filter { place in
      let owners = place.path.split(separator: ".").dropLast().map(String.init)
      guard let start = owners.firstIndex(of: first) else { return false }
      return middle.allSatisfy { owners[start...].contains($0) }
        && (place.field.name == last || place.field.aliases.contains(last))
    }
    let named = within.filter { $0.field.name == last }
    let candidates = named.isEmpty ? within : named
    let direct = candidates.filter { $0.path.hasSuffix(path) }
    return (direct.isEmpty ? candidates : direct).unique(by: \.path)
  }
}

/// Every table, family and field of the language with the path that leads there.
struct ReferenceIndex: Sendable {
  struct TablePlace: Sendable {
    /// The family or kind that the table belongs to.
    let owner: String
    let table: TableDescription
  }

  struct FamilyPlace: Sendable {
    let family: FamilyDescription
  }

  struct VariantsPlace: Sendable {
    let variants: VariantsDescription
  }

  struct FieldPlace: Sendable {
    let path: String
    let field: FieldDescription
  }

  private(set) var tables: [TablePlace] = []
  private(set) var families: [FamilyPlace] = []
  private(set) var variants: [VariantsPlace] = []
  private(set) var fields: [FieldPlace] = []

  static let shared = ReferenceIndex()

  private init() {
    for field in BlockFields.table.fields {
      fields.append(FieldPlace(path: "block.\(field.name)", field: field))
      add(field.shape, path: field.name, owner: field.name)
    }
    let front = NotebookSettings.table.description
    tables.append(TablePlace(owner: "front-matter", table: front))
    for field in front.fields {
      fields.append(FieldPlace(path: "front-matter.\(field.name)", field: field))
    }
    let project = ProjectSettings.table.description
    tables.append(TablePlace(owner: project.name, table: project))
    for field in project.fields { add(field.shape, path: field.name, owner: project.name) }
  }

  private mutating func add(_ shape: ValueShape, path: String, owner: String) {
    switch shape {
    case .group(let table): add(table, path: path, owner: owner)
    case .component(let family):
      families.append(FamilyPlace(family: family))
      for table in family.alternatives {
        add(table, path: path + "." + table.name, owner: family.name)
      }
    case .variants(let description):
      variants.append(VariantsPlace(variants: description))
      for alternative in description.alternatives {
        add(alternative.table, path: path, owner: description.name)
      }
    case .reference(_, let inline?): add(inline, path: path, owner: owner)
    case .list(let item, _), .either(_, let item), .dictionary(let item), .optional(let item):
      add(item, path: path, owner: owner)
    default: break
    }
  }

  private mutating func add(_ table: TableDescription, path: String, owner: String) {
    tables.append(TablePlace(owner: owner, table: table))
    for field in table.fields {
      fields.append(FieldPlace(path: "\(path).\(field.name)", field: field))
      add(field.shape, path: "\(path).\(field.name)", owner: field.name)
    }
  }
}

extension Array {
  /// The first of each that agree on a key, in order.
  fileprivate func unique(by key: (Element) -> String) -> [Element] {
    var seen: Set<String> = []
    return filter { seen.insert(key($0)).inserted }
  }
}

extension ValueShape {
  /// What may stand there, in words.
  package var phrase: String {
    switch self {
    case .flag: "true or false"
    case .number(let range): range.phrase.map { "number, \($0)" } ?? "number"
    case .integer(let range): "whole number, \(range.phrase)"
    case .text(let phrase): phrase
    case .choice(let names): names.alternatives
    case .list(let item, let counts):
      counts.lowerBound == counts.upperBound
        ? "list of \(counts.lowerBound): \(item.phrase)" : "list of: \(item.phrase)"
    case .group(let table):
      "mapping of " + table.fields.map(\.name).joined(separator: ", ")
    case .component(let family):
      "\(family.name): " + family.alternatives.map(\.name).alternatives
    case .variants(let variants):
      variants.alternatives.map { alternative in
        alternative.value.map { "{\(alternative.key): \($0), …}" } ?? "{\(alternative.key): …}"
      }.alternatives
    case .reference(let kinds, let inline):
      "name of a \(kinds.map(\.rawValue).alternatives) block"
        + (inline == nil ? "" : ", or one written in place")
    case .either(let words, let shape): "`\(words.alternatives)`, or \(shape.phrase)"
    case .dictionary(let shape): "mapping from names to: \(shape.phrase)"
    case .optional(let shape): shape.phrase
    }
  }
}
