/// Documents as sentences of token ids, without special tokens: what pre-training reads.
///
/// Beyond the size that ``SpillPolicy`` names they lie in temporary files that are mapped, so that
/// the memory taken does not grow with the text.
package struct TokenizedDocuments: Sendable {
  private let ids: SpilledArray<Int32>
  /// Where each sentence begins in ``ids``, and the end of the last.
  private let sentenceStarts: SpilledArray<Int>
  /// Where each document begins among the sentences, and the end of the last.
  private let documentStarts: SpilledArray<Int>
  /// The smallest and the largest id; nil without tokens.
  package let idBounds: ClosedRange<Int32>?

  fileprivate init(
    ids: SpilledArray<Int32>, sentenceStarts: SpilledArray<Int>,
    documentStarts: SpilledArray<Int>, idBounds: ClosedRange<Int32>?
  ) {
    self.ids = ids
    self.sentenceStarts = sentenceStarts
    self.documentStarts = documentStarts
    self.idBounds = idBounds
  }

  package var documentCount: Int { documentStarts.count - 1 }
  package var sentenceCount: Int { sentenceStarts.count - 1 }
  package var tokenCount: Int { ids.count }

  /// Whether tokens lie in a temporary file.
  package var isSpilled: Bool { ids.isSpilled }

  /// The sentences of a document, at least one.
  package func sentences(of document: Int) -> Range<Int> {
    documentStarts[document]..<documentStarts[document + 1]
  }

  /// The tokens of contiguous sentences; every sentence has at least one.
  package func tokens(of sentences: Range<Int>) -> Range<Int> {
    sentenceStarts[sentences.lowerBound]..<sentenceStarts[sentences.upperBound]
  }

  /// Lets go of the memory that what lies in files has taken since it was looked at.
  package func releasePages() {
    ids.releasePages()
    sentenceStarts.releasePages()
    documentStarts.releasePages()
  }

  /// Contiguous tokens, in place.
  package func withTokens<Result>(
    _ range: Range<Int>, _ body: (UnsafeBufferPointer<Int32>) -> Result
  ) -> Result {
    ids.withElements(range, body)
  }
}

/// Takes documents one at a time and makes ``TokenizedDocuments`` of them.
package struct TokenizedDocumentsBuilder {
  private var ids: SpilledArrayBuilder<Int32>
  private var sentenceStarts: SpilledArrayBuilder<Int>
  private var documentStarts: SpilledArrayBuilder<Int>
  /// Sentences before the document in work.
  private var sentencesBefore = 0
  private var idBounds: ClosedRange<Int32>?

  package init(_ policy: SpillPolicy = SpillPolicy()) {
    ids = SpilledArrayBuilder(policy)
    sentenceStarts = SpilledArrayBuilder(policy)
    documentStarts = SpilledArrayBuilder(policy)
  }

  /// Appends a sentence to the document in work; one without tokens is left out.
  ///
  /// - Parameter sentence: ids, without special tokens.
  package mutating func append(sentence: some Collection<Int32>) throws(SpillError) {
    guard let smallest = sentence.min(), let largest = sentence.max() else { return }
    let bounds = idBounds ?? smallest...largest
    idBounds = min(bounds.lowerBound, smallest)...max(bounds.upperBound, largest)
    try sentenceStarts.append(ids.count)
    try ids.append(contentsOf: sentence)
  }

  /// Ends the document in work; one without sentences is left out.
  package mutating func endDocument() throws(SpillError) {
    if sentenceStarts.count == sentencesBefore { return }
    try documentStarts.append(sentencesBefore)
    sentencesBefore = sentenceStarts.count
  }

  /// Appends a whole document.
  package mutating func append(
    document sentences: some Collection<[Int32]>
  ) throws(SpillError) {
    for sentence in sentences { try append(sentence: sentence) }
    try endDocument()
  }

  /// All documents; call it once, as the last.
  package mutating func finish() throws(SpillError) -> TokenizedDocuments {
    try endDocument()
    try sentenceStarts.append(ids.count)
    try documentStarts.append(sentencesBefore)
    return TokenizedDocuments(
      ids: try ids.finish(), sentenceStarts: try sentenceStarts.finish(),
      documentStarts: try documentStarts.finish(), idBounds: idBounds)
  }
}
