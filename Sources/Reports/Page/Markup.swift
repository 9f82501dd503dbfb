/// Writes HTML and SVG elements; texts and attribute values are escaped here and nowhere else.
///
/// Every element is closed and every attribute quoted, so that the result is well-formed XML too.
struct Markup {
  /// UTF-8.
  private var bytes: [UInt8] = []
  private var open: [String] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// An element's start tag; ``end()`` closes it.
  mutating func begin(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
    tag(name, attributes)
    bytes.append(UInt8(ascii: ">"))
    open.append(name)
  }

  /// Closes the element that was begun last.
  mutating func end() {
    guard let name = open.popLast() else { return }
    bytes += "</".utf8
    bytes += name.utf8
    bytes.append(UInt8(ascii: ">"))
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
    bytes += "/>".utf8
  }

  /// Text, escaped.
  mutating func add(_ content: String) { bytes += content.escapedForHTML.utf8 }

  /// A line break in the source of the page.
  mutating func newLine() { bytes.append(UInt8(ascii: "\n")) }

  /// Text of several lines, escaped except for its line feeds.
  mutating func add(lines content: String) {
    var isFirst = true
    for line in content.utf8.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      if !isFirst { newLine() }
      isFirst = false
      // A tab would be spelled out, as other controls are.
      let hasTabs = line.contains(UInt8(ascii: "\t"))
      let text = String(Substring(line))
      add(hasTabs ? text.replacing("\t", with: "  ") : text)
    }
  }

  private mutating func tag(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    bytes.append(UInt8(ascii: "<"))
    bytes += name.utf8
    for (key, value) in attributes {
      guard let value else { continue }
      bytes.append(UInt8(ascii: " "))
      bytes += key.utf8
      bytes += "=\"".utf8
      add(value)
      bytes.append(UInt8(ascii: "\""))
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
