import Diagnostics
import Notebooks

/// The laws that hold for every text, and those that hold for texts without errors.
enum NotebookLaws {
  /// The first law that a text breaks, as a sentence; nil when all hold.
  static func violation(_ text: String) -> String? {
    let file = SourceFile(path: "n.md", text: text)
    let (notebook, diagnostics) = Notebook.parse(file)
    var position = 0
    for segment in notebook.segments {
      if segment.range.isEmpty { return "a segment is empty" }
      if segment.range.lowerBound != position { return "segments do not tile at \(position)" }
      position = segment.range.upperBound
    }
    if position != file.byteCount { return "segments end at \(position) of \(file.byteCount)" }
    for diagnostic in diagnostics {
      guard let range = diagnostic.range else { return "\(diagnostic.id) has no place" }
      if range.bytes.lowerBound < 0 || range.bytes.upperBound > file.byteCount {
        return "\(diagnostic.id) points outside"
      }
    }
    if let broken = mappingViolation(notebook) { return broken }
    let source = notebook.source
    if parse(source).source != source {
      return "source is not idempotent: \(source.debugDescription)"
    }
    if !notebook.isRendered, source != text { return "an unrendered notebook is not its source" }
    if diagnostics.hasErrors { return nil }
    return weavingViolation(notebook)
  }

  private static func weavingViolation(_ notebook: Notebook) -> String? {
    let source = notebook.source
    let weavings: [(String, (ExperimentBlock) -> RegionContent?, (Inline) -> String?)] = [
      ("sample", SampleResults.region, SampleResults.inline),
      ("nasty", SampleResults.nastyRegion, SampleResults.nastyInline),
    ]
    for (name, region, inline) in weavings {
      let woven = notebook.woven(region: region, inline: inline)
      let (again, diagnostics) = Notebook.parse(SourceFile(path: "n.md", text: woven))
      let quoted = woven.debugDescription
      if let error = diagnostics.first(where: \.isError) {
        return "\(name): woven has error \(error.id): \(quoted)"
      }
      if again.source != source { return "\(name): source(woven(x)) != source(x): \(quoted)" }
      if again.woven(region: region, inline: inline) != woven {
        return "\(name): woven(woven(x)) != woven(x): \(quoted)"
      }
      if parse(source).woven(region: region, inline: inline) != woven {
        return "\(name): woven(source(x)) != woven(x): \(quoted)"
      }
      let bodies = again.regions.map { "\($0.digest) \($0.body)" }
      let expected = notebook.blocks.compactMap { block in
        block.isClosed ? region(block).map { "\($0.digest) \($0.body)" } : nil
      }
      if bodies != expected { return "\(name): regions are read back differently: \(quoted)" }
      if html(again) != html(notebook) { return "\(name): the page depends on weaving: \(quoted)" }
    }
    return nil
  }

  /// Bodies and expressions: verbatim bytes are where the mapping says.
  private static func mappingViolation(_ notebook: Notebook) -> String? {
    let file = Array(notebook.file.text.utf8)
    var texts = notebook.blocks.map(\.body)
    if let frontMatter = notebook.frontMatter { texts.append(frontMatter) }
    for inline in notebook.inlines {
      switch inline.kind {
      case .value(let text), .reference(let text): texts.append(text)
      }
    }
    for text in texts {
      let bytes = Array(text.text.utf8)
      var previous = 0
      for (offset, byte) in bytes.enumerated() {
        let range = text.range(offset..<offset + 1).bytes
        if range.lowerBound < previous { return "a mapping goes backwards" }
        previous = range.lowerBound
        let source = file[range]
        let isReplaced =
          byte == 0x0A || (byte == 0x20 && source.first == 0x09) || source.first == 0
        if !isReplaced, Array(source) != [byte] {
          return "byte \(offset) of \(text.text.debugDescription) maps to \(Array(source))"
        }
      }
    }
    return nil
  }

  private static func parse(_ text: String) -> Notebook {
    Notebook.parse(SourceFile(path: "n.md", text: text)).notebook
  }

  private static func html(_ notebook: Notebook) -> String {
    notebook.html(
      allowHTML: true, block: { "<p>block \($0.name)</p>" }, inline: { "[inline \($0.index)]" },
      anchors: Set(notebook.headings.map(\.slug)))
  }
}
