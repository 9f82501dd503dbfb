package import Diagnostics

extension Notebook {
  /// Reads a notebook or a rendered document; never fails, tells every problem at its place.
  ///
  /// A text that breaks a limit is refused (``isRefused``) with one diagnostic.
  package static func parse(
    _ file: SourceFile, limits: NotebookLimits = NotebookLimits()
  ) -> (notebook: Notebook, diagnostics: [Diagnostic]) {
    let bytes = Array(file.text.utf8)
    let lines = Lines(bytes)
    if let problem = LimitScan(file: file, limits: limits).problem(bytes, lines) {
      return (refused(file), [problem])
    }
    let parser = NotebookParser(file: file, bytes: bytes, lines: lines)
    guard let first = parser.parse(recognizesGenerated: true) else {
      return (refused(file), [.outOfMemory(file)])
    }
    guard first.notebook.isRendered, !first.notebook.hasStableSource else { return first }
    // Taking the generated text away gives something else than the notebook seen here: the text
    // around it was written to confuse. All of it is prose then, and an error.
    guard let second = parser.parse(recognizesGenerated: false) else {
      return (refused(file), [.outOfMemory(file)])
    }
    return (second.notebook, first.diagnostics + [.ambiguous(first.notebook)])
  }

  /// Whether the source text is a notebook with the same blocks and inlines and nothing generated.
  private var hasStableSource: Bool {
    let text = SourceFile(path: file.path, text: source)
    let bytes = Array(text.text.utf8)
    let parser = NotebookParser(file: text, bytes: bytes, lines: Lines(bytes))
    guard let plain = parser.parse(recognizesGenerated: true)?.notebook else { return false }
    return !plain.isRendered && plain.blocks.map(\.name) == blocks.map(\.name)
      && plain.inlines.map(\.source) == inlines.map(\.source)
  }

  private static func refused(_ file: SourceFile) -> Notebook {
    Notebook(
      file: file, frontMatter: nil,
      segments: file.byteCount == 0 ? [] : [Segment(kind: .prose, range: 0..<file.byteCount)],
      inlines: [], headings: [], isRefused: true)
  }
}

extension Diagnostic {
  fileprivate static func outOfMemory(_ file: SourceFile) -> Diagnostic {
    Diagnostic(
      .error, "limit.notebook", "there is not enough memory to parse the notebook",
      at: SourceRange(file, 0..<0))
  }

  fileprivate static func ambiguous(_ notebook: Notebook) -> Diagnostic {
    let place =
      notebook.regions.first?.markerRange ?? notebook.inlines.first { $0.shown != nil }?.range
    return Diagnostic(
      .error, "notebook.ambiguous",
      "generated text must leave a notebook with the same blocks and values when it is taken away",
      at: place ?? SourceRange(notebook.file, 0..<0),
      notes: [.init("look for backticks and comments next to rendered values")])
  }
}
