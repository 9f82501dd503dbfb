/// The shortest decimal that reads back as the same double, with decimal rounding.
///
/// The value is ±0.d₁d₂d₃… · 10^`exponent` with d₁ ≠ 0; zero has no digits. Rounding acts on these
/// digits, half away from zero, so 0.125 to two places is 0.13 and 2.675 is 2.68 as a reader of the
/// printed number expects; nothing depends on a locale or on the C library.
struct DecimalDigits: Sendable, Hashable {
  var isNegative: Bool
  var digits: [UInt8]
  var exponent: Int

  /// Digits of a finite number; nil for NaN and the infinities.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value < 0
    digits = []
    exponent = 0
    // `description` is the shortest round-trip form: `-12.5`, `1e-05`, `1.5e+20`.
    var pointSeen = false
    digits.reserveCapacity(17)
    let text = value.magnitude.description
    var rest = text.utf8[...]
    while let character = rest.popFirst() {
      if character == UInt8(ascii: "e") {
        exponent += Int(Substring(rest)) ?? 0
        break
      }
      if character == UInt8(ascii: ".") {
        pointSeen = true
        continue
      }
      let digit = character &- UInt8(ascii: "0")
      if digits.isEmpty, digit == 0 {
        if pointSeen { exponent -= 1 }
        continue
      }
      digits.append(digit)
      if !pointSeen { exponent += 1 }
    }
    dropTrailingZeros()
  }

  /// Rounded half away from zero to `places` digits after the decimal point.
  func rounded(places: Int) -> DecimalDigits {
    keeping(exponent + places)
  }

  /// Rounded half away from zero to `count` significant digits.
  func rounded(significant count: Int) -> DecimalDigits {
    keeping(max(1, count))
  }

  /// Multiplied by 10^`power`, exactly.
  func shifted(by power: Int) -> DecimalDigits {
    var copy = self
    if !copy.digits.isEmpty { copy.exponent += power }
    return copy
  }

  /// Power of ten of the first digit: 2 for 345, −1 for 0.5; 0 for zero.
  var order: Int { digits.isEmpty ? 0 : exponent - 1 }

  /// Plain notation with exactly `places` digits after the point; the digits must fit.
  func plain(places: Int) -> String {
    var text = sign
    text.reserveCapacity(24)
    if exponent <= 0 || digits.isEmpty { text.append(UInt8(ascii: "0")) }
    for index in 0..<max(0, digits.isEmpty ? 0 : exponent) { text.append(digit(at: index)) }
    if places > 0 {
      text.append(UInt8(ascii: "."))
      for place in 0..<places {
        let index = exponent + place
        text.append(digits.isEmpty || index < 0 ? UInt8(ascii: "0") : digit(at: index))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// `d.ddde±x` with exactly `places` digits after the point.
  func scientific(places: Int) -> String {
    var text = sign
    text.append(digit(at: 0))
    if places > 0 {
      text.append(UInt8(ascii: "."))
      for index in 1...places { text.append(digit(at: index)) }
    }
    return String(decoding: text, as: UTF8.self) + "e\(order)"
  }

  private var sign: [UInt8] { isNegative && !digits.isEmpty ? [UInt8(ascii: "-")] : [] }

  /// Digits after the point that plain notation needs to show everything.
  var placesNeeded: Int { digits.isEmpty ? 0 : max(0, digits.count - exponent) }

  /// The digit at an index as a character; zeros stand on both sides of those that are kept.
  private func digit(at index: Int) -> UInt8 {
    UInt8(ascii: "0") + (index >= 0 && index < digits.count ? digits[index] : 0)
  }

  private func keeping(_ count: Int) -> DecimalDigits {
    var copy = self
    guard count < digits.count else { return copy }
    guard count >= 0 else {
      copy.digits = []
      copy.exponent = 0
      return copy
    }
    let roundsUp = digits[count] >= 5
    copy.digits.removeSubrange(count...)
    if roundsUp {
      var position = count - 1
      while position >= 0, copy.digits[position] == 9 {
        copy.digits[position] = 0
        position -= 1
      }
      if position >= 0 {
        copy.digits[position] += 1
      } else {
        copy.digits.insert(1, at: 0)
        copy.exponent += 1
      }
    }
    copy.dropTrailingZeros()
    return copy
  }

  private mutating func dropTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { exponent = 0 }
  }
}
