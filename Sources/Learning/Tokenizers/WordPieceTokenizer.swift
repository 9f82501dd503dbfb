/// WordPiece, exactly as Hugging Face's fast BertTokenizer does it.
///
/// A text is cleaned, stripped of accents and lowered as ``settings`` say, cut into words at white
/// space, punctuation and Chinese characters, and each word is spelled with the longest tokens that
/// fit from its start; a word that cannot be spelled is one `[UNK]`.
package struct WordPieceTokenizer: Sendable {
  package let vocabulary: Vocabulary
  package let settings: TokenizerSettings
  private let scanner: WordScanner
  /// Ids of one-character words below U+A000, for Chinese characters and punctuation.
  private let isolatedIDs: [Int32]

  private static let isolatedLimit: UInt32 = 0xA000

  package init(
    vocabulary: Vocabulary, settings: TokenizerSettings = TokenizerSettings()
  ) throws(TokenizerError) {
    let longest = settings.maxInputCharsPerWord
    guard (1...TokenizerSettings.longestWordLimit).contains(longest) else {
      throw .longestWordOutOfRange(longest)
    }
    var specials = SpecialToken.allCases.map { (token: $0.rawValue, id: vocabulary[$0]) }
    // By their bytes: `String` takes two spellings of é for equal.
    var seen = Set(specials.map { Array($0.token.utf8) })
    for token in settings.neverSplit where seen.insert(Array(token.utf8)).inserted {
      guard let id = vocabulary.id(of: token) else { throw .notInVocabulary(neverSplit: token) }
      specials.append((token, id))
    }
    self.vocabulary = vocabulary
    self.settings = settings
    scanner = WordScanner(settings: settings, specials: specials)
    isolatedIDs = Self.isolatedIDs(vocabulary)
  }

  /// Appends the ids of a text, without `[CLS]` and `[SEP]`.
  ///
  /// The text is UTF-8; ill-formed bytes are passed over. Special tokens written in it are found.
  package func appendIDs(of text: UnsafeBufferPointer<UInt8>, to ids: inout [Int32]) {
    vocabulary.trie.nodes.withUnsafeBufferPointer { nodes in
      isolatedIDs.withUnsafeBufferPointer { isolated in
        var sink = Sink(nodes: nodes, isolated: isolated, unknown: vocabulary.unknownID, ids: [])
        // The caller's array is moved in and out, so that it is not copied.
        swap(&sink.ids, &ids)
        scanner.scan(text, into: &sink)
        swap(&sink.ids, &ids)
      }
    }
  }

  /// The ids of a text, without `[CLS]` and `[SEP]`.
  package func ids(of text: String) -> [Int32] {
    var ids: [Int32] = []
    var text = text
    text.withUTF8 { appendIDs(of: $0, to: &ids) }
    return ids
  }

  /// Whether the token continues a word (`##`).
  package func isContinuation(_ id: Int32) -> Bool { vocabulary.isContinuation(id) }

  private static func isolatedIDs(_ vocabulary: Vocabulary) -> [Int32] {
    var ids = [Int32](repeating: vocabulary.unknownID, count: Int(isolatedLimit))
    for id in 0..<Int32(vocabulary.count) {
      guard let range = vocabulary.range(of: id), range.count <= 3 else { continue }
      vocabulary.bytes[range].withUnsafeBufferPointer {
        let (scalar, length) = UTF8Scalar.decode($0, at: 0)
        if length == range.count, scalar < isolatedLimit { ids[Int(scalar)] = id }
      }
    }
    return ids
  }

  /// Spells the words.
  private struct Sink: WordSink {
    let nodes: UnsafeBufferPointer<TokenTrie.Node>
    let isolated: UnsafeBufferPointer<Int32>
    let unknown: Int32
    var ids: [Int32]

    @inline(__always)
    mutating func append(word: UnsafeBufferPointer<UInt8>) {
      let start = ids.count
      var index = 0
      var root = Vocabulary.wordRoot
      while index < word.count {
        guard let match = TokenTrie.longestMatch(nodes, of: word, at: index, from: root) else {
          ids.removeLast(ids.count - start)
          ids.append(unknown)
          return
        }
        ids.append(match.value)
        index = match.end
        root = Vocabulary.continuationRoot
      }
    }

    @inline(__always)
    mutating func append(isolated scalar: UInt32) {
      if scalar < isolatedLimit {
        ids.append(isolated[Int(scalar)])
        return
      }
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4) { bytes in
        guard let start = bytes.baseAddress else { return }
        let length = UTF8Scalar.encode(scalar, to: start)
        append(word: UnsafeBufferPointer(start: start, count: length))
      }
    }

    mutating func appendOverlongWord() { ids.append(unknown) }

    mutating func append(special id: Int32) { ids.append(id) }
  }
}
