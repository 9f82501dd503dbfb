/// A word of an expression.
struct ExpressionToken: Sendable {
  enum Kind: Sendable, Hashable {
    case number(Double)
    case path([ResultPath.Part])
    /// `+ - * / < <= > >= == !=`, parentheses and the comma.
    case symbol(String)
    case end
  }

  let kind: Kind
  let bytes: Range<Int>
  let spaceBefore: Bool
  let spaceAfter: Bool

  /// The word, if the token is a single bare name.
  var word: String? {
    guard case .path(let parts) = kind, parts.count == 1, parts[0].subscripts.isEmpty else {
      return nil
    }
    return parts[0].name
  }

  /// A binary operator; `-` is one only by its place.
  var symbol: String? {
    guard case .symbol(let text) = kind else { return nil }
    return text
  }
}

extension Unicode.Scalar {
  /// Letters of any script with their marks, decimal digits and `_`: what names are made of.
  ///
  /// Full-width letters and digits are excluded, since nobody tells them from the others by eye.
  var isResultNameScalar: Bool {
    if value < 0x80 {
      return self == "_" || isASCIIDigit || (0x61...0x7A).contains(value | 0x20)
    }
    if (0xFF00...0xFFEF).contains(value) { return false }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber:
      return true
    default: return false
    }
  }

  var isASCIIDigit: Bool { value >= 0x30 && value <= 0x39 }
}
