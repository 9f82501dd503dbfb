import Diagnostics

/// One field of a spec: everything that the language knows about it.
package struct Field<Spec: Sendable>: Sendable {
  let name: String
  let help: String
  let aliases: [String]
  let isRequired: Bool
  let bearing: Bearing
  let shape: ValueShape
  let defaultPhrase: String?
  /// Reads the value into the spec; false when it could not.
  let decode: @Sendable (YAMLNode, FieldPlace, inout Spec, inout [Diagnostic]) -> Void
  /// The value, whatever it is.
  let encode: @Sendable (Spec) -> FieldValue
  /// Whether two specs agree on the field.
  let isEqual: @Sendable (Spec, Spec) -> Bool

  init<Value: Sendable & Equatable>(
    _ name: String, _ path: any WritableKeyPath<Spec, Value> & Sendable, _ type: ValueType<Value>,
    _ help: String, aliases: [String] = [], required: Bool = false, bears: Bearing = .result,
    default phrase: String? = nil
  ) {
    self.name = name
    self.help = help
    self.aliases = aliases
    isRequired = required
    bearing = bears
    shape = type.shape
    defaultPhrase = phrase
    decode = { node, place, spec, diagnostics in
      if let value = type.decode(node, place, &diagnostics) { spec[keyPath: path] = value }
    }
    encode = { type.encode($0[keyPath: path]) }
    isEqual = { $0[keyPath: path] == $1[keyPath: path] }
  }
}

/// The fields of one kind, component or group: what decodes it, encodes it and documents it.
package struct FieldTable<Spec: Sendable>: Sendable {
  package let name: String
  /// Raised by whoever changes results that these fields lead to; part of every fingerprint.
  package let version: Int
  package let help: String
  let defaults: Spec
  let fields: [Field<Spec>]
  /// Sets of fields of which at most one may be there.
  let exclusive: [[String]]
  /// Sets of fields of which exactly one must be there.
  let alternatives: [[String]]
  /// Keys that belong elsewhere, and where.
  let elsewhere: [String: String]
  /// Keys that a later version brings.
  let later: [String]
  /// Rules between fields, checked when each field by itself is sound.
  let check: (@Sendable (Spec, YAMLNode, SourceRange, inout [Diagnostic]) -> Void)?
  /// Fields whose default is made of something with a raised version: encoded at their defaults too,
  /// because a fingerprint that left them out would not see the version.
  private let raised: Set<String>

  init(
    _ name: String, version: Int = 1, _ help: String, defaults: Spec,
    exclusive: [[String]] = [], alternatives: [[String]] = [], elsewhere: [String: String] = [:],
    later: [String] = [], fields: [Field<Spec>],
    check: (@Sendable (Spec, YAMLNode, SourceRange, inout [Diagnostic]) -> Void)? = nil
  ) {
    self.name = name
    self.version = version
    self.help = help
    self.defaults = defaults
    self.fields = fields
    self.exclusive = exclusive
    self.alternatives = alternatives
    self.elsewhere = elsewhere
    self.later = later
    self.check = check
    raised = Set(fields.filter { $0.encode(defaults).holdsRaisedVersion }.map(\.name))
  }

  /// The table as data.
  package var description: TableDescription {
    TableDescription(
      name: name, version: version, help: help,
      fields: fields.map { field in
        let value = field.encode(defaults)
        var isUnset = field.isRequired
        if case .optional = field.shape, value == .text("none") { isUnset = true }
        return FieldDescription(
          name: field.name, shape: field.shape, help: field.help, aliases: field.aliases,
          isRequired: field.isRequired, bearing: field.bearing,
          defaultValue: isUnset ? nil : value, defaultPhrase: field.defaultPhrase)
      },
      exclusive: exclusive + alternatives)
  }

  /// The fields that differ from their defaults, in table order; those at a default too whose table
  /// or component has another version than 1.
  package func entries(
    _ spec: Spec, bearing: Set<Bearing> = Set(Bearing.allCases)
  ) -> [FieldValue.Entry] {
    fields.compactMap { field in
      guard bearing.contains(field.bearing) else { return nil }
      guard
        field.isRequired || !field.isEqual(spec, defaults) || raised.contains(field.name)
      else { return nil }
      return FieldValue.Entry(field.name, field.encode(spec))
    }
  }

  /// Reads the fields from a mapping; every fault is reported, and what is sound is kept.
  ///
  /// - Parameter ignoring: keys of the mapping that are not this table's business.
  func decode(
    _ node: YAMLNode, owner: SourceRange, ignoring: Set<String> = [],
    _ diagnostics: inout [Diagnostic]
  ) -> Spec? {
    guard let pairs = node.pairs else {
      let place = FieldPlace(name: name, keyRange: owner)
      diagnostics.append(.wrongType(node, place, wants: mappingPhrase))
      return nil
    }
    let before = diagnostics.count
    var spec = defaults
    var present: [String: YAMLNode.Pair] = [:]
    for pair in pairs where !ignoring.contains(pair.key) {
      guard let field = field(for: pair, in: node, &diagnostics) else { continue }
      if let first = present[field.name] {
        diagnostics.append(.duplicateKey(pair, first: first.keyRange))
        continue
      }
      present[field.name] = pair
      let place = FieldPlace(name: field.name, keyRange: pair.keyRange)
      if pair.value.isMissing {
        diagnostics.append(.emptyValue(place, help: field.help))
      } else {
        field.decode(pair.value, place, &spec, &diagnostics)
      }
    }
    checkPresence(present, owner: owner, &diagnostics)
    if let check, !diagnostics[before...].contains(where: \.isError) {
      check(spec, node, owner, &diagnostics)
    }
    return spec
  }

  private var mappingPhrase: String {
    guard let field = fields.first else { return "no fields" }
    return "a mapping of its fields, such as {\(field.name): …}"
  }

  /// The field that a key means; reports a key that means none, or means one by another name.
  ///
  /// A misspelled key is read as the field that was probably meant, so that its value is checked
  /// too and the field does not count as missing.
  private func field(
    for pair: YAMLNode.Pair, in node: YAMLNode, _ diagnostics: inout [Diagnostic]
  ) -> Field<Spec>? {
    if let field = fields.first(where: { $0.name == pair.key }) { return field }
    if later.contains(pair.key) {
      diagnostics.append(.notAvailable(pair.key, "key of `\(name)`", at: pair.keyRange))
      return nil
    }
    if let field = fields.first(where: { $0.aliases.contains(pair.key) }) {
      diagnostics.append(.alias(pair, of: field.name, in: name))
      return field
    }
    let candidates = fields.map(\.name)
    let place = elsewhere[pair.key]
    diagnostics.append(.unknownKey(pair, of: name, allowed: candidates, elsewhere: place))
    guard place == nil, let meant = nearestName(to: pair.key, among: candidates),
      node[meant] == nil
    else { return nil }
    return fields.first { $0.name == meant }
  }

  private func checkPresence(
    _ present: [String: YAMLNode.Pair], owner: SourceRange, _ diagnostics: inout [Diagnostic]
  ) {
    for field in fields where field.isRequired && present[field.name] == nil {
      diagnostics.append(.missingKey(field.name, of: name, help: field.help, at: owner))
    }
    for names in exclusive + alternatives {
      let there = names.compactMap { name in present[name] }
        .sorted { $0.keyRange.bytes.lowerBound < $1.keyRange.bytes.lowerBound }
      guard there.count > 1, let first = there.first, let last = there.last else { continue }
      diagnostics.append(.conflict(last, first, of: name))
    }
    for names in alternatives where !names.contains(where: { present[$0] != nil }) {
      diagnostics.append(.missingOneOf(names, of: name, at: owner))
    }
  }
}
