/// Writes HTML and SVG elements; texts and attribute values are escaped here and nowhere else.
///
/// Every element is closed and every attribute quoted, so that the result is well-formed XML too.
struct Markup {
  private(set) var text = ""
  private var open: [String] = []

  /// An element's start tag; ``end()`` closes it.
  mutating func begin(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
    tag(name, attributes)
    text += ">"
    open.append(name)
  }

  /// Closes the element that was begun last.
  mutating func end() {
    guard let name = open.popLast() else { return }
    text += "</"
    text += name
    text += ">"
  }

  /// An element with text only.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text content: String
  ) {
    begin(name, attributes)
    add(content)
    end()
  }

  /// An SVG element without content.
  mutating func empty(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    tag(name, attributes)
    text += "/>"
  }

  /// Text, escaped.
  mutating func add(_ content: String) { text += content.escapedForHTML }

  /// A line break in the source of the page.
  mutating func newLine() { text += "\n" }

  /// Text of several lines, escaped except for its line feeds.
  mutating func add(lines content: String) {
    text += content.split(separator: "\n" as Character, omittingEmptySubsequences: false)
      .map { line in
        // A tab would be spelled out, as other controls are.
        guard line.utf8.contains(UInt8(ascii: "\t")) else { return String(line).escapedForHTML }
        return line.split(separator: "\t", omittingEmptySubsequences: false)
          .joined(separator: "  ").escapedForHTML
      }.joined(separator: "\n")
  }

  private mutating func tag(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    text += "<"
    text += name
    for (key, value) in attributes {
      guard let value else { continue }
      text += " "
      text += key
      text += "=\""
      text += value.escapedForHTML
      text += "\""
    }
  }
}

/// A length on a drawing, rounded to a tenth: `12.3`, `7`.
func drawn(_ length: Double) -> String {
  guard length.isFinite else { return "0" }
  let tenths = Int((min(1e6, max(-1e6, length)) * 10).rounded())
  let sign = tenths < 0 ? "-" : ""
  let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
  return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
}
