/// Documents of UTF-8 text, each a single text or a pair, with or without something to predict.
///
/// The text lies in buffers, which may be mapped files; a document costs twelve bytes besides.
/// Every text is well-formed UTF-8 and holds more than space.
package struct TextCorpus: Sendable {
  private let pieces: TextPieces
  private let texts: TextSpans
  /// Nil when documents are single texts.
  private let seconds: TextSpans?
  /// What the documents are to be predicted as, one each; nil for text alone.
  package let targets: Targets?

  /// Bytes of mapped text that a pass looks at before it lets go of them.
  static let releaseInterval = 1 << 26
  /// The same in documents: with each that lies elsewhere the system may map two megabytes.
  static let releaseDocuments = 256

  /// Spans must be of the pieces, and as many as targets (they come from our own readers).
  init(_ pieces: TextPieces, texts: TextSpans, seconds: TextSpans? = nil, targets: Targets? = nil) {
    self.pieces = pieces
    self.texts = texts
    self.seconds = seconds
    self.targets = targets
  }

  /// How many documents there are.
  package var count: Int { texts.count }

  /// Whether each document has a second text.
  package var isPair: Bool { seconds != nil }

  /// Whether the text is still that of the file it was read from, where that is mapped; to be asked
  /// after the last look at it.
  package var isUnchanged: Bool { pieces.isUnchanged }

  /// Lets go of the memory that text of mapped files has taken since it was looked at; to be called
  /// now and then (every 64 MB, say) in a pass over a corpus that may be larger than memory.
  package func releasePages() { pieces.releasePages() }

  /// Class names in the order of their indices; nil without classes.
  package var classNames: [String]? { targets?.classNames }

  /// Runs `body` on the bytes of a document's text, or of its first text.
  package func withText<Value>(
    of document: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
  ) rethrows -> Value {
    try pieces.withBytes(texts[document], body)
  }

  /// Runs `body` on the bytes of a document's second text; nil when documents are single texts.
  package func withSecondText<Value>(
    of document: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
  ) rethrows -> Value? {
    guard let seconds else { return nil }
    return try pieces.withBytes(seconds[document], body)
  }

  /// A document's text, or its first text.
  package func text(of document: Int) -> String {
    withText(of: document) { String(decoding: $0, as: UTF8.self) }
  }

  /// A document's second text; nil when documents are single texts.
  package func secondText(of document: Int) -> String? {
    withSecondText(of: document) { String(decoding: $0, as: UTF8.self) }
  }

  /// Where the sentences of a document's (first) text stand in it.
  package func sentences(of document: Int) -> [Range<Int>] {
    withText(of: document) { SentenceSplitter.sentences(in: $0) }
  }

  /// Some documents with their targets, in the order given; the text itself is shared.
  package func selecting(_ documents: [Int]) -> TextCorpus {
    TextCorpus(
      pieces, texts: texts.selecting(documents), seconds: seconds?.selecting(documents),
      targets: targets?.rows(documents))
  }

  /// Bytes of a document's text, or of both its texts.
  func byteCount(of document: Int) -> Int {
    texts[document].count + (seconds?[document].count ?? 0)
  }

  /// How much text there is.
  ///
  /// - Parameter deadline: when counting is given up.
  /// - Throws: `DatasetError.outOfTime`.
  /// - Complexity: O(bytes)
  package func statistics(
    deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) -> CorpusStatistics {
    var statistics = CorpusStatistics()
    statistics.documents = count
    statistics.residentBytes = pieces.residentCount
    func add(_ text: UnsafeBufferPointer<UInt8>) {
      statistics.bytes += text.count
      statistics.characters += UTF8Sequence.scalarCount(of: text)
      SentenceSplitter.forEach(in: text) { _ in statistics.sentences += 1 }
    }
    let pass = CorpusPass(self, until: deadline)
    for document in 0..<count {
      guard pass.permits(document) else { throw .outOfTime }
      withText(of: document, add)
      withSecondText(of: document, add)
    }
    return statistics
  }
}

/// How much text a corpus holds, second texts included.
package struct CorpusStatistics: Sendable, Hashable {
  package var documents = 0
  package var sentences = 0
  /// Of UTF-8, without what stands between documents.
  package var bytes = 0
  /// Of the buffers that the text lies in, without files that are mapped.
  package var residentBytes = 0
  /// Unicode scalars.
  package var characters = 0

  package init() {}
}
