internal import Diagnostics

extension Notebook {
  /// Everything that was found, with positions, one thing a line: what parser tests compare.
  package var dump: String {
    var lines: [String] = isRefused ? ["refused"] : []
    for segment in segments {
      let place = span(segment.range)
      switch segment.kind {
      case .frontMatter:
        lines.append("front matter \(place)")
        if let frontMatter { lines += dump(frontMatter) }
      case .prose: lines.append("prose \(place)")
      case .experiment(let block):
        var head = "experiment \(block.name) \(place)"
        if block.isInListItem { head += " in item \(quoted(block.indentation))" }
        if !block.isClosed { head += " unclosed" }
        lines.append(head)
        lines += dump(block.body)
      case .region(let region):
        lines.append("region \(region.name) \(region.digest) \(place)")
        lines += region.body.utf8.split(separator: .lineFeed, omittingEmptySubsequences: false)
          .dropLast().map { "  | " + String(decoding: $0, as: UTF8.self).escapingControlCharacters }
      }
    }
    for inline in inlines {
      let place = span(inline.range.bytes)
      let shown = inline.shown.map { " shown \(quoted($0))" } ?? ""
      switch inline.kind {
      case .value(let expression):
        lines.append(
          "value \(place) \(quoted(expression.text)) at \(expression.range.start.dump)\(shown)")
      case .reference(let target):
        lines.append(
          "reference \(place) \(quoted(target.text)) at \(target.range.start.dump)\(shown)")
      }
    }
    for heading in headings {
      lines.append(
        "heading \(heading.level) \(span(heading.range.bytes)) \(quoted(heading.text)) #\(heading.slug)"
      )
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Each line of a cut-out text after the place of its first byte.
  private func dump(_ text: MappedText) -> [String] {
    let bytes = Array(text.text.utf8)
    return Lines(bytes).map { line in
      let place = text.range(line.content.lowerBound..<line.content.lowerBound).start.dump
      let content = String(decoding: bytes[line.content], as: UTF8.self)
      return "  \(place) | \(content.escapingControlCharacters)"
    }
  }

  private func span(_ range: Range<Int>) -> String {
    "\(file.position(at: range.lowerBound).dump)-\(file.position(at: range.upperBound).dump)"
  }

  private func quoted(_ text: String) -> String { "\"\(text.escapingControlCharacters)\"" }
}

extension SourcePosition {
  fileprivate var dump: String { "\(line):\(column)" }
}
