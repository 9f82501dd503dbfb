/// Autolinks, raw HTML and link tails at a position, by the grammar of CommonMark 0.30.
///
/// A run of spaces that comes to nothing is looked at again from the next opener only; unclosed
/// constructs are bounded by the next of their kind, so a whole scan is linear in practice.
struct MarkupScan {
  private let text: [UInt8]
  /// Last position of bytes that close long constructs; beyond it no search is begun.
  private let lastGreater: Int

  init(_ text: [UInt8]) {
    self.text = text
    lastGreater = text.lastIndex(of: UInt8(ascii: ">")) ?? -1
  }

  private func byte(_ position: Int) -> UInt8 {
    position < text.count ? text[position] : 0
  }

  // MARK: Autolinks and raw HTML

  /// Where an autolink or a piece of raw HTML that begins with the `<` at `position` ends.
  func end(ofTagAt position: Int) -> Int? {
    guard position < lastGreater else { return nil }
    let next = position + 1
    return autolinkEnd(next) ?? emailEnd(next) ?? htmlEnd(next)
  }

  /// How far raw HTML would reach that begins with the `<` at `position` if it ended, given that it
  /// does not; nil when nothing that follows could make it HTML around an inline.
  ///
  /// Only a processing instruction, a declaration, CDATA and a quoted attribute could run over an
  /// inline. (No comment holds another, and every rendered inline ends with one.)
  func openReach(ofTagAt position: Int) -> Int? {
    let start = position + 1
    if byte(start) == UInt8(ascii: "?") { return text.count }
    if byte(start) == UInt8(ascii: "!") {
      let isOpen =
        byte(start + 1) >= 0x41 && byte(start + 1) <= 0x5A || text.holds("![CDATA[", at: start)
      return isOpen ? text.count : nil
    }
    guard byte(start).isLetter, case .invalid(let reach, hasQuote: true) = openTag(start) else {
      return nil
    }
    return reach
  }

  private func autolinkEnd(_ start: Int) -> Int? {
    guard byte(start).isLetter else { return nil }
    var end = start + 1
    while end - start < 33, byte(end).isSchemeByte { end += 1 }
    guard end - start >= 2, end - start <= 32, byte(end) == UInt8(ascii: ":") else { return nil }
    end += 1
    while end < text.count, text[end] > 0x20 || text[end] == 0, text[end] != UInt8(ascii: "<") {
      if text[end] == UInt8(ascii: ">") { return end + 1 }
      end += 1
    }
    return nil
  }

  private func emailEnd(_ start: Int) -> Int? {
    var end = start
    while byte(end).isEmailByte { end += 1 }
    guard end > start, byte(end) == UInt8(ascii: "@") else { return nil }
    repeat {
      end += 1
      let label = end
      while byte(end).isLetter || byte(end).isDigit || byte(end) == UInt8(ascii: "-") { end += 1 }
      guard end > label, end - label <= 63, byte(label) != UInt8(ascii: "-"),
        byte(end - 1) != UInt8(ascii: "-")
      else { return nil }
    } while byte(end) == UInt8(ascii: ".")
    return byte(end) == UInt8(ascii: ">") ? end + 1 : nil
  }

  private func htmlEnd(_ start: Int) -> Int? {
    let first = byte(start)
    if first.isLetter {
      if case .end(let end) = openTag(start) { return end }
      return nil
    }
    if first == UInt8(ascii: "/") {
      guard byte(start + 1).isLetter else { return nil }
      let end = spacesEnd(tagNameEnd(start + 1))
      return byte(end) == UInt8(ascii: ">") ? end + 1 : nil
    }
    if text.holds("!--", at: start) { return commentEnd(start + 3) }
    if first == UInt8(ascii: "?") { return find("?>", from: start + 1) }
    if text.holds("![CDATA[", at: start) { return find("]]>", from: start + 8) }
    if first == UInt8(ascii: "!") { return declarationEnd(start + 1) }
    return nil
  }

  private func tagNameEnd(_ start: Int) -> Int {
    var end = start
    while byte(end).isLetter || byte(end).isDigit || byte(end) == UInt8(ascii: "-") { end += 1 }
    return end
  }

  /// What comes of an opening tag.
  private enum OpenTag: Equatable {
    case end(Int)
    /// How far it was read, and whether a quoted attribute value was begun.
    case invalid(Int, hasQuote: Bool)
  }

  private func openTag(_ start: Int) -> OpenTag {
    var end = tagNameEnd(start)
    var hasQuote = false
    while true {
      let next = spacesEnd(end)
      if next > end, byte(next).isAttributeStart {
        end = next + 1
        while byte(end).isAttributeByte { end += 1 }
        let equals = spacesEnd(end)
        if byte(equals) == UInt8(ascii: "=") {
          let value = spacesEnd(equals + 1)
          hasQuote = hasQuote || byte(value).isQuote
          guard let valueEnd = attributeValueEnd(value) else {
            return .invalid(byte(value).isQuote ? text.count : value, hasQuote: hasQuote)
          }
          end = valueEnd
        }
        continue
      }
      end = byte(next) == UInt8(ascii: "/") ? next + 1 : next
      return byte(end) == UInt8(ascii: ">") ? .end(end + 1) : .invalid(end, hasQuote: hasQuote)
    }
  }

  private func attributeValueEnd(_ start: Int) -> Int? {
    let quote = byte(start)
    if quote.isQuote {
      var end = start + 1
      while end < text.count, text[end] != quote { end += 1 }
      return end < text.count ? end + 1 : nil
    }
    var end = start
    while end < text.count, !text[end].endsUnquotedValue { end += 1 }
    return end > start ? end : nil
  }

  /// A comment's text does not begin `>` or `->`, does not end `-` and holds no `--`.
  private func commentEnd(_ start: Int) -> Int? {
    if byte(start) == UInt8(ascii: ">") || text.holds("->", at: start) { return nil }
    guard let dashes = find("--", from: start) else { return nil }
    return byte(dashes) == UInt8(ascii: ">") ? dashes + 1 : nil
  }

  private func declarationEnd(_ start: Int) -> Int? {
    var end = start
    while byte(end) >= 0x41, byte(end) <= 0x5A { end += 1 }
    guard end > start, spacesEnd(end) > end else { return nil }
    return find(">", from: end)
  }

  /// Where the first occurrence of a text at or after a position ends.
  private func find(_ pattern: StaticString, from start: Int) -> Int? {
    var position = start
    while position <= lastGreater {
      if text.holds(pattern, at: position) { return position + pattern.utf8CodeUnitCount }
      position += 1
    }
    return nil
  }

  private func spacesEnd(_ start: Int) -> Int {
    var end = start
    while end < text.count, text[end] == .space || (text[end] >= 0x09 && text[end] <= 0x0D) {
      end += 1
    }
    return end
  }

  // MARK: Links

  /// The `(destination "title")` that begins at a position.
  func linkTail(at start: Int) -> Range<Int>? {
    guard byte(start) == UInt8(ascii: "(") else { return nil }
    guard let destination = destinationEnd(spacesEnd(start + 1)) else { return nil }
    var end = spacesEnd(destination)
    if end > destination { end = spacesEnd(titleEnd(end) ?? end) }
    return byte(end) == UInt8(ascii: ")") ? start..<end + 1 : nil
  }

  /// The anchor without `#` when a tail is `(#anchor)`, nothing escaped and nothing besides.
  func plainAnchor(_ tail: Range<Int>) -> Range<Int>? {
    let anchor = (tail.lowerBound + 2)..<max(tail.lowerBound + 2, tail.upperBound - 1)
    guard !anchor.isEmpty, byte(tail.lowerBound + 1) == UInt8(ascii: "#"),
      text[anchor].allSatisfy(\.isPlainAnchorByte)
    else { return nil }
    return anchor
  }

  private func destinationEnd(_ start: Int) -> Int? {
    if byte(start) == UInt8(ascii: "<") {
      var end = start + 1
      while end < text.count {
        switch text[end] {
        case UInt8(ascii: ">"): return end + 1
        case .backslash: end += 2
        case .lineFeed, .carriageReturn, UInt8(ascii: "<"): return nil
        default: end += 1
        }
      }
      return nil
    }
    var depth = 0
    var end = start
    while end < text.count {
      switch text[end] {
      case .backslash where byte(end + 1).isPunctuation: end += 2
      case UInt8(ascii: "("):
        depth += 1
        if depth > 32 { return nil }
        end += 1
      case UInt8(ascii: ")"):
        if depth == 0 { return end }
        depth -= 1
        end += 1
      case .space, 0x09...0x0D: return end > start ? end : nil
      default: end += 1
      }
    }
    return nil
  }

  private func titleEnd(_ start: Int) -> Int? {
    let open = byte(start)
    guard open.isQuote || open == UInt8(ascii: "(") else { return nil }
    let close = open == UInt8(ascii: "(") ? UInt8(ascii: ")") : open
    var end = start + 1
    while end < text.count {
      if text[end] == close { return end + 1 }
      if text[end] == open { return nil }
      end += text[end] == .backslash && byte(end + 1).isPunctuation ? 2 : 1
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isSchemeByte: Bool {
    isLetter || isDigit || self == 0x2B || self == 0x2E || self == 0x2D
  }
  /// Letters, digits and `.!#$%&'*+/=?^_{|}~-` and backtick.
  fileprivate var isEmailByte: Bool {
    if isLetter || isDigit { return true }
    switch self {
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D...0x2F, 0x3D, 0x3F, 0x5E...0x60, 0x7B...0x7E:
      return true
    default: return false
    }
  }
  fileprivate var isQuote: Bool { self == 0x22 || self == 0x27 }
  fileprivate var isAttributeStart: Bool { isLetter || self == 0x5F || self == 0x3A }
  fileprivate var isAttributeByte: Bool {
    isAttributeStart || isDigit || self == 0x2E || self == 0x2D
  }
  fileprivate var endsUnquotedValue: Bool {
    switch self {
    case 0x09...0x0D, 0x20, 0x22, 0x27, 0x3C...0x3E, 0x60: true
    default: false
    }
  }
  /// Neither white space, control, parenthesis, angle bracket, quote, backtick, `\` nor `&`.
  fileprivate var isPlainAnchorByte: Bool {
    switch self {
    case 0...0x20, 0x22, 0x26...0x29, 0x3C, 0x3E, 0x5C, 0x60, 0x7F: false
    default: true
    }
  }
}
