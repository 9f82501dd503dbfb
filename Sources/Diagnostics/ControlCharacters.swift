extension String {
  /// The text with control and bidirectional-override characters spelled `\u{…}`.
  ///
  /// Foreign text goes through here before a person sees it, so that it can neither move the
  /// cursor nor show in another order than it is stored.
  package var escapingControlCharacters: String {
    // None of them is a printable ASCII character, which most text is.
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
    guard unicodeScalars.contains(where: \.isDeceptive) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.isDeceptive {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is a control (C0, DEL, C1), a line separator, or changes text direction.
  package var isDeceptive: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
