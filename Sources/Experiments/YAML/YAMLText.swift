extension String {
  /// Whether the text means itself when written without quotes, in block and flow style alike.
  package var isPlainYAML: Bool {
    guard let first = unicodeScalars.first else { return false }
    guard first.isNameScalar || first == "." || first == "/" else { return false }
    return unicodeScalars.allSatisfy {
      $0.isNameScalar || $0 == "." || $0 == "/" || $0 == "-" || $0 == "+"
    }
  }

  /// The text in double quotes, with YAML's escapes.
  package var quotedForYAML: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _
      where scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value)
        || (0x2028...0x2029).contains(scalar.value) || scalar.value == 0xFEFF
        || (0xFFFE...0xFFFF).contains(scalar.value):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension Unicode.Scalar {
  /// A letter of any script, a combining mark, a digit or `_`: what names are made of.
  package var isNameScalar: Bool {
    if isASCII {
      switch self {
      case "a"..."z", "A"..."Z", "0"..."9", "_": return true
      default: return false
      }
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber:
      return true
    default: return false
    }
  }
}
