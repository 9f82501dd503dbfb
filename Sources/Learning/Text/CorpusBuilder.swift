/// Puts texts end to end into a corpus.
struct CorpusBuilder {
  private var bytes: [UInt8] = []
  private var texts = TextSpans()
  private var seconds = TextSpans()

  var count: Int { texts.count }
  var byteCount: Int { bytes.count }

  mutating func reserve(_ documents: Int) { texts.reserve(documents) }

  /// Appends a document; the closure adds its text to what it is given.
  mutating func appendText(_ write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    write(&bytes)
    texts.append(start..<bytes.count)
  }

  /// Appends the second text of the document appended last; for all documents or none.
  mutating func appendSecondText(_ write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    write(&bytes)
    seconds.append(start..<bytes.count)
  }

  /// Appends a document with the text of an earlier one, which is not copied.
  mutating func repeatText(of document: Int) {
    texts.append(texts[document])
  }

  func corpus(targets: Targets?) -> TextCorpus {
    TextCorpus(
      TextBytes(bytes), texts: texts, seconds: seconds.count == 0 ? nil : seconds,
      targets: targets)
  }
}
