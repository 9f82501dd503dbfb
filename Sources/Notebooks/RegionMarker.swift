/// A line that opens or closes a region.
enum RegionMarker: Equatable {
  case open(name: String, digest: String)
  /// Begins like an opening comment but does not say `assay:NAME DIGEST`.
  case malformed
  case close

  /// Reads a line of a text; nil when it is not a marker.
  ///
  /// Blanks around it do not count. Most lines are none, and that is found out without a slice.
  init?(_ bytes: [UInt8], _ line: Range<Int>) {
    var start = line.lowerBound
    while start < line.upperBound, bytes[start].isBlank { start += 1 }
    guard line.upperBound - start >= 15, bytes[start] == UInt8(ascii: "<") else { return nil }
    let slice = bytes[start..<line.upperBound]
    let text = slice[slice.trimmedRange]
    if text.holds("<!-- /assay", at: text.startIndex) {
      self = .close
      if text.count == 15, text.holds("<!-- /assay -->", at: text.startIndex) { return }
      guard text.holds("-->", at: text.endIndex - 3) else { return nil }
      self = .malformed
      return
    }
    guard text.count > 15, text.holds("<!-- assay:", at: text.startIndex),
      text.holds("-->", at: text.endIndex - 3)
    else { return nil }
    let inner = text[(text.startIndex + 11)..<(text.endIndex - 3)]
    let words = inner.split(whereSeparator: \.isBlank)
    guard words.count == 2, inner.first?.isBlank == false, inner.last?.isBlank == true else {
      self = .malformed
      return
    }
    self = .open(
      name: String(decoding: words[0], as: UTF8.self),
      digest: String(decoding: words[1], as: UTF8.self))
  }

  /// The opening comment.
  static func opening(name: String, digest: String) -> String {
    "<!-- assay:\(name) \(digest) -->"
  }

  /// The closing comment.
  static let closing = "<!-- /assay -->"
}
