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
        var cutter = DocumentCutter(text: text, limits: limits, file: nil)
        try cutter.cut(into: unit)
        return cutter.spans
      }
    }.get()
    if spans.count == 0 { throw CorpusError(.noDocuments) }
    self.init(bytes, texts: spans)
  }
}

/// Finds the documents of one text.
struct DocumentCutter {
  private let text: UnsafeBufferPointer<UInt8>
  private let scan: SentenceScan
  private let limits: CorpusLimits
  private let file: String?
  private(set) var spans = TextSpans()

  init(text: UnsafeBufferPointer<UInt8>, limits: CorpusLimits, file: String?) {
    self.text = text
    self.limits = limits
    self.file = file
    scan = SentenceScan(text: text)
  }

  mutating func cut(into unit: TextUnit) throws(CorpusError) {
    let start = CorpusError.markLength(of: text)
    if start == text.count { throw error(.emptyFile, at: start) }
    if let fault = UTF8Sequence.firstFault(in: text) { throw error(.invalidUTF8, at: fault) }
    if unit == .file {
      try append(start..<text.count)
      return
    }
    // A document reaches from `first` to `last`, its last line that is not blank.
    var first = start
    var last = start
    var line = start
    while line < text.count {
      var end = line
      while end < text.count, text[end] != SentenceScan.lineFeed { end += 1 }
      if unit == .line {
        try append(line..<end)
      } else if isBlank(line..<end) {
        try append(first..<last)
        first = min(end + 1, text.count)
        last = first
      } else {
        last = end
      }
      line = end + 1
    }
    if unit == .paragraph { try append(first..<last) }
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    scan.afterSpace(range.lowerBound, to: range.upperBound) == range.upperBound
  }

  /// Appends what a range holds besides the space around it.
  private mutating func append(_ range: Range<Int>) throws(CorpusError) {
    let start = scan.afterSpace(range.lowerBound, to: range.upperBound)
    let end = scan.beforeSpace(range.upperBound, from: start)
    if start == end { return }
    if end - start > limits.documentBytes {
      throw error(.documentTooLong(limit: limits.documentBytes), at: start)
    }
    if spans.count == limits.documents {
      throw error(.tooManyDocuments(limit: limits.documents), at: start)
    }
    spans.append(start..<end)
  }

  private func error(_ rule: CorpusError.Rule, at offset: Int) -> CorpusError {
    CorpusError(rule, at: offset, in: text, file: file)
  }
}
