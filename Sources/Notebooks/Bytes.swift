/// Bytes of Markdown that mean something here.
extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let backtick = UInt8(ascii: "`")
  static let tilde = UInt8(ascii: "~")
  static let backslash = UInt8(ascii: "\\")

  /// Space or tab.
  var isBlank: Bool { self == .space || self == .tab }
  /// LF or CR.
  var isLineEnd: Bool { self == .lineFeed || self == .carriageReturn }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  var isPunctuation: Bool {
    (self > 0x20 && self < 0x30) || (self > 0x39 && self < 0x41) || (self > 0x5A && self < 0x61)
      || (self > 0x7A && self < 0x7F)
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// Whether the bytes from `offset` begin with an ASCII text.
  func holds(_ text: StaticString, at offset: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard offset >= startIndex, endIndex - offset >= length else { return false }
    for k in 0..<length where self[offset + k] != text.utf8Start[k] { return false }
    return true
  }

  /// The collection's range without blanks at both ends.
  var trimmedRange: Range<Int> {
    var lower = startIndex
    var upper = endIndex
    while lower < upper, self[lower].isBlank { lower += 1 }
    while upper > lower, self[upper - 1].isBlank { upper -= 1 }
    return lower..<upper
  }

  /// The collection without blanks at both ends.
  var trimmed: SubSequence { self[trimmedRange] }
}
