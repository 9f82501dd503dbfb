/// A typed value as a notebook would spell it: the form between specs and text.
///
/// Encoding a spec gives one; printed as YAML it decodes to the same spec; hashed, with references
/// replaced, it is what a fingerprint covers. Fields stand in table order, defaults left out.
package indirect enum FieldValue: Sendable, Hashable {
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([FieldValue])
  /// The fields of a kind or of a nested group such as `split`.
  case group(table: String, version: Int, [Entry])
  /// A chosen component: `{adamw: {lr: 0.001}}`.
  case component(name: String, version: Int, [Entry])
  /// The name of a block; a fingerprint puts that block's fingerprint here.
  case reference(String)

  /// A field that differs from its default.
  package struct Entry: Sendable, Hashable {
    package let name: String
    package let value: FieldValue

    package init(_ name: String, _ value: FieldValue) {
      self.name = name
      self.value = value
    }
  }
}

extension FieldValue {
  /// Whether a version in it is not 1.
  var holdsRaisedVersion: Bool {
    switch self {
    case .flag, .integer, .number, .text, .reference: false
    case .list(let items): items.contains(where: \.holdsRaisedVersion)
    case .group(_, let version, let entries), .component(_, let version, let entries):
      version != 1 || entries.contains(where: \.value.holdsRaisedVersion)
    }
  }
}
