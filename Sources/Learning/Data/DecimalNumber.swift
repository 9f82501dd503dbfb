/// A decimal number read from text without a locale, rounded once to the nearest double.
struct DecimalNumber {
  /// NaN and the infinities are numbers here; who forbids them says so.
  let value: Double

  /// Powers of ten that a double holds exactly.
  private static let exactPowers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Reads `[+-] digits [. digits] [e [+-] digits]`, or `nan`, `inf`, `infinity` in any case.
  ///
  /// Spaces and tabs around the number are skipped; anything else gives nil.
  init?(parsing text: ArraySlice<UInt8>) {
    let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    guard let first = text.firstIndex(where: { !blank($0) }),
      let last = text.lastIndex(where: { !blank($0) })
    else { return nil }
    let body = text[first...last]
    if let number = Self.parseDecimal(body) {
      value = number
    } else if let special = Self.parseSpecial(body) {
      value = special
    } else {
      return nil
    }
  }

  private static func parseDecimal(_ body: ArraySlice<UInt8>) -> Double? {
    var index = body.startIndex
    var negative = false
    if body[index] == UInt8(ascii: "+") || body[index] == UInt8(ascii: "-") {
      negative = body[index] == UInt8(ascii: "-")
      index += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var exponent = 0
    var isExact = true
    var seenPoint = false
    while index < body.endIndex {
      let byte = body[index]
      if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else if byte >= 0x30, byte <= 0x39 {
        digits += 1
        if mantissa > 900_000_000_000_000 { isExact = false }
        if isExact { mantissa = mantissa * 10 + UInt64(byte - 0x30) }
        if seenPoint { exponent -= 1 }
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    if index < body.endIndex {
      guard body[index] | 0x20 == UInt8(ascii: "e"),
        let power = parseExponent(body[(index + 1)...])
      else { return nil }
      exponent += power
    }
    // Clinger's exact case: both factors are exact, so one operation rounds once.
    guard isExact, abs(exponent) < exactPowers.count else {
      return Double(String(decoding: body, as: UTF8.self))
    }
    let magnitude =
      exponent < 0
      ? Double(mantissa) / exactPowers[-exponent] : Double(mantissa) * exactPowers[exponent]
    return negative ? -magnitude : magnitude
  }

  /// The digits after `e`; saturates far beyond any exponent of a double.
  private static func parseExponent(_ text: ArraySlice<UInt8>) -> Int? {
    var digits = text
    var sign = 1
    if let first = digits.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
      sign = first == UInt8(ascii: "-") ? -1 : 1
      digits = digits.dropFirst()
    }
    guard !digits.isEmpty else { return nil }
    var power = 0
    for byte in digits {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      power = min(1_000_000, power * 10 + Int(byte - 0x30))
    }
    return sign * power
  }

  private static func parseSpecial(_ body: ArraySlice<UInt8>) -> Double? {
    let text = String(decoding: body, as: UTF8.self).lowercased()
    switch text {
    case "nan", "+nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }
}
