#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Cuts Chinese and English text into sentences.
///
/// A sentence ends with `。！？；…｡` and with `. ! ?` followed by space, the end or a wide character,
/// always together with closing quotes and brackets. It goes on where what follows is a lower-case
/// letter, or a comma after a closing quote, and after abbreviations, initials and list numbers. A
/// blank line ends a sentence; so does a single line break beside a wide character, since Chinese
/// text is not broken to a width. Sentences cover all text but space, in order.
package enum SentenceSplitter {
  /// Where the sentences stand in well-formed UTF-8; space between them is left out.
  package static func sentences(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    forEach(in: text) { ranges.append($0) }
    return ranges
  }

  /// Runs `body` on the range of each sentence, in order.
  ///
  /// - Complexity: O(bytes)
  package static func forEach(
    in text: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    let scan = SentenceScan(text: text)
    var start = scan.afterSpace(0)
    var offset = start
    while offset < text.count {
      let next: Int
      if text[offset] == SentenceScan.lineFeed {
        next = offset + 1
        guard scan.endsAtLineBreak(offset) else {
          offset = next
          continue
        }
        body(start..<scan.beforeSpace(offset, from: start))
      } else {
        let length = scan.terminatorLength(at: offset)
        guard length > 0 else {
          offset += 1
          continue
        }
        let stop = scan.stop(at: offset, length: length, sentence: start)
        next = stop.end
        guard stop.isEnd else {
          offset = next
          continue
        }
        body(start..<next)
      }
      start = scan.afterSpace(next)
      offset = start
    }
    if start < text.count { body(start..<scan.beforeSpace(text.count, from: start)) }
  }
}

/// What stands at a place of a text that is cut into sentences.
struct SentenceScan {
  static let lineFeed = UInt8(ascii: "\n")
  private static let fullStop = UInt8(ascii: ".")

  let text: UnsafeBufferPointer<UInt8>

  // MARK: Space

  /// The first place from `offset` on that is no white space; not beyond `end` (the text's).
  func afterSpace(_ offset: Int, to end: Int? = nil) -> Int {
    let end = end ?? text.count
    var offset = offset
    while offset < end {
      let length = spaceLength(at: offset)
      if length == 0 { break }
      offset += length
    }
    return offset
  }

  /// The end of what precedes the white space before `end`; not before `start`.
  func beforeSpace(_ end: Int, from start: Int) -> Int {
    var end = end
    while end > start {
      var lead = end - 1
      while lead > start, text[lead] & 0xC0 == 0x80 { lead -= 1 }
      if spaceLength(at: lead) != end - lead { break }
      end = lead
    }
    return end
  }

  /// The first line feed from a place on, or the end of the text.
  func lineEnd(from offset: Int) -> Int {
    guard offset < text.count, let base = text.baseAddress else { return text.count }
    let found = memchr(base + offset, Int32(Self.lineFeed), text.count - offset)
    return found.map { $0 - UnsafeMutableRawPointer(mutating: base) } ?? text.count
  }

  /// Bytes of the Unicode white space at a place; 0 when there is none.
  func spaceLength(at offset: Int) -> Int {
    let byte = text[offset]
    switch byte {
    case 0x09...0x0D, 0x20: return 1
    case 0xC2:
      return offset + 1 < text.count && (text[offset + 1] == 0x85 || text[offset + 1] == 0xA0)
        ? 2 : 0
    case 0xE1...0xE3:
      guard offset + 2 < text.count else { return 0 }
      let tail = UInt16(text[offset + 1]) << 8 | UInt16(text[offset + 2])
      switch (byte, tail) {
      case (0xE1, 0x9A80), (0xE3, 0x8080): return 3
      case (0xE2, 0x8080...0x808A), (0xE2, 0x80A8...0x80A9), (0xE2, 0x80AF), (0xE2, 0x819F):
        return 3
      default: return 0
      }
    default: return 0
    }
  }

  /// Whether a line break ends the sentence: before a blank line, and beside a wide character.
  func endsAtLineBreak(_ offset: Int) -> Bool {
    var next = offset + 1
    while next < text.count, text[next] != Self.lineFeed {
      let length = spaceLength(at: next)
      if length == 0 { break }
      next += length
    }
    if next == text.count || text[next] == Self.lineFeed { return true }
    if isWide(at: next) { return true }
    var before = beforeSpace(offset, from: 0) - 1
    while before > 0, text[before] & 0xC0 == 0x80 { before -= 1 }
    return before >= 0 && isWide(at: before)
  }

  // MARK: Terminators

  /// Bytes of the sentence terminator at a place; 0 when there is none.
  func terminatorLength(at offset: Int) -> Int {
    switch text[offset] {
    case UInt8(ascii: "!"), Self.fullStop, UInt8(ascii: "?"): return 1
    case 0xE2: return matches(0x80, 0xA6, at: offset) ? 3 : 0
    case 0xE3: return matches(0x80, 0x82, at: offset) ? 3 : 0
    case 0xEF:
      let isTerminator =
        matches(0xBC, 0x81, at: offset) || matches(0xBC, 0x9F, at: offset)
        || matches(0xBC, 0x9B, at: offset) || matches(0xBD, 0xA1, at: offset)
      return isTerminator ? 3 : 0
    default: return 0
    }
  }

  /// Bytes of the closing quotation mark or bracket at a place; 0 when there is none.
  private func closerLength(at offset: Int) -> Int {
    switch text[offset] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"),
      UInt8(ascii: "}"):
      return 1
    case 0xC2: return offset + 1 < text.count && text[offset + 1] == 0xBB ? 2 : 0
    case 0xE2: return matches(0x80, 0x99, at: offset) || matches(0x80, 0x9D, at: offset) ? 3 : 0
    case 0xE3:
      // 〉》」』】
      guard offset + 2 < text.count, text[offset + 1] == 0x80 else { return 0 }
      let last = text[offset + 2]
      return last & 1 == 1 && (0x89...0x91).contains(last) ? 3 : 0
    case 0xEF:
      let isCloser =
        matches(0xBC, 0x89, at: offset) || matches(0xBC, 0x82, at: offset)
        || matches(0xBC, 0xBD, at: offset) || matches(0xBD, 0xA3, at: offset)
      return isCloser ? 3 : 0
    default: return 0
    }
  }

  /// Terminators and closers from a terminator on: where they end, and whether the sentence does.
  func stop(at offset: Int, length: Int, sentence: Int) -> (end: Int, isEnd: Bool) {
    var end = offset + length
    var isWideStop = length > 1
    var isEllipsis = text[offset] == 0xE2
    while end < text.count {
      let length = terminatorLength(at: end)
      if length == 0 { break }
      isWideStop = isWideStop || length > 1
      isEllipsis = isEllipsis && text[end] == 0xE2
      end += length
    }
    let closers = end
    while end < text.count {
      let length = closerLength(at: end)
      if length == 0 { break }
      end += length
    }
    guard end < text.count else { return (end, true) }
    let next = afterSpace(end)
    guard next < text.count else { return (end, true) }
    if isWideStop {
      let goesOn = end > closers && next == end && isComma(at: end)
      return (end, !goesOn && !(isEllipsis && isLowercase(at: next)))
    }
    let isSingleStop = text[offset] == Self.fullStop && closers == offset + 1
    if next == end {
      let isNumber = isSingleStop && offset > 0 && Self.isDigit(text[offset - 1])
      return (end, isWide(at: end) && !isNumber && !(end > closers && isComma(at: end)))
    }
    if hasBlankLine(end..<next) { return (end, true) }
    if isLowercase(at: next) { return (end, false) }
    guard isSingleStop, end == closers else { return (end, true) }
    return (end, !isAbbreviation(at: offset, next: next, sentence: sentence))
  }

  private func hasBlankLine(_ range: Range<Int>) -> Bool {
    var breaks = 0
    for offset in range where text[offset] == Self.lineFeed { breaks += 1 }
    return breaks > 1
  }

  // MARK: Words

  /// Whether the full stop at a place belongs to the word before it.
  private func isAbbreviation(at stop: Int, next: Int, sentence: Int) -> Bool {
    var start = stop
    var letters = 0
    var dots = 0
    var digits = 0
    // No abbreviation is longer.
    while start > sentence, stop - start < 12 {
      let byte = text[start - 1]
      if Self.isDigit(byte) {
        digits += 1
      } else if byte == Self.fullStop {
        dots += 1
      } else if Self.isLetter(byte) {
        letters += 1
      } else {
        break
      }
      start -= 1
    }
    if letters == 0 { return digits > 0 && dots == 0 && start == sentence }
    guard digits == 0 else { return false }
    if letters == 1 || dots > 0 && letters <= 2 * dots + 1 {
      // Initials: `J. Smith`, `the U.S. Navy`; but `in the U.S. The …`.
      return Abbreviations.isAlways(word(from: start, to: stop))
        || !Abbreviations.isStarter(word(from: next))
    }
    let word = word(from: start, to: stop)
    if Abbreviations.isAlways(word) { return true }
    if Abbreviations.isBeforeNumber(word) { return Self.isDigit(text[next]) }
    return Abbreviations.isBeforeName(word) && !Abbreviations.isStarter(self.word(from: next))
  }

  /// A word's letters in lower case, dots left out, packed; 0 for more than eight.
  private func word(from start: Int, to end: Int) -> UInt64 {
    var packed: UInt64 = 0
    var count = 0
    for offset in start..<end where text[offset] != Self.fullStop {
      packed = packed << 8 | UInt64(text[offset] | 0x20)
      count += 1
    }
    return count <= 8 ? packed : 0
  }

  /// The word that begins at a place.
  private func word(from start: Int) -> UInt64 {
    var end = start
    while end < text.count, end - start < 9, Self.isLetter(text[end]) { end += 1 }
    return word(from: start, to: end)
  }

  // MARK: Characters

  private func matches(_ second: UInt8, _ third: UInt8, at offset: Int) -> Bool {
    offset + 2 < text.count && text[offset + 1] == second && text[offset + 2] == third
  }

  /// Whether a scalar of Han, kana, hangul or their punctuation begins at a place.
  private func isWide(at offset: Int) -> Bool {
    let lead = text[offset]
    if lead == 0xF0 { return offset + 1 < text.count && text[offset + 1] >= 0xA0 }
    return lead >= 0xE3
  }

  private func isComma(at offset: Int) -> Bool {
    switch text[offset] {
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"): true
    case 0xE3: matches(0x80, 0x81, at: offset)
    case 0xEF: matches(0xBC, 0x8C, at: offset) || matches(0xBC, 0x9A, at: offset)
    default: false
    }
  }

  /// Whether a small letter of ASCII or Latin-1 begins at a place.
  private func isLowercase(at offset: Int) -> Bool {
    let byte = text[offset]
    if byte == 0xC3, offset + 1 < text.count {
      return text[offset + 1] >= 0x9F && text[offset + 1] != 0xB7
    }
    return byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    let small = byte | 0x20
    return small >= UInt8(ascii: "a") && small <= UInt8(ascii: "z")
  }
}
