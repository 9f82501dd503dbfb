/// Finds the documents of one text.
struct DocumentCutter {
  private let text: UnsafeBufferPointer<UInt8>
  private let scan: SentenceScan
  private let limits: CorpusLimits
  private let file: String?
  /// Where the text begins among all text of the corpus.
  private let base: Int
  /// Those of earlier texts, and those found.
  private(set) var spans: TextSpans

  /// Lets go of the memory that looking at the text has taken.
  private let release: () -> Void

  /// - Parameter file: how faults name the text.
  init(
    text: UnsafeBufferPointer<UInt8>, limits: CorpusLimits, file: String? = nil, base: Int = 0,
    after spans: TextSpans = TextSpans(), release: @escaping () -> Void
  ) {
    self.text = text
    self.release = release
    self.limits = limits
    self.file = file
    self.base = base
    self.spans = spans
    scan = SentenceScan(text: text)
  }

  mutating func cut(into unit: TextUnit) throws(CorpusError) {
    let start = CorpusError.markLength(of: text)
    if start == text.count, file == nil { throw error(.emptyFile, at: start) }
    try checkUTF8(from: start)
    if unit == .file {
      try append(start..<text.count)
      return
    }
    // A document reaches from `first` to `last`, its last line that is not blank.
    var first = start
    var last = start
    var line = start
    var released = start
    var round = 0
    while line < text.count {
      if DeadlineInterval.includes(round), limits.deadline.hasPassed {
        throw CorpusError(.outOfTime)
      }
      round += 1
      let end = scan.lineEnd(from: line)
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
      if line - released >= TextCorpus.releaseInterval {
        release()
        released = line
      }
    }
    if unit == .paragraph { try append(first..<last) }
    release()
  }

  private func checkUTF8(from start: Int) throws(CorpusError) {
    var offset = start
    while offset < text.count {
      if limits.deadline.hasPassed { throw CorpusError(.outOfTime) }
      let end = min(text.count, offset + TextCorpus.releaseInterval)
      if let fault = UTF8Sequence.firstFault(in: text, from: &offset, to: end) {
        throw error(.invalidUTF8, at: fault)
      }
      release()
    }
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
    spans.append(base + start..<base + end)
  }

  private func error(_ rule: CorpusError.Rule, at offset: Int) -> CorpusError {
    CorpusError(rule, at: offset, in: text, file: file)
  }
}
