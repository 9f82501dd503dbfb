/// Reads an array of numbers at a stretch: most bytes of a stored result are such arrays.
///
/// Takes what JSON takes and nothing else; where it gives up, the parser reads the same text again,
/// slowly, and says what is wrong with it.
struct NumberScan {
  private let text: UnsafeBufferPointer<UInt8>
  private(set) var position: Int

  /// - Parameter position: of the first byte of the first number.
  init(_ text: UnsafeBufferPointer<UInt8>, at position: Int) {
    self.text = text
    self.position = position
  }

  /// The numbers up to the array's end, which is passed; nil when other things stand there too.
  mutating func numbers() -> [JSONNumber]? {
    var numbers: [JSONNumber] = []
    while let number = number() {
      numbers.append(number)
      skipSpace()
      let byte = peek
      position += 1
      if byte == UInt8(ascii: "]") { return numbers }
      guard byte == UInt8(ascii: ",") else { return nil }
      skipSpace()
    }
    return nil
  }

  /// The byte at the position; 0, which is in no JSON, at the end.
  private var peek: UInt8 { position < text.count ? text[position] : 0 }

  private mutating func skipSpace() {
    while position < text.count {
      let byte = text[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      position += 1
      // Indentation comes eight spaces at a time.
      while position + 8 <= text.count, let base = text.baseAddress,
        UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self) == 0x2020_2020_2020_2020
      {
        position += 8
      }
    }
  }

  private mutating func number() -> JSONNumber? {
    let start = position
    var decimal = Decimal()
    if peek == UInt8(ascii: "-") {
      decimal.isNegative = true
      position += 1
    }
    let beginsWithZero = peek == UInt8(ascii: "0")
    let whole = digits(&decimal)
    guard whole == 1 || (whole > 1 && !beginsWithZero) else { return nil }
    var isWhole = true
    if peek == UInt8(ascii: ".") {
      position += 1
      let places = digits(&decimal)
      guard places > 0 else { return nil }
      decimal.exponent = -places
      isWhole = false
    }
    if peek | 0x20 == UInt8(ascii: "e") {
      guard let power = power() else { return nil }
      decimal.exponent += power
      isWhole = false
    }
    let range = start..<position
    if let value = decimal.value { return JSONNumber(value, range, isWhole: isWhole) }
    let spelling = String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self)
    return Double(spelling).map { JSONNumber($0, range) }
  }

  /// Takes digits; returns how many.
  private mutating func digits(_ decimal: inout Decimal) -> Int {
    let start = position
    while position < text.count {
      let digit = text[position] &- 0x30
      guard digit <= 9 else { break }
      decimal.append(digit)
      position += 1
    }
    return position - start
  }

  /// The exponent after `e`; far from 0, one that is as far.
  private mutating func power() -> Int? {
    position += 1
    let isNegative = peek == UInt8(ascii: "-")
    if isNegative || peek == UInt8(ascii: "+") { position += 1 }
    let start = position
    var power = 0
    while case let digit = peek &- 0x30, digit <= 9 {
      power = min(power * 10 + Int(digit), 99_999)
      position += 1
    }
    guard position > start else { return nil }
    return isNegative ? -power : power
  }
}

/// ±`digits` · 10^`exponent`, on its way to the nearest double, ties to even.
struct Decimal {
  var isNegative = false
  var exponent = 0
  private var digits: UInt64 = 0
  /// Digits after leading zeros; only the first eighteen are kept.
  private var count = 0

  init() {}

  mutating func append(_ digit: UInt8) {
    if count < 18 { digits = digits &* 10 &+ UInt64(digit) }
    if digits != 0 { count += 1 }
  }

  /// The nearest double, by one division of doubles or of integers; nil for lengths and exponents that this
  /// cannot do, which the standard library can.
  var value: Double? {
    guard count <= 18 else { return nil }
    guard digits > 0 else { return isNegative ? -0.0 : 0 }
    guard let magnitude else { return nil }
    return isNegative ? -magnitude : magnitude
  }

  /// 5^0 to 5^27, the largest below 2^63.
  private static let powersOfFive: [UInt64] = (0..<27).reduce(into: [1]) { powers, index in
    powers.append(powers[index] * 5)
  }

  /// 10^0 to 10^22, all of them doubles.
  private static let powersOfTen: [Double] = (0..<22).reduce(into: [1]) { powers, index in
    powers.append(powers[index] * 10)
  }

  private var magnitude: Double? {
    if exponent == 0, digits <= 1 << 53 { return Double(digits) }
    // Both are doubles, so that their quotient is rounded once.
    if (-22...0).contains(exponent), digits <= 1 << 53 {
      return Double(digits) / Self.powersOfTen[-exponent]
    }
    guard (-27...0).contains(exponent) else { return nil }
    let power = Self.powersOfFive[-exponent]
    // Both with their top bit set: the quotient of their halves has 63 or 64 bits.
    let (rise, fall) = (digits.leadingZeroBitCount, power.leadingZeroBitCount)
    let top = digits << UInt64(rise)
    let (quotient, remainder) = (power << UInt64(fall)).dividingFullWidth((top >> 1, top << 63))
    let excess = 11 - quotient.leadingZeroBitCount
    var rounded = quotient >> UInt64(excess)
    let rest = quotient & ((1 << UInt64(excess)) - 1)
    let half: UInt64 = 1 << UInt64(excess - 1)
    if rest > half || (rest == half && (remainder != 0 || rounded & 1 == 1)) { rounded += 1 }
    // 10^-27 and a 64-bit number are far from the ends of the doubles: the scale is a normal one.
    let scale = fall - rise - 63 + excess + exponent
    return Double(rounded) * Double(bitPattern: UInt64(1023 + scale) << 52)
  }
}
