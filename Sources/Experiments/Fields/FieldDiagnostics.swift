import Diagnostics

// The messages of field tables. Each states the rule, then what stands there.

extension Diagnostic {
  static func unknownKey(
    _ pair: YAMLNode.Pair, of owner: String, allowed: [String], elsewhere: String? = nil,
    meant: String? = nil
  ) -> Diagnostic {
    var notes: [Note] = []
    var meant = meant ?? nearestName(to: pair.key, among: allowed)
    if let elsewhere {
      meant = nil
      notes.append(Note("`\(pair.key)` belongs elsewhere: \(elsewhere)"))
    }
    if pair.value.isMissing, let colon = pair.key.firstIndex(of: ":") {
      meant = String(pair.key[..<colon]) + ": " + pair.key[pair.key.index(after: colon)...]
      notes.append(Note("a space is needed after the colon"))
    }
    notes.append(
      Note(
        allowed.isEmpty
          ? "`\(owner)` takes no fields" : "`\(owner)` takes \(allowed.joined(separator: ", "))"))
    return Diagnostic(
      "experiment.unknown-key",
      "`\(pair.key.abbreviated)` is no key of \(owner == "block" ? "a block" : "`\(owner)`")",
      at: pair.keyRange, notes: notes, suggestion: meant)
  }

  static func alias(_ pair: YAMLNode.Pair, of name: String, in owner: String) -> Diagnostic {
    Diagnostic(
      "experiment.unknown-key", "`\(pair.key)` is called `\(name)` in `\(owner)`",
      at: pair.keyRange, suggestion: name)
  }

  static func duplicateKey(_ pair: YAMLNode.Pair, first: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml.duplicate-key",
      "A key stands once in a mapping; `\(pair.key.abbreviated)` stands twice",
      at: pair.keyRange, notes: [Note("first here", at: first)])
  }

  static func missingKey(
    _ name: String, of owner: String, help: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "experiment.missing-key", "`\(owner)` needs `\(name)`", at: range,
      notes: [Note("`\(name)`: \(help)")])
  }

  static func missingOneOf(
    _ names: [String], of owner: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "experiment.missing-key", "`\(owner)` needs \(names.map { "`\($0)`" }.alternatives)",
      at: range)
  }

  static func conflict(
    _ pair: YAMLNode.Pair, _ first: YAMLNode.Pair, of owner: String
  ) -> Diagnostic {
    Diagnostic(
      "experiment.conflict",
      "`\(first.key)` and `\(pair.key)` exclude each other in `\(owner)`", at: pair.keyRange,
      notes: [Note("`\(first.key)` stands here", at: first.keyRange)])
  }

  static func emptyValue(_ place: FieldPlace, help: String) -> Diagnostic {
    Diagnostic(
      "experiment.wrong-type", "`\(place.name)` needs a value", at: place.keyRange,
      notes: [Note("`\(place.name)`: \(help)")])
  }

  static func wrongType(
    _ node: YAMLNode, _ place: FieldPlace, wants: String, meant: String? = nil,
    hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      "experiment.wrong-type", "`\(place.name)` takes \(wants), not \(node.nounPhrase)",
      at: node.isMissing ? place.keyRange : node.range, notes: hint.map { [Note($0)] } ?? [],
      suggestion: meant)
  }

  static func outOfRange(_ node: YAMLNode, _ place: FieldPlace, must phrase: String) -> Diagnostic {
    Diagnostic(
      "experiment.out-of-range", "`\(place.name)` must be \(phrase); here it is \(node.nounPhrase)",
      at: node.range)
  }

  static func outOfRange(
    _ node: YAMLNode, _ place: FieldPlace, must phrase: String?
  ) -> Diagnostic {
    .outOfRange(node, place, must: phrase ?? "between -1e+30 and 1e+30")
  }

  static func wrongCount(
    _ node: YAMLNode, _ place: FieldPlace, _ count: Int, _ counts: ClosedRange<Int>
  ) -> Diagnostic {
    let items = counts.lowerBound == 1 && counts.upperBound > 1 ? "item" : "items"
    let rule =
      counts.lowerBound == counts.upperBound
      ? "exactly \(counts.lowerBound) \(items)"
      : count < counts.lowerBound
        ? "at least \(counts.lowerBound) \(items)" : "at most \(counts.upperBound) items"
    return Diagnostic(
      "experiment.out-of-range", "`\(place.name)` takes \(rule), not \(count)", at: node.range)
  }

  static func repeatedItem(_ node: YAMLNode, _ place: FieldPlace) -> Diagnostic {
    Diagnostic(
      "experiment.repeated-item",
      "`\(place.name)` takes each item once; \(node.nounPhrase) stands twice", at: node.range)
  }

  static func unknownWord(
    _ node: YAMLNode, _ text: String, _ place: FieldPlace, among names: [String]
  ) -> Diagnostic {
    Diagnostic(
      "experiment.unknown-value", "`\(text.abbreviated)` is no value of `\(place.name)`",
      at: node.range, notes: [Note("`\(place.name)` takes \(names.alternatives)")],
      suggestion: nearestName(to: text, among: names))
  }

  static func unknownComponent(
    _ text: String, _ family: String, among names: [String], meant: String?,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "experiment.unknown-component", "There is no \(family) `\(text.abbreviated)`", at: range,
      notes: [Note("known: \(names.joined(separator: ", "))")], suggestion: meant)
  }

  static func notAvailable(
    _ text: String, _ what: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "experiment.not-available",
      "`\(text)` (\(what)) is not available in this version of Assay", at: range)
  }

  static func severalComponents(
    _ node: YAMLNode, _ place: FieldPlace, _ family: String, _ known: [String]
  ) -> Diagnostic {
    let count = (node.pairs ?? []).count
    let found = known.isEmpty ? "" : " (\(known.joined(separator: ", ")))"
    return Diagnostic(
      "experiment.wrong-type",
      "`\(place.name)` takes exactly one \(family); here are \(count) keys\(found)",
      at: node.range,
      notes: [Note("write \(place.name): {NAME: {its fields}}")])
  }

  static func emptyComponent(
    _ pair: YAMLNode.Pair, of family: String, isBare: Bool
  ) -> Diagnostic {
    Diagnostic(
      "experiment.wrong-type", "The \(family) `\(pair.key)` has a colon but no fields after it",
      at: pair.keyRange,
      notes: [
        Note(
          isBare
            ? "write `\(pair.key)` alone"
            : "write `\(pair.key)` alone for its defaults, or {\(pair.key): {…}}")
      ])
  }

  static func componentWithoutFields(
    _ pair: YAMLNode.Pair, _ table: TableDescription
  ) -> Diagnostic {
    let hint: String
    if let field = table.fields.first(where: \.isRequired) ?? table.fields.first {
      let value = pair.value.text ?? "…"
      hint = "write {\(table.name): {\(field.name): \(value.abbreviated)}}"
    } else {
      hint = "write `\(table.name)` alone"
    }
    return Diagnostic(
      "experiment.wrong-type",
      "`\(table.name)` takes its fields by name, not \(pair.value.nounPhrase)",
      at: pair.value.range, notes: [Note(hint)])
  }
}

extension Array<String> {
  /// "a", "a or b", "a, b or c".
  var alternatives: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}

extension Diagnostic {
  /// An error.
  init(
    _ id: String, _ message: String, at range: SourceRange? = nil, notes: [Note] = [],
    suggestion: String? = nil
  ) {
    self.init(.error, id, message, at: range, notes: notes, suggestion: suggestion)
  }
}
