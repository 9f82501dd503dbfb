/// Puts texts into a corpus: spans of a file that is there, and texts that are made.
struct CorpusBuilder {
  private let source: TextBytes?
  /// Made texts, addressed behind the source.
  private var made: [UInt8] = []
  private var texts = TextSpans()
  private var seconds = TextSpans()

  /// - Parameter source: the file that spans are of; nil when all text is made.
  init(of source: TextBytes? = nil) {
    self.source = source
  }

  var count: Int { texts.count }

  mutating func reserve(_ documents: Int) { texts.reserve(documents) }

  /// Where a text stands that is a part of the source, without the space around it; nil when it
  /// holds nothing else.
  func solid(_ range: Range<Int>) -> Range<Int>? {
    source?.withBytes(range) { Self.solid($0) }
      .map { range.lowerBound + $0.lowerBound..<range.lowerBound + $0.upperBound }
  }

  /// Keeps a made text, and gives its place as ``solid(_:)`` does.
  mutating func keep(_ text: some Collection<UInt8>) -> Range<Int>? {
    let start = made.count
    made.append(contentsOf: text)
    let solid = made.withUnsafeBufferPointer {
      Self.solid(UnsafeBufferPointer(rebasing: $0[start...]))
    }
    let base = (source?.count ?? 0) + start
    return solid.map { base + $0.lowerBound..<base + $0.upperBound }
  }

  /// Appends a document.
  mutating func append(_ text: Range<Int>, second: Range<Int>? = nil) {
    texts.append(text)
    if let second { seconds.append(second) }
  }

  /// Appends a document; the closure adds its text to what it is given.
  mutating func appendText(_ write: (inout [UInt8]) -> Void) {
    let start = made.count
    write(&made)
    let base = source?.count ?? 0
    texts.append(base + start..<base + made.count)
  }

  /// Appends a document with the text of an earlier one, which is not copied.
  mutating func repeatText(of document: Int) {
    texts.append(texts[document])
  }

  func corpus(targets: Targets?) -> TextCorpus {
    let pieces = [source, made.isEmpty ? nil : TextBytes(made)].compactMap(\.self)
    return TextCorpus(
      TextPieces(pieces), texts: texts, seconds: seconds.count == 0 ? nil : seconds,
      targets: targets)
  }

  private static func solid(_ text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    let scan = SentenceScan(text: text)
    let start = scan.afterSpace(0)
    return start == text.count ? nil : start..<scan.beforeSpace(text.count, from: start)
  }
}
