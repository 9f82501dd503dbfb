internal import Diagnostics

/// Ways to print text that comes from data, so that it stays text wherever it lands.
///
/// None of the results can hold a line break, a comment, a fence, an element or a cell border.
extension String {
  /// For running Markdown text and table cells: every character that could begin markup is escaped.
  package var escapedForMarkdown: String {
    // Most cells are numbers or short words, which hold nothing to escape.
    let isPlain = utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "-"),
        UInt8(ascii: "%"):
        true
      default: false
      }
    }
    if isPlain { return self }
    // Scalars, not characters: a combining mark would hide a `|` from a comparison.
    let text = Array(escapingControlCharacters.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in text.enumerated() {
      let previous = index > 0 ? text[index - 1] : " "
      let next = index + 1 < text.count ? text[index + 1] : " "
      switch scalar {
      case "\\", "`", "*", "[", "]", "<", ">", "&", "|", "~", "$", "@":
        result.append("\\")
      case "_" where !(previous.isWordPart && next.isWordPart):
        result.append("\\")
      // Addresses would become links in GitHub's dialect.
      case ":" where next == "/", "." where previous == "w" || previous == "W":
        result.append("\\")
      default: break
      }
      result.append(scalar)
    }
    return String(result)
  }

  /// For sentences of ours that quote with backticks: what stands between two becomes code, the rest
  /// is escaped.
  var sentenceForMarkdown: String {
    quotedParts.map { $0.isCode ? $0.text.markdownCodeSpan : $0.text.escapedForMarkdown }.joined()
  }

  /// The text cut at pairs of backticks; one without a partner stays in the text.
  var quotedParts: [(text: String, isCode: Bool)] {
    let parts = split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    guard parts.count % 2 == 1 else { return [(self, false)] }
    return parts.enumerated().map { ($1, $0 % 2 == 1) }.filter { !$0.0.isEmpty }
  }

  /// For lines inside a fence, where Markdown knows no escapes: what could end the fence or make a
  /// comment (a backtick, three tildes in a row, `<!`, `->`) is spelled `\u{…}`.
  package var escapedForFence: String {
    let text = escapingControlCharacters
    guard text.utf8.contains(where: { "`~<>".utf8.contains($0) }) else { return text }
    let hasTildes = text.contains("~~~")
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      let previous = index > 0 ? scalars[index - 1] : " "
      switch scalar {
      case "`": result += "\\u{60}"
      case "~" where hasTildes: result += "\\u{7E}"
      case "<" where next == "!": result += "\\u{3C}"
      case ">" where previous == "-": result += "\\u{3E}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// For HTML text and quoted attributes.
  package var escapedForHTML: String {
    let text = escapingControlCharacters
    guard text.utf8.contains(where: \.isHTMLMarkup) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + 32)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): result += "&amp;".utf8
      case UInt8(ascii: "<"): result += "&lt;".utf8
      case UInt8(ascii: ">"): result += "&gt;".utf8
      case UInt8(ascii: "\""): result += "&quot;".utf8
      case UInt8(ascii: "'"): result += "&#39;".utf8
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A code span that shows the text, whatever backticks it holds.
  package var markdownCodeSpan: String {
    let text = escapingControlCharacters
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let (first, last) = (text.utf8.first, text.utf8.last)
    let (tick, space) = (UInt8(ascii: "`"), UInt8(ascii: " "))
    let needsSpace =
      first == tick || last == tick
      || (first == space && last == space && text.utf8.contains { $0 != space })
    return needsSpace ? "\(fence) \(text) \(fence)" : fence + text + fence
  }

  /// The text cut to `width` columns, its middle replaced by `mark` when it is longer.
  ///
  /// Both ends stay, because labels often differ in the last part only.
  func shortened(to width: Int, mark: String) -> String {
    guard displayWidth > width else { return self }
    let room = max(0, width - mark.displayWidth)
    var head = ""
    var used = 0
    for character in self {
      let columns = character.displayWidth
      if used + columns > room - room / 3 { break }
      head.append(character)
      used += columns
    }
    var tail: [Character] = []
    for character in reversed() {
      let columns = character.displayWidth
      if used + columns > room { break }
      tail.append(character)
      used += columns
    }
    let text = head + (width >= mark.displayWidth ? mark : "") + String(tail.reversed())
    return text
  }
}

extension UInt8 {
  /// Whether the character would be markup in HTML text or in a quoted attribute.
  fileprivate var isHTMLMarkup: Bool {
    switch self {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isWordPart: Bool { properties.isAlphabetic || properties.numericType != nil }
}
