/// Collects the lines of a provenance from the walk that makes fingerprints.
///
/// A list stands on one line with the names of its items; what the items hold follows on lines of
/// their own. A component stands by its name and a nested group by `{}`, with their fields after
/// them. A version has a line when it is not 1.
struct ProvenanceFields: CanonicalSink {
  private(set) var fields: [Provenance.Field] = []
  private var path = ""
  /// The parts entered: how many bytes the path had before each, and what each is.
  private var parts: [(length: Int, isItem: Bool, isField: Bool)] = []

  init() {}

  mutating func mark(_ text: String) {}

  mutating func version(_ version: Int) {
    guard version != 1 else { return }
    let head = path.isEmpty ? "" : path + "."
    fields.append(Provenance.Field(path: head + "version", text: String(version)))
  }

  mutating func flag(_ flag: Bool) { line(FieldValue.flag(flag).summary) }

  mutating func integer(_ integer: Int) { line(FieldValue.integer(integer).summary) }

  mutating func number(_ number: Double) { line(FieldValue.number(number).summary) }

  mutating func text(_ text: String) { line(FieldValue.text(text).summary) }

  mutating func digest(_ hexadecimal: String) { line("sha256 " + hexadecimal) }

  // Inputs stand in the provenance by themselves, and a reference is one of them.
  mutating func inputs(_ fingerprints: [Fingerprint]) {}
  mutating func reference(_ fingerprint: Fingerprint) {}

  mutating func emptyList() {}

  mutating func beginList(_ items: [FieldValue]) {
    line(FieldValue.list(items).summary)
  }

  mutating func beginGroup(_ table: String, version: Int, count: Int) {
    if path.isEmpty {
      append(table) { $0.version(version) }
      return
    }
    if !path.isTail(table) {
      line(table)
    } else if parts.last?.isField == true {
      line("{}")
    }
    self.version(version)
  }

  mutating func beginComponent(_ name: String, version: Int, count: Int) {
    line(name)
    enter(.named(name))
    self.version(version)
  }

  mutating func endComponent() { leave() }

  mutating func enter(_ part: CanonicalPart) {
    let length = path.utf8.count
    switch part {
    case .named(let name):
      path += path.isEmpty ? name : "." + name
      parts.append((length, false, false))
    case .field(let name):
      path += path.isEmpty ? name : "." + name
      parts.append((length, false, true))
    case .item(let index):
      path += "[\(index)]"
      parts.append((length, true, false))
    }
  }

  mutating func leave() {
    guard let part = parts.popLast() else { return }
    path = String(decoding: path.utf8.prefix(part.length), as: UTF8.self)
  }

  /// A value at the present place; what stands in a list is in the list's own line.
  private mutating func line(_ text: String) {
    if parts.last?.isItem == true { return }
    fields.append(Provenance.Field(path: path, text: text))
  }
}

extension FieldValue {
  /// The value on a line of a provenance: scalars whole, components and groups by name.
  ///
  /// Different scalars have different summaries: numbers keep their point (`1.0`), and a text that
  /// would read as anything else stands in quotes.
  var summary: String {
    switch self {
    case .flag(let flag): flag ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): number == 0 ? "0.0" : number.description
    case .text(let text): text.isPlainWord ? text : text.quotedAsWord
    case .list(let items): "[" + items.map(\.summary).joined(separator: ", ") + "]"
    case .group: "{}"
    case .component(let name, _, _): name
    case .reference(let name): name
    }
  }
}

extension String {
  /// Whether the last part of the path is this name.
  fileprivate func isTail(_ name: String) -> Bool {
    self == name || hasSuffix("." + name)
  }

  /// Letters of any script, digits and `_-./%`, but neither number nor flag.
  fileprivate var isPlainWord: Bool {
    guard let first = unicodeScalars.first, first.properties.isAlphabetic || first == "_" else {
      return false
    }
    let isPlain = unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0)
        || "_-./%".unicodeScalars.contains($0)
    }
    return isPlain && self != "true" && self != "false" && Double(self) == nil
  }

  fileprivate var quotedAsWord: String {
    var text = "\""
    for scalar in unicodeScalars {
      if scalar == "\"" || scalar == "\\" { text.unicodeScalars.append("\\") }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}
