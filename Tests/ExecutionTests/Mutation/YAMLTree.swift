/// A value to write as YAML in any of the ways that mean the same.
indirect enum YAMLTree {
  /// Written as it stands.
  case scalar(String)
  /// A text that may stand in quotes.
  case word(String)
  case list([YAMLTree])
  case map([(key: String, value: YAMLTree)])
  /// A field that is left to its default.
  case absent

  /// A scalar, or nothing for an empty text.
  init(_ text: String) {
    self = text.isEmpty ? .absent : .scalar(text)
  }

  /// A list written `[a, b]`; nothing for an empty text.
  init(list text: String) {
    self =
      text.isEmpty
      ? .absent
      : .list(text.dropFirst().dropLast().split(separator: ", ").map { .word(String($0)) })
  }

  fileprivate var isAbsent: Bool {
    if case .absent = self { return true }
    return false
  }
}

/// Writes trees; without generators in one plain way, with them in ways drawn at random.
struct YAMLWriter {
  /// Draws the order of keys.
  var order: SeededGenerator?
  /// Draws what stands on lines of its own and what in brackets, and what in quotes.
  var layout: SeededGenerator?
  /// Draws comments and blank lines.
  var comments: SeededGenerator?

  /// The lines of a mapping.
  mutating func lines(
    _ pairs: [(key: String, value: YAMLTree)], indent: String = ""
  ) -> [String] {
    var lines: [String] = []
    for pair in ordered(pairs) {
      lines += remark(indent)
      switch pair.value {
      case .map(let inner) where chance(50, else: indent.isEmpty) && !inner.isEmpty:
        lines.append("\(indent)\(pair.key):")
        lines += self.lines(inner, indent: indent + (chance(50, else: true) ? "  " : "    "))
      case .list(let items) where chance(30, else: false) && !items.isEmpty:
        lines.append("\(indent)\(pair.key):")
        for item in items { lines.append("\(indent)  - \(flow(item))") }
      case let value:
        let tail = comments?.chance(15) == true ? "  # as before" : ""
        lines.append("\(indent)\(pair.key): \(flow(value))\(tail)")
      }
    }
    return lines
  }

  private mutating func flow(_ tree: YAMLTree) -> String {
    switch tree {
    case .absent: return ""
    case .scalar(let text): return text
    case .word(let text):
      guard chance(20, else: false) else { return text }
      return layout?.chance(50) == true ? "'\(text)'" : "\"\(text)\""
    case .list(let items): return "[" + items.map { flow($0) }.joined(separator: ", ") + "]"
    case .map(let pairs):
      let inner = ordered(pairs).map { "\($0.key): \(flow($0.value))" }
      return "{" + inner.joined(separator: ", ") + "}"
    }
  }

  private mutating func ordered(
    _ pairs: [(key: String, value: YAMLTree)]
  ) -> [(key: String, value: YAMLTree)] {
    var present = pairs.filter { !$0.value.isAbsent }
    if var generator = order {
      present.shuffle(using: &generator)
      order = generator
    }
    return present
  }

  private mutating func remark(_ indent: String) -> [String] {
    guard comments?.chance(20) == true else { return [] }
    let number = comments?.next() ?? 0
    return comments?.chance(30) == true ? [""] : ["\(indent)# remark \(number % 1000): see above"]
  }

  private mutating func chance(_ percent: Int, else plain: Bool) -> Bool {
    layout?.chance(percent) ?? plain
  }
}
