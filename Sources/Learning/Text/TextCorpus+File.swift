/// What one document of a text file is.
package enum TextUnit: String, Sendable, Hashable, CaseIterable {
  /// Lines up to a blank one.
  case paragraph
  case line
  case file
}

extension TextCorpus {
  /// The documents of a text file: UTF-8, lines that end with LF or CR LF, an optional byte order
  /// mark; space around documents is no part of them, and blank ones are none.
  ///
  /// The bytes are kept as they are and not copied.
  /// - Throws: `CorpusError` for bytes that are no UTF-8, a file without text, and text beyond limits.
  /// - Complexity: O(bytes)
  package init(
    textFile bytes: TextBytes, unit: TextUnit, limits: CorpusLimits = CorpusLimits()
  ) throws(CorpusError) {
    if bytes.count > limits.bytes { throw CorpusError(.tooManyBytes(limit: limits.bytes)) }
    let spans = try bytes.withBytes { text in
      Result { () throws(CorpusError) in
        var cutter = DocumentCutter(text: text, limits: limits, release: bytes.releasePages)
        try cutter.cut(into: unit)
        return cutter.spans
      }
    }.get()
    if spans.count == 0 { throw CorpusError(.noDocuments) }
    self.init(TextPieces([bytes]), texts: spans)
  }
}
