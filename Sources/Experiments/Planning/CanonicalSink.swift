/// Listens to the walk over everything that a step's result depends on.
///
/// One walk feeds both listeners, the bytes behind a fingerprint and the lines of a provenance, so
/// that nothing can be in the one and not in the other.
protocol CanonicalSink {
  /// A text that is the same for every step of a kind: it sets apart and says nothing.
  mutating func mark(_ text: String)
  /// Version of a step kind, a table or a component.
  mutating func version(_ version: Int)
  mutating func flag(_ flag: Bool)
  mutating func integer(_ integer: Int)
  mutating func number(_ number: Double)
  mutating func text(_ text: String)
  /// A SHA-256 value, by its hexadecimal digits.
  mutating func digest(_ hexadecimal: String)
  /// What the step reads, in order.
  mutating func inputs(_ fingerprints: [Fingerprint])
  /// The place of a block's name, which stands for the step's first input.
  mutating func reference(_ fingerprint: Fingerprint)
  /// A list of nothing, which is as good as none.
  mutating func emptyList()
  /// The head of a list; its items follow.
  mutating func beginList(_ items: [FieldValue])
  /// The head of a table's fields; `count` entries follow.
  mutating func beginGroup(_ table: String, version: Int, count: Int)
  /// The head of a component's fields; `count` entries follow, then ``endComponent()``.
  mutating func beginComponent(_ name: String, version: Int, count: Int)
  mutating func endComponent()
  /// What follows, until ``leave()``, belongs to this part of the whole.
  mutating func enter(_ part: CanonicalPart)
  mutating func leave()
}

/// A part of what a walk goes over.
enum CanonicalPart {
  /// Named by its place in the walk.
  case named(String)
  /// A field of a table: its name is part of the whole.
  case field(String)
  /// An item of a list, from zero.
  case item(Int)
}

extension CanonicalSink {
  /// A spec's canonical form; a name in it stands for the step's first input.
  mutating func append(_ value: FieldValue, first: Fingerprint) {
    switch value {
    case .flag(let flag): self.flag(flag)
    case .integer(let integer): self.integer(integer)
    case .number(let number): self.number(number)
    case .text(let text): self.text(text)
    case .reference: reference(first)
    case .list(let items):
      beginList(items)
      for (index, item) in items.enumerated() {
        enter(.item(index))
        append(item, first: first)
        leave()
      }
    case .group(let table, let version, let entries):
      beginGroup(table, version: version, count: entries.count)
      append(entries, first: first)
    case .component(let name, let version, let entries):
      beginComponent(name, version: version, count: entries.count)
      append(entries, first: first)
      endComponent()
    }
  }

  private mutating func append(_ entries: [FieldValue.Entry], first: Fingerprint) {
    for entry in entries {
      enter(.field(entry.name))
      append(entry.value, first: first)
      leave()
    }
  }

  /// One part by name.
  mutating func append(_ name: String, _ body: (inout Self) -> Void) {
    enter(.named(name))
    body(&self)
    leave()
  }
}
