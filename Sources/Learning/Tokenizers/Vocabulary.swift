/// The tokens of a WordPiece tokenizer; a token's id is its place, from 0.
///
/// Tokens that begin `##` continue a word. All of ``SpecialToken`` are there, no token is empty or
/// occurs twice, and none has a line break in it.
package struct Vocabulary: Sendable {
  /// What a token begins with that continues a word.
  package static let continuationPrefix = "##"

  /// The tokens end to end.
  let bytes: [UInt8]
  /// Where each token begins in ``bytes``, and the end of the last.
  let offsets: [Int]
  /// The tokens from ``wordRoot``, and those that continue, without their prefix, from
  /// ``continuationRoot``.
  let trie: TokenTrie
  /// Ids by the order of ``SpecialToken``.
  private let specialIDs: [Int32]

  static let wordRoot = 0
  static let continuationRoot = 1

  /// Takes tokens in the order of their ids.
  package init(
    tokens: some Sequence<String>, limits: VocabularyLimits = VocabularyLimits()
  ) throws(VocabularyError) {
    var bytes: [UInt8] = []
    var offsets = [0]
    for token in tokens {
      bytes.append(contentsOf: token.utf8)
      offsets.append(bytes.count)
      if offsets.count - 1 > limits.tokens { throw .tooManyTokens(limit: limits.tokens) }
      if bytes.count > limits.bytes { throw .tooManyBytes(limit: limits.bytes) }
    }
    try self.init(bytes: bytes, offsets: offsets, limits: limits)
  }

  /// Checks the rules and builds the trie; the bytes are UTF-8 and the offsets within the limits.
  init(bytes: [UInt8], offsets: [Int], limits: VocabularyLimits) throws(VocabularyError) {
    if offsets.count == 1 { throw .noTokens }
    for token in 0..<offsets.count - 1 {
      let range = offsets[token]..<offsets[token + 1]
      if range.isEmpty { throw .emptyToken(line: token + 1) }
      if range.count > limits.tokenBytes {
        throw .tokenTooLong(line: token + 1, limit: limits.tokenBytes)
      }
      if bytes[range].contains(where: { $0 == 0x0A || $0 == 0x0D }) {
        throw .lineBreak(line: token + 1)
      }
    }
    let sorted = Self.sorted(bytes, offsets)
    if let (token, first) = Self.duplicate(sorted, bytes, offsets) {
      throw .duplicate(
        token: String(decoding: bytes[offsets[token]..<offsets[token + 1]], as: UTF8.self),
        line: token + 1, first: first + 1)
    }
    self.bytes = bytes
    self.offsets = offsets
    trie = Self.trie(sorted, bytes, offsets)
    var ids: [Int32] = []
    var missing: [SpecialToken] = []
    for special in SpecialToken.allCases {
      let id = Self.id(of: special.rawValue, in: trie)
      ids.append(id ?? -1)
      if id == nil { missing.append(special) }
    }
    if !missing.isEmpty { throw .missing(missing) }
    specialIDs = ids
  }

  /// Number of tokens (`vocab_size`).
  package var count: Int { offsets.count - 1 }

  package var padID: Int32 { self[.pad] }
  package var unknownID: Int32 { self[.unknown] }
  package var classificationID: Int32 { self[.classification] }
  package var separatorID: Int32 { self[.separator] }
  package var maskID: Int32 { self[.mask] }

  /// The id of a special token.
  package subscript(_ special: SpecialToken) -> Int32 {
    switch special {
    case .pad: specialIDs[0]
    case .unknown: specialIDs[1]
    case .classification: specialIDs[2]
    case .separator: specialIDs[3]
    case .mask: specialIDs[4]
    }
  }

  /// Whether the id is that of one of ``SpecialToken``.
  package func isSpecial(_ id: Int32) -> Bool { specialIDs.contains(id) }

  /// The token of an id; nil when there is none.
  package func token(_ id: Int32) -> String? {
    range(of: id).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// The id of a token; nil when there is none.
  package func id(of token: String) -> Int32? { Self.id(of: token, in: trie) }

  /// Where a token stands in ``bytes``; nil when there is none.
  func range(of id: Int32) -> Range<Int>? {
    guard id >= 0, Int(id) < count else { return nil }
    return offsets[Int(id)]..<offsets[Int(id) + 1]
  }

  /// Whether the token continues a word.
  package func isContinuation(_ id: Int32) -> Bool {
    guard let range = range(of: id) else { return false }
    return Self.isContinuation(bytes[range])
  }

  /// `##` alone continues nothing.
  private static func isContinuation(_ token: ArraySlice<UInt8>) -> Bool {
    let hash = UInt8(ascii: "#")
    return token.count > 2 && token[token.startIndex] == hash && token[token.startIndex + 1] == hash
  }

  private static func id(of token: String, in trie: TokenTrie) -> Int32? {
    var utf8 = Array(token.utf8)[...]
    let continues = isContinuation(utf8)
    if continues { utf8 = utf8.dropFirst(2) }
    return utf8.withUnsafeBufferPointer {
      trie.value(of: $0, from: continues ? continuationRoot : wordRoot)
    }
  }
}

extension Vocabulary: Hashable {
  package static func == (a: Vocabulary, b: Vocabulary) -> Bool {
    a.bytes == b.bytes && a.offsets == b.offsets
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(bytes)
    hasher.combine(offsets)
  }
}

extension Vocabulary {
  /// The tokens' places in the order of their bytes, equal ones in the order of their places.
  private static func sorted(_ bytes: [UInt8], _ offsets: [Int]) -> [Int] {
    // The first eight bytes decide nearly always.
    let keys = (0..<offsets.count - 1).map { token -> (key: UInt64, token: Int) in
      let start = bytes[offsets[token]..<min(offsets[token] + 8, offsets[token + 1])]
      let key = start.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return (key << UInt64(64 - 8 * start.count), token)
    }
    return keys.sorted { a, b in
      if a.key != b.key { return a.key < b.key }
      let left = bytes[offsets[a.token]..<offsets[a.token + 1]]
      let right = bytes[offsets[b.token]..<offsets[b.token + 1]]
      if left.lexicographicallyPrecedes(right) { return true }
      return left == right && a.token < b.token
    }.map(\.token)
  }

  /// The first token, by its place, that stands at an earlier place too.
  private static func duplicate(
    _ sorted: [Int], _ bytes: [UInt8], _ offsets: [Int]
  ) -> (token: Int, first: Int)? {
    var found: (token: Int, first: Int)?
    for (a, b) in zip(sorted, sorted.dropFirst())
    where bytes[offsets[a]..<offsets[a + 1]] == bytes[offsets[b]..<offsets[b + 1]] {
      if b < found?.token ?? .max { found = (b, a) }
    }
    return found
  }

  private static func trie(_ sorted: [Int], _ bytes: [UInt8], _ offsets: [Int]) -> TokenTrie {
    var words: [TokenTrie.Entry] = []
    var continuations: [TokenTrie.Entry] = []
    for token in sorted {
      let range = offsets[token]..<offsets[token + 1]
      if isContinuation(bytes[range]) {
        continuations.append(
          TokenTrie.Entry(bytes: range.lowerBound + 2..<range.upperBound, value: Int32(token)))
      } else {
        words.append(TokenTrie.Entry(bytes: range, value: Int32(token)))
      }
    }
    return TokenTrie([words, continuations], in: bytes)
  }
}
