import Diagnostics

/// How a field's value is read from a node and written back.
///
/// Unconstrained on purpose: a constraint here would be looked up at run time for every type of
/// field, which is felt in the time that `assay lint` takes.
package struct ValueType<Value: Sendable>: Sendable {
  package let shape: ValueShape
  /// Reads a value; says what is wrong, and returns nil when nothing can be made of it.
  let decode: @Sendable (YAMLNode, FieldPlace, inout [Diagnostic]) -> Value?
  let encode: @Sendable (Value) -> FieldValue
}

/// The field that is being read: its name for messages, its key for values that are not there.
struct FieldPlace: Sendable {
  let name: String
  let keyRange: SourceRange
}

extension ValueType where Value == Bool {
  static var flag: ValueType {
    ValueType(
      shape: .flag,
      decode: { node, place, diagnostics in
        switch node.text {
        case "true": return true
        case "false": return false
        default:
          let meant: String? =
            switch node.text?.lowercased() {
            case "yes", "on", "true", "1": "true"
            case "no", "off", "false", "0": "false"
            default: nil
            }
          diagnostics.append(.wrongType(node, place, wants: "`true` or `false`", meant: meant))
          return nil
        }
      },
      encode: { .flag($0) })
  }
}

extension ValueType where Value == Double {
  static func number(_ range: NumberRange = .any) -> ValueType {
    ValueType(
      shape: .number(range),
      decode: { node, place, diagnostics in
        guard let text = node.text, let number = Double(notebook: text) else {
          diagnostics.append(
            node.text?.isHugeNumber ?? false
              ? .outOfRange(node, place, must: nil) : .wrongType(node, place, wants: "a number"))
          return nil
        }
        guard range.contains(number) else {
          let isHuge = number.magnitude > NumberRange.limit
          diagnostics.append(
            .outOfRange(node, place, must: isHuge ? nil : range.phrase))
          return nil
        }
        return number
      },
      encode: { .number($0) })
  }
}

extension ValueType where Value == Int {
  static func integer(_ range: ClosedRange<Int>) -> ValueType {
    ValueType(
      shape: .integer(range),
      decode: { node, place, diagnostics in
        guard let text = node.text, let number = Double(notebook: text) else {
          diagnostics.append(
            node.text?.isHugeNumber ?? false
              ? .outOfRange(node, place, must: range.phrase)
              : .wrongType(node, place, wants: "a whole number"))
          return nil
        }
        // Through `Int` where it fits, so that numbers beyond 2⁵³ stay exact.
        guard let whole = Int(notebook: text) ?? Int(exactly: number) else {
          let isLarge = number.magnitude > 9e18
          diagnostics.append(
            isLarge
              ? .outOfRange(node, place, must: range.phrase)
              : .wrongType(node, place, wants: "a whole number"))
          return nil
        }
        guard range.contains(whole) else {
          diagnostics.append(.outOfRange(node, place, must: range.phrase))
          return nil
        }
        return whole
      },
      encode: { .integer($0) })
  }
}

extension ClosedRange<Int> {
  /// Such as "from 1 to 1000": both bounds, since either may be the one that is passed.
  var phrase: String { "from \(lowerBound) to \(upperBound)" }
}

/// Bounds that keep products of sizes within 64 bits; the plan checks what the machine can bear.
enum ValueLimits {
  /// Largest number of rows, steps, features.
  static let count = 1_000_000_000
}

extension ValueType where Value == String {
  /// Free text; the phrase says what it is.
  static func text(
    _ phrase: String = "text",
    check: (@Sendable (String, YAMLNode, FieldPlace, inout [Diagnostic]) -> Bool)? = nil
  ) -> ValueType {
    ValueType(
      shape: .text(phrase),
      decode: { node, place, diagnostics in
        guard let text = node.text, !node.isMissing else {
          diagnostics.append(.wrongType(node, place, wants: phrase))
          return nil
        }
        if let check, !check(text, node, place, &diagnostics) { return nil }
        return text
      },
      encode: { .text($0) })
  }

  /// The whole name of a block of one of some kinds; whether it exists is checked later.
  static func blockName(of kinds: [ExperimentKind]) -> ValueType {
    ValueType(
      shape: .reference(kinds, inline: nil),
      decode: { node, place, diagnostics in
        guard let text = node.text, !node.isMissing else {
          diagnostics.append(.wrongType(node, place, wants: "the name of a block"))
          return nil
        }
        return node.scope.prefix + text
      },
      encode: { .reference($0) })
  }
}

extension ValueType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the raw values of an enumeration.
  static var choice: ValueType {
    let names = Value.allCases.map(\.rawValue)
    return ValueType(
      shape: .choice(names),
      decode: { node, place, diagnostics in
        guard let text = node.text, !node.isMissing else {
          diagnostics.append(.wrongType(node, place, wants: names.alternatives))
          return nil
        }
        guard let value = Value(rawValue: text) else {
          diagnostics.append(.unknownWord(node, text, place, among: names))
          return nil
        }
        return value
      },
      encode: { .text($0.rawValue) })
  }
}

extension ValueType {
  /// A list of so many of another type; each item reports its own faults.
  static func list<Item>(
    of item: ValueType<Item>, counts: ClosedRange<Int> = 0...10_000, unique: Bool = false
  ) -> ValueType where Value == [Item], Item: Hashable {
    ValueType(
      shape: .list(item.shape, counts: counts),
      decode: { node, place, diagnostics in
        guard let items = node.items else {
          let hint = node.isMissing ? nil : "write [\(node.flowText.abbreviated)]"
          diagnostics.append(.wrongType(node, place, wants: "a list", hint: hint))
          return nil
        }
        guard counts.contains(items.count) else {
          diagnostics.append(.wrongCount(node, place, items.count, counts))
          return nil
        }
        var values: [Item] = []
        var seen: Set<Item> = []
        for node in items {
          guard let value = item.decode(node, place, &diagnostics) else { continue }
          if unique, !seen.insert(value).inserted {
            diagnostics.append(.repeatedItem(node, place))
          }
          values.append(value)
        }
        return values.count == items.count ? values : nil
      },
      encode: { .list($0.map(item.encode)) })
  }

  /// A value that may be left out; the word `none` takes back what was set before.
  static func optional<Wrapped>(_ type: ValueType<Wrapped>, none: Bool = true) -> ValueType
  where Value == Wrapped? {
    ValueType(
      shape: .optional(type.shape),
      decode: { node, place, diagnostics in
        if none, node.plainText == "none" { return .some(nil) }
        return type.decode(node, place, &diagnostics).map { .some($0) }
      },
      encode: { $0.map(type.encode) ?? .text("none") })
  }

  /// The fields of a table in a mapping of their own.
  static func group(_ table: FieldTable<Value>) -> ValueType {
    ValueType(
      shape: .group(table.description),
      decode: { node, place, diagnostics in
        table.decode(node, owner: place.keyRange, &diagnostics)
      },
      encode: { .group(table: table.name, version: table.version, table.entries($0)) })
  }

  /// A word with a meaning of its own, or a value of another type.
  static func either<Other>(
    _ word: String, _ meaning: Value, or type: ValueType<Other>,
    wrap: @escaping @Sendable (Other) -> Value, unwrap: @escaping @Sendable (Value) -> Other?,
    wants: String
  ) -> ValueType {
    ValueType(
      shape: .either([word], type.shape),
      decode: { node, place, diagnostics in
        if node.text == word { return meaning }
        if let text = node.text, Double(notebook: text) == nil {
          diagnostics.append(
            .wrongType(
              node, place, wants: wants, meant: nearestName(to: text, among: [word])))
          return nil
        }
        return type.decode(node, place, &diagnostics).map(wrap)
      },
      encode: { value in unwrap(value).map(type.encode) ?? .text(word) })
  }

  /// A component by the name of its block, or written in place.
  static func reference<Component>(
    _ kind: ExperimentKind, inline type: ValueType<Component>
  ) -> ValueType where Value == ComponentReference<Component> {
    ValueType(
      shape: .reference([kind], inline: type.shape),
      decode: { node, place, diagnostics in
        if let text = node.text, !node.isMissing { return .named(node.scope.prefix + text) }
        guard node.pairs != nil else {
          let wants = "the name of a `\(kind.rawValue)` block, or a mapping"
          diagnostics.append(.wrongType(node, place, wants: wants))
          return nil
        }
        return type.decode(node, place, &diagnostics).map { .inline($0) }
      },
      encode: { reference in
        switch reference {
        case .named(let name): .reference(name)
        case .inline(let component): type.encode(component)
        }
      })
  }
}
