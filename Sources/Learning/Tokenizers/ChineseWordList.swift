/// Words of Chinese characters, for masking whole words over tokens of one character.
///
/// BERT's tokens know no Chinese words; the list says which characters belong together.
package struct ChineseWordList: Sendable {
  /// Words of more than one character.
  package let count: Int
  private let trie: TokenTrie

  /// Reads a list: UTF-8, a word a line; empty lines are passed over.
  ///
  /// Words must consist of Chinese characters. A word that stands there twice, or has one
  /// character, changes nothing.
  package init(
    text: [UInt8], limits: VocabularyLimits = VocabularyLimits()
  ) throws(ChineseWordListError) {
    if text.count > limits.bytes { throw .tooManyBytes(limit: limits.bytes) }
    if let fault = text.withUnsafeBufferPointer({ UTF8Scalar.firstFault(in: $0) }) {
      throw .invalidUTF8(line: text[..<fault].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 })
    }
    var words: [Range<Int>] = []
    var line = 0
    var start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < text.count {
      line += 1
      var end = start
      while end < text.count, text[end] != 0x0A { end += 1 }
      let next = end + 1
      if end > start, text[end - 1] == 0x0D { end -= 1 }
      guard end - start <= limits.tokenBytes, let length = Self.characters(text[start..<end])
      else { throw .notAWord(line: line, limit: limits.tokenBytes) }
      if length > 1 { words.append(start..<end) }
      if words.count > limits.tokens { throw .tooManyWords(limit: limits.tokens) }
      start = next
    }
    if words.isEmpty { throw .noWords }
    words.sort { text[$0].lexicographicallyPrecedes(text[$1]) }
    var entries: [TokenTrie.Entry] = []
    for word in words where entries.last.map({ text[$0.bytes] != text[word] }) ?? true {
      entries.append(TokenTrie.Entry(bytes: word, value: 1))
    }
    count = entries.count
    trie = TokenTrie([entries], in: text)
  }

  /// How many characters the line has; nil when one is no Chinese character.
  private static func characters(_ word: ArraySlice<UInt8>) -> Int? {
    word.withUnsafeBufferPointer { word in
      var count = 0
      var index = 0
      while index < word.count {
        let (scalar, length) = UTF8Scalar.decode(word, at: index)
        guard CharacterClass.isHan(scalar) else { return nil }
        count += 1
        index += length
      }
      return count
    }
  }

  /// Cuts a run of Chinese characters into words by forward maximum matching.
  ///
  /// Gives the length of each word in characters; a character that begins no word is a word.
  /// `ends` has the end of each character.
  func lengths(_ characters: [UInt8], ends: [Int]) -> [Int] {
    characters.withUnsafeBufferPointer { characters in
      trie.nodes.withUnsafeBufferPointer { nodes in
        var lengths: [Int] = []
        var first = 0
        while first < ends.count {
          let start = first == 0 ? 0 : ends[first - 1]
          let match = TokenTrie.longestMatch(nodes, of: characters, at: start, from: 0)
          var next = first + 1
          if let match {
            while ends[next - 1] < match.end { next += 1 }
          }
          lengths.append(next - first)
          first = next
        }
        return lengths
      }
    }
  }
}

/// Why a file is no list of Chinese words; lines count from 1.
package enum ChineseWordListError: Error, Sendable, Hashable {
  case tooManyBytes(limit: Int)
  case tooManyWords(limit: Int)
  case invalidUTF8(line: Int)
  /// Something else than Chinese characters, or too many of them.
  case notAWord(line: Int, limit: Int)
  case noWords
}

extension ChineseWordListError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooManyBytes(let limit): "the word list has more than \(limit) bytes"
    case .tooManyWords(let limit): "the word list has more than \(limit) words"
    case .invalidUTF8(let line): "line \(line) of the word list is not UTF-8: save it as UTF-8"
    case .notAWord(let line, let limit):
      "line \(line) of the word list is not a word of Chinese characters, one word a line, of at "
        + "most \(limit) bytes"
    case .noWords: "the word list has no word of two or more Chinese characters"
    }
  }
}
