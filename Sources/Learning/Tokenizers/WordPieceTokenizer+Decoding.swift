extension WordPieceTokenizer {
  /// Text of ids, as Hugging Face's decoder of WordPiece joins it.
  ///
  /// Continuations are joined to what stands before them, everything else follows a space, except
  /// that there is none before `. ? ! ,` and English contractions. Ids outside the vocabulary are
  /// passed over, special tokens too if so asked.
  package func decode(
    _ ids: some Sequence<Int32>, skipSpecialTokens: Bool = false
  ) -> String {
    var text: [UInt8] = []
    var isFirst = true
    for id in ids {
      guard let range = vocabulary.range(of: id) else { continue }
      if skipSpecialTokens, vocabulary.isSpecial(id) { continue }
      var token = vocabulary.bytes[range]
      if !isFirst {
        if token.starts(with: Vocabulary.continuationPrefix.utf8) {
          token = token.dropFirst(Vocabulary.continuationPrefix.utf8.count)
        } else {
          token = ([UInt8(ascii: " ")] + token)[...]
        }
      }
      isFirst = false
      text.append(contentsOf: Self.withoutSpaces(token))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What the decoder replaces within a token and the space before it, in this order.
  private static let spacings: [(from: [UInt8], to: [UInt8])] = [
    (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
    (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
  ].map { (Array($0.utf8), Array($1.utf8)) }

  private static func withoutSpaces(_ token: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard token.contains(UInt8(ascii: " ")) else { return token }
    return spacings.reduce(token) { replacing($1.from, by: $1.to, in: $0) }
  }

  private static func replacing(
    _ from: [UInt8], by to: [UInt8], in text: ArraySlice<UInt8>
  ) -> ArraySlice<UInt8> {
    var rest = text
    var result: [UInt8] = []
    while let byte = rest.first {
      if rest.starts(with: from) {
        result.append(contentsOf: to)
        rest = rest.dropFirst(from.count)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result[...]
  }
}
