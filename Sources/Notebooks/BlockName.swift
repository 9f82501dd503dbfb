/// The law of block names.
///
/// Letters of any script (with their marks), digits, `_` and single inner `-`; the first character
/// is no digit, because in an expression that would begin a number.
package enum BlockName {
  /// What is wrong with a name.
  package enum Problem: Sendable, Equatable {
    case empty
    case tooLong
    case beginsWithDigit
    /// `-` at an end or doubled.
    case hyphen
    case character(Unicode.Scalar)
    case reserved
  }

  /// Scalars that a name may have at most.
  package static let maximumLength = 64

  /// Names that a path in an expression needs: parts and statistics of a block's own results, and
  /// words of expressions.
  package static let reserved: [String] = [
    "and", "as", "epoch", "epochs", "false", "high", "in", "loss", "low", "lr", "max", "mean",
    "min", "not", "null", "or", "parameters", "std", "step", "steps", "test", "train", "true",
    "validation",
  ]

  /// The first thing that is wrong with a name; nil for a lawful one.
  package static func problem(in name: String) -> Problem? {
    let scalars = Array(name.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last else { return .empty }
    for scalar in scalars where !scalar.isNameScalar && scalar != "-" { return .character(scalar) }
    if first == "-" || last == "-"
      || zip(scalars, scalars.dropFirst()).contains(where: { $0 == "-" && $1 == "-" })
    {
      return .hyphen
    }
    if first.properties.generalCategory == .decimalNumber { return .beginsWithDigit }
    if first.isMark { return .character(first) }
    if scalars.count > maximumLength { return .tooLong }
    return reserved.contains(name) ? .reserved : nil
  }
}

extension BlockName.Problem {
  /// The rule that the name breaks, as a headline.
  package var rule: String {
    switch self {
    case .empty: "an experiment block needs a name: `experiment NAME`"
    case .tooLong: "a block name has at most \(BlockName.maximumLength) characters"
    case .beginsWithDigit: "a block name begins with a letter or `_`"
    case .hyphen: "a hyphen in a block name stands alone between two other characters"
    case .character(let scalar):
      "a block name holds letters, digits, `_` and `-`, not `\(scalar)`"
    case .reserved: "this word is reserved for results and expressions, a block needs another name"
    }
  }
}

extension Unicode.Scalar {
  /// Letters, marks and digits of any script, and `_`.
  var isNameScalar: Bool {
    if value < 0x80 {
      return (0x30...0x39).contains(value) || (0x41...0x5A).contains(value)
        || (0x61...0x7A).contains(value) || value == 0x5F
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .decimalNumber, .nonspacingMark, .spacingMark:
      return true
    default: return false
    }
  }

  var isMark: Bool {
    let category = properties.generalCategory
    return category == .nonspacingMark || category == .spacingMark
  }
}
