/// Where the front matter of a document is.
///
/// Line 1 is exactly `---`, a later line too, and at least one line between begins with a key; a
/// byte order mark may stand before. Everything else is prose, so a document may begin with a
/// thematic break.
struct FrontMatter {
  /// From the start of the text to the end of the closing line.
  let range: Range<Int>
  /// Between the two lines.
  let body: Range<Int>

  init?(_ bytes: [UInt8], _ lines: Lines) {
    let start = bytes.holds("\u{FEFF}", at: 0) ? 3 : 0
    guard let first = lines.first, bytes[start..<max(start, first.content.upperBound)].isRule
    else { return nil }
    var hasKey = false
    for line in lines.dropFirst() {
      let content = bytes[line.content]
      if content.isRule {
        guard hasKey else { return nil }
        range = 0..<line.range.upperBound
        body = first.range.upperBound..<line.range.lowerBound
        return
      }
      hasKey = hasKey || content.beginsWithKey
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// Whether the line is `---` and nothing else.
  fileprivate var isRule: Bool { count == 3 && allSatisfy { $0 == UInt8(ascii: "-") } }

  /// Whether the line begins with a YAML key: a word, perhaps quoted or after `{`, and a colon.
  ///
  /// A full-width colon after a Latin word counts, so that the mistake is named and not taken for
  /// prose.
  fileprivate var beginsWithKey: Bool {
    var rest = self[trimmedRange]
    if rest.first == UInt8(ascii: "{") { rest = rest.dropFirst().drop(while: \.isBlank) }
    if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      rest = rest.dropFirst()
    }
    let word = rest.prefix { $0 >= 0x80 || $0.isLetter || $0.isDigit || $0 == 0x5F || $0 == 0x2D }
    if let colon = word.wideColon {
      return colon > word.startIndex && word[..<colon].allSatisfy { $0 < 0x80 }
    }
    guard let initial = word.first, initial != UInt8(ascii: "-") else { return false }
    rest = rest[word.endIndex...]
    if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      rest = rest.dropFirst()
    }
    guard rest.first == UInt8(ascii: ":") else { return false }
    rest = rest.dropFirst()
    return rest.isEmpty || rest.first?.isBlank == true
  }

  /// Where the first full-width colon (U+FF1A) begins.
  private var wideColon: Int? {
    indices.first { holds("\u{FF1A}", at: $0) }
  }
}
