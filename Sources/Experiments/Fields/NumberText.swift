extension Double {
  /// Reads a number as a person writes it: `1e-3`, `10%`, `1_000`, `.5`, `+2`.
  ///
  /// Nil for anything else, hexadecimal, infinity and NaN included. `10%` is exactly `0.1`.
  package init?(notebook text: String) {
    guard let (digits, isPercent) = decimalText(text), let number = Double(digits),
      number.isFinite
    else { return nil }
    guard isPercent else {
      self = number
      return
    }
    // One rounding only: the exponent is moved in the text.
    guard let shifted = Double(shiftingExponent(digits)) else { return nil }
    self = shifted
  }
}

extension String {
  /// Whether the text is a number that is only too large for a ``Double``.
  var isHugeNumber: Bool {
    guard let (digits, _) = decimalText(self), let number = Double(digits) else { return false }
    return !number.isFinite
  }
}

extension Int {
  /// Reads a whole number with optional `_` between digits; nil when it has a point, an exponent
  /// or a percent sign, or does not fit.
  package init?(notebook text: String) {
    guard let (digits, isPercent) = decimalText(text), !isPercent else { return nil }
    self.init(digits)
  }
}

/// The digits of a decimal number without `_`, and whether a percent sign followed; nil when the
/// text is no decimal number.
private func decimalText(_ text: String) -> (String, isPercent: Bool)? {
  var bytes = Array(text.utf8)
  guard bytes.count <= 64 else { return nil }
  var isPercent = false
  if bytes.last == UInt8(ascii: "%") {
    isPercent = true
    bytes.removeLast()
    if bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
  }
  var result: [UInt8] = []
  var digits = 0
  var hasPoint = false
  var hasExponent = false
  for (index, byte) in bytes.enumerated() {
    let previous = index > 0 ? bytes[index - 1] : 0
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      digits += 1
    case UInt8(ascii: "_"):
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      guard previous.isDigit, next.isDigit else { return nil }
      continue
    case UInt8(ascii: "."):
      guard !hasPoint, !hasExponent else { return nil }
      hasPoint = true
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      guard !hasExponent, digits > 0 else { return nil }
      hasExponent = true
      digits = 0
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let isExponentSign = previous == UInt8(ascii: "e") || previous == UInt8(ascii: "E")
      guard index == 0 || isExponentSign else { return nil }
    default: return nil
    }
    result.append(byte)
  }
  guard digits > 0 else { return nil }
  // Swift reads neither `.5` nor `5.`.
  var number = String(decoding: result, as: UTF8.self)
  if let point = number.firstIndex(of: ".") {
    let after = number.index(after: point)
    if after == number.endIndex || !(number[after].isNumber) {
      number.insert("0", at: after)
    }
    if point == number.startIndex || !number[number.index(before: point)].isNumber {
      number.insert("0", at: point)
    }
  }
  return (number, isPercent)
}

private func shiftingExponent(_ digits: String) -> String {
  guard let index = digits.firstIndex(where: { $0 == "e" || $0 == "E" }) else {
    return digits + "e-2"
  }
  let exponent = Int(digits[digits.index(after: index)...]) ?? 0
  // Beyond this the number is zero or was refused as infinite.
  return digits[..<index] + "e" + String(max(-10_000, min(10_000, exponent)) - 2)
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
