/// What a field may hold, as data: merging, paths, the printed reference and a schema walk it.
package indirect enum ValueShape: Sendable {
  case flag
  case number(NumberRange)
  case integer(ClosedRange<Int>)
  /// Free text; the phrase says what it is, such as "a file below the project root".
  case text(String)
  /// One of a few words.
  case choice([String])
  case list(ValueShape, counts: ClosedRange<Int>)
  case group(TableDescription)
  case component(FamilyDescription)
  case variants(VariantsDescription)
  /// The name of a block of one of these kinds, or the component in place.
  case reference([ExperimentKind], inline: ValueShape?)
  /// A word, or what follows.
  case either([String], ValueShape)
  /// What a mapping of free keys holds.
  case dictionary(ValueShape)
  case optional(ValueShape)

  /// The shape without `optional`.
  package var required: ValueShape {
    guard case .optional(let shape) = self else { return self }
    return shape.required
  }
}

/// An interval of numbers.
package struct NumberRange: Sendable, Hashable {
  package let lower: Double?
  package let upper: Double?
  package let includesLower: Bool
  package let includesUpper: Bool

  package init(
    from lower: Double?, _ upper: Double?, includesLower: Bool = true, includesUpper: Bool = true
  ) {
    self.lower = lower
    self.upper = upper
    self.includesLower = includesLower
    self.includesUpper = includesUpper
  }

  /// Any number a 32-bit float can hold.
  package static let any = NumberRange(from: nil, nil)
  package static let positive = NumberRange(from: 0, nil, includesLower: false)
  package static let nonnegative = NumberRange(from: 0, nil)
  /// 0…1.
  package static let share = NumberRange(from: 0, 1)
  /// Between 0 and 1, neither included.
  package static let inner = NumberRange(
    from: 0, 1, includesLower: false, includesUpper: false)
  /// 0..<1.
  package static let properShare = NumberRange(from: 0, 1, includesUpper: false)

  /// Beyond this a number of any field is refused: it would overflow a 32-bit float.
  package static let limit = 1e30

  package func contains(_ number: Double) -> Bool {
    guard number.magnitude <= Self.limit else { return false }
    if let lower, includesLower ? number < lower : number <= lower { return false }
    if let upper, includesUpper ? number > upper : number >= upper { return false }
    return true
  }

  /// Such as "greater than 0", "from 0 to 1", "at least 0 and less than 1"; nil for any number.
  package var phrase: String? {
    let low = lower.map { (includesLower ? "at least " : "greater than ") + $0.plainDescription }
    let high = upper.map { (includesUpper ? "at most " : "less than ") + $0.plainDescription }
    switch (lower, upper, low, high) {
    case (let lower?, let upper?, _, _) where includesLower && includesUpper:
      return "from \(lower.plainDescription) to \(upper.plainDescription)"
    case (_, _, let low?, let high?): return "\(low) and \(high)"
    case (_, _, let low?, nil): return low
    case (_, _, nil, let high?): return high
    default: return nil
    }
  }
}

/// Whether changing a field changes the result, a claim about it, only how it is shown, or only
/// whether it may be computed.
package enum Bearing: String, Sendable, Hashable, CaseIterable {
  case result, claim, presentation
  case permission = "what may run"
}

/// A field as data.
package struct FieldDescription: Sendable {
  package let name: String
  package let shape: ValueShape
  package let help: String
  /// Names that other tools have for it.
  package let aliases: [String]
  package let isRequired: Bool
  package let bearing: Bearing
  /// The default; nil when there is none or it depends on others.
  package let defaultValue: FieldValue?
  /// What the default is where no single value says it.
  package let defaultPhrase: String?
}

/// A field table as data: a kind of block, a component, or a nested group.
package struct TableDescription: Sendable {
  package let name: String
  /// Raised by whoever changes results that the table leads to.
  package let version: Int
  package let help: String
  package let fields: [FieldDescription]
  /// Sets of fields of which at most one may be there.
  package let exclusive: [[String]]

  package func field(_ name: String) -> FieldDescription? { fields.first { $0.name == name } }
}

/// Components of which one is chosen by name: `adamw` or `{adamw: {…}}`.
package struct FamilyDescription: Sendable {
  /// What one of them is called, such as "optimizer".
  package let name: String
  package let alternatives: [TableDescription]

  package func alternative(_ name: String) -> TableDescription? {
    alternatives.first { $0.name == name }
  }
}

/// Tables of which one is chosen by a key that stands among its fields: `{csv: …, label: …}`.
package struct VariantsDescription: Sendable {
  package let name: String
  package let alternatives: [Alternative]

  package struct Alternative: Sendable {
    /// The key that chooses it.
    package let key: String
    /// The value that the key must have; nil: any, the key is a field of the table.
    package let value: String?
    package let table: TableDescription
  }

  /// The alternative that a mapping chooses, if it chooses one.
  package func alternative(of node: YAMLNode) -> Alternative? {
    alternatives.first { alternative in
      guard let value = node[alternative.key] else { return false }
      return alternative.value == nil || alternative.value == value.text
    }
  }
}
