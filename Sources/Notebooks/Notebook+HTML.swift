internal import Diagnostics

extension Notebook {
  /// The body of the page as libcmark gives it for ``source`` without the front matter, but for
  /// line breaks between two Han characters, which are no blanks.
  ///
  /// - Parameters:
  ///   - allowHTML: Whether raw HTML and unsafe links are kept (`cmark --unsafe`).
  ///   - block: Complete HTML in place of a block and its region; nil leaves the code block.
  ///   - inline: HTML in place of an inline; nil leaves the span or empty link.
  ///   - anchors: Slugs of the headings that get an anchor (``Heading/slug``).
  package func html(
    allowHTML: Bool, block: (ExperimentBlock) -> String?, inline: (Inline) -> String?,
    anchors: Set<String>
  ) -> String {
    if isRefused { return "" }
    let text = isRendered ? source : file.text
    let bytes = Array(text.utf8)
    let start = FrontMatter(bytes, Lines(bytes))?.range.upperBound ?? 0
    let plain = isRendered ? SourceFile(path: file.path, text: text) : file
    guard let reading = BlockReading(Excerpt(plain, bytes, from: start, cutting: [])) else {
      return ""
    }
    // Blocks and inlines of the source are those of this notebook in the same order.
    for (fence, item) in zip(reading.experiments, blocks) {
      if let html = block(item) {
        reading.tree.replaceBlock(reading.nodes[fence.number].node, html: html)
      }
    }
    let found = inlines.isEmpty ? [] : InlineReading(reading, recognizesGenerated: true).found
    for (place, item) in zip(found, inlines) {
      if let html = inline(item) { reading.tree.replaceInline(place.node, html: html) }
    }
    if !anchors.isEmpty {
      let headings = HeadingReading(reading)
      for (heading, node) in zip(headings.headings, headings.nodes)
      where anchors.contains(heading.slug) {
        // A slug holds letters, digits, `_` and `-` only.
        reading.tree.prependInline(to: node, html: "<a id=\"\(heading.slug)\"></a>")
      }
    }
    reading.tree.joinLinesWithoutBlanks()
    return reading.tree.html(allowHTML: allowHTML)
  }
}
