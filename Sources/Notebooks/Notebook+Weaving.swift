internal import Diagnostics

extension Notebook {
  /// The text without generated text: regions left out, inlines as they were written.
  package var source: String { woven(region: { _ in nil }, inline: { _ in nil }) }

  /// The document with generated text in place of what is there.
  ///
  /// Generated lines end as their block's closing fence does, and have the indentation of its list
  /// item. After a fence that ends the file without a line ending the region does the same.
  ///
  /// - Parameters:
  ///   - region: The content of the region after a block; nil for none. Not asked for blocks whose
  ///     fence never closes.
  ///   - inline: The plain text that an inline shows; nil leaves it as it was written. What a code
  ///     span or link text cannot hold is replaced or escaped here.
  package func woven(
    region: (ExperimentBlock) -> RegionContent?, inline: (Inline) -> String?
  ) -> String {
    var output = ""
    output.reserveCapacity(file.byteCount)
    var nextInline = 0
    for segment in segments {
      switch segment.kind {
      case .frontMatter: output += file[segment.range]
      case .region: continue
      case .experiment(let block):
        output += file[segment.range]
        if block.isClosed, let content = region(block) {
          weave(content, after: block, into: &output)
        }
      case .prose:
        var position = segment.range.lowerBound
        while nextInline < inlines.count,
          inlines[nextInline].range.bytes.upperBound <= segment.range.upperBound
        {
          let item = inlines[nextInline]
          output += file[position..<item.range.bytes.lowerBound]
          output += inline(item).map(item.rendered) ?? item.source
          position = item.range.bytes.upperBound
          nextInline += 1
        }
        output += file[position..<segment.range.upperBound]
      }
    }
    return output
  }

  /// Writes a region with its two comments.
  private func weave(
    _ content: RegionContent, after block: ExperimentBlock, into output: inout String
  ) {
    var lines = [RegionMarker.opening(name: block.name, digest: content.digest)]
    var rest = content.body.utf8[...]
    while let end = rest.firstIndex(of: .lineFeed) {
      lines.append(String(decoding: rest[..<end], as: UTF8.self))
      rest = rest[rest.index(after: end)...]
    }
    lines.append(RegionMarker.closing)
    // A file that ends with the closing fence itself keeps its missing line ending.
    let isOpenEnded = output.utf8.last.map { !$0.isLineEnd } ?? false
    if isOpenEnded { output += block.lineEnding }
    output += lines.map { $0.isEmpty ? $0 : block.indentation + $0 }
      .joined(separator: block.lineEnding)
    if !isOpenEnded { output += block.lineEnding }
  }
}

extension Inline {
  /// The inline as it stands in a rendered document.
  fileprivate func rendered(_ shown: String) -> String {
    switch kind {
    case .value:
      "`\(shown.asCodeSpan)`<!--=\(source.utf8.dropFirst(3).dropLast(2).asString)-->"
    case .reference(let target):
      "[\(shown.asLinkText ?? target.text.asLinkText ?? "#")](#\(target.text))<!--=-->"
    }
  }
}

extension Substring.UTF8View {
  fileprivate var asString: String { String(decoding: self, as: UTF8.self) }
}

extension String {
  /// Text that a code span of one backtick shows as it is: on one line, not empty, without `|`
  /// (which would end a table cell) and what could end HTML that begins before it.
  fileprivate var asCodeSpan: String {
    var text = String.UnicodeScalarView()
    for scalar in onOneLine.unicodeScalars {
      let endsHTML = scalar == ">" && text.last.map { "-?]".unicodeScalars.contains($0) } ?? true
      text.append(scalar == "|" ? "¦" : endsHTML ? "›" : scalar)
    }
    return text.isEmpty ? "–" : String(text)
  }

  /// What could begin markup, or end a table cell or mathematics, inside a link.
  private static let linkMarkup = "\\*_[]<>!&|~$".unicodeScalars

  /// Text escaped so that a link shows it as it is; nil when nothing would show.
  fileprivate var asLinkText: String? {
    var text = ""
    for scalar in onOneLine.unicodeScalars {
      if Self.linkMarkup.contains(scalar) {
        text.unicodeScalars.append("\\")
      }
      text.unicodeScalars.append(scalar)
    }
    return text.isEmpty ? nil : text
  }

  /// The text with line breaks and other controls as spaces, none at the ends, and `'` for a
  /// backtick, which could close a code span that begins before the inline.
  private var onOneLine: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      text.append(scalar.isDeceptive ? " " : scalar == "`" ? "'" : scalar)
    }
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
