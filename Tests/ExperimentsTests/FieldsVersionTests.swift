import Experiments
import FoundationEssentials
import Testing

/// Defaults are left out of fingerprints, so changing one must raise the version of its table.
struct FieldsVersionTests {
  /// One line per table: name, version, and the fields that bear on results with their defaults.
  private static let current: [(key: String, line: String)] = {
    var lines: [String: String] = [:]
    func visit(_ shape: ValueShape, _ owner: String) {
      switch shape {
      case .group(let table): visit(table, owner)
      case .component(let family): family.alternatives.forEach { visit($0, family.name) }
      case .variants(let variants):
        variants.alternatives.forEach { visit($0.table, variants.name) }
      case .reference(_, let inline?): visit(inline, owner)
      case .list(let item, _), .either(_, let item), .dictionary(let item), .optional(let item):
        visit(item, owner)
      default: break
      }
    }
    func visit(_ table: TableDescription, _ owner: String) {
      let fields = table.fields.filter { $0.bearing == .result }.map { field in
        let unset = field.isRequired ? "needed" : "none"
        return "\(field.name)=\(field.defaultValue?.yaml ?? field.defaultPhrase ?? unset)"
      }
      lines["\(owner)/\(table.name) \(table.version)"] = fields.joined(separator: "; ")
      for field in table.fields { visit(field.shape, field.name) }
    }
    for field in BlockFields.table.fields { visit(field.shape, field.name) }
    return lines.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }()

  @Test func aChangedDefaultRaisesTheVersion() throws {
    let file = "language/tables.txt"
    if ProcessInfo.processInfo.environment["GOLDEN"] == "all" {
      let text = Self.current.map { "\($0.key): \($0.line)\n" }.joined()
      try Data(text.utf8).write(to: URL(filePath: LanguageFixtures.path(file)))
      return
    }
    let committed = try LanguageFixtures.read(file).split(separator: "\n").map(String.init)
    for (key, line) in Self.current {
      let known = committed.first { $0.hasPrefix(key + ": ") }
      #expect(
        known == "\(key): \(line)",
        "raise the version of this table, then write \(file) anew with GOLDEN=all")
    }
    #expect(committed.count == Self.current.count)
  }
}
