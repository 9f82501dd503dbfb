/// `vocab.txt`: one token a line, in the order of the ids.
extension Vocabulary {
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Reads `vocab.txt`.
  ///
  /// UTF-8, with or without a byte order mark; lines end with LF or CRLF, the last one may lack it.
  package init(
    text: [UInt8], limits: VocabularyLimits = VocabularyLimits()
  ) throws(VocabularyError) {
    if text.count > limits.bytes { throw .tooManyBytes(limit: limits.bytes) }
    if let fault = text.withUnsafeBufferPointer({ UTF8Scalar.firstFault(in: $0) }) {
      throw .invalidUTF8(line: text[..<fault].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 })
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var offsets = [0]
    var start = text.starts(with: Self.byteOrderMark) ? 3 : 0
    while start < text.count {
      var end = start
      while end < text.count, text[end] != 0x0A { end += 1 }
      let next = end + 1
      if end > start, text[end - 1] == 0x0D { end -= 1 }
      bytes.append(contentsOf: text[start..<end])
      offsets.append(bytes.count)
      if offsets.count - 1 > limits.tokens { throw .tooManyTokens(limit: limits.tokens) }
      start = next
    }
    try self.init(bytes: bytes, offsets: offsets, limits: limits)
  }

  /// The canonical `vocab.txt`: every token and a line feed.
  ///
  /// A first token that begins with a byte order mark gets another one, which reading takes away.
  package func text() -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + count + 3)
    if bytes.starts(with: Self.byteOrderMark) { text.append(contentsOf: Self.byteOrderMark) }
    for token in 0..<count {
      text.append(contentsOf: bytes[offsets[token]..<offsets[token + 1]])
      text.append(0x0A)
    }
    return text
  }
}
