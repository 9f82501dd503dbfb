import Learning
import Testing

@Suite struct WordPieceTrainerTests {
  private func learn(
    _ texts: [String], _ settings: WordPieceTrainerSettings
  ) throws -> [String] {
    var trainer = try WordPieceTrainer(settings: settings)
    for text in texts { trainer.add(text) }
    let vocabulary = try trainer.vocabulary()
    return (0..<Int32(vocabulary.count)).compactMap(vocabulary.token)
  }

  @Test("special tokens, the alphabet, its continuations, then the likeliest pairs")
  func order() throws {
    let texts = ["ab ab ab cb, 中中 [MASK]"]
    let tokens = try learn(texts, WordPieceTrainerSettings(vocabSize: 12, minFrequency: 2))
    // ab stands 3 times, a 3 times and ##b 4 times; cb only once.
    #expect(
      tokens == [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ",", "a", "b", "c", "中", "##b", "ab",
      ])
    let all = try learn(texts, WordPieceTrainerSettings(vocabSize: 100, minFrequency: 1))
    #expect(all == tokens + ["cb"])
    // Two characters of the six: b (4) and a (3). Without c, cb teaches nothing.
    let few = try learn(
      texts, WordPieceTrainerSettings(vocabSize: 100, minFrequency: 1, limitAlphabet: 2))
    #expect(few == tokens.prefix(5) + ["a", "b", "##b", "ab"])
    let reserved = TokenizerSettings(neverSplit: ["<br>", "[SEP]"])
    let split = try learn(
      ["a<br>a [SEP]"], WordPieceTrainerSettings(vocabSize: 100, tokenizer: reserved))
    #expect(split == tokens.prefix(5) + ["<br>", "a"])
  }

  @Test("the merges are those of a trainer that counts everything anew each time")
  func reference() throws {
    for seed: UInt64 in 1...60 {
      var random = SplitMix(state: seed)
      let letters = Array("abcde".prefix(Int.random(in: 1...5, using: &random)))
      let words = (0..<Int.random(in: 1...60, using: &random)).map { _ in
        String(
          (0..<Int.random(in: 1...9, using: &random)).map { _ in
            letters[Int.random(in: 0..<letters.count, using: &random)]
          })
      }
      let frequency = Int.random(in: 1...3, using: &random)
      let tokens = try learn(
        [words.joined(separator: " ")],
        WordPieceTrainerSettings(vocabSize: 120, minFrequency: frequency))
      let expected = SlowTrainer(words, minFrequency: frequency).tokens(120 - 5)
      #expect(Array(tokens.dropFirst(5)) == expected, "seed \(seed)")
    }
  }

  @Test("the order of texts, and who counted them, change nothing")
  func anyOrder() throws {
    let texts = try TokenizerFixture.load().sentences
    let settings = WordPieceTrainerSettings(vocabSize: 500)
    let tokens = try learn(texts, settings)
    #expect(tokens.count == 500)
    #expect(try learn(texts.reversed(), settings) == tokens)
    var parts = [
      try WordPieceTrainer(settings: settings), try WordPieceTrainer(settings: settings),
    ]
    for (index, text) in texts.enumerated() { parts[index * 7 % 3 % 2].add(text) }
    parts[1].add(parts[0])
    let vocabulary = try parts[1].vocabulary()
    #expect((0..<500).compactMap { vocabulary.token($0) } == tokens)
  }

  @Test("what was learned spells every word of its texts")
  func spelling() throws {
    let texts = try TokenizerFixture.load().sentences
    for lowercase in [true, false] {
      let settings = TokenizerSettings(doLowerCase: lowercase)
      var trainer = try WordPieceTrainer(
        settings: WordPieceTrainerSettings(vocabSize: 900, tokenizer: settings))
      for text in texts { trainer.add(text) }
      let tokenizer = try WordPieceTokenizer(vocabulary: trainer.vocabulary(), settings: settings)
      for text in texts
      where !text.contains("[UNK]") && !text.contains("xxxx") && !text.contains("aaaa") {
        #expect(!tokenizer.ids(of: text).contains(tokenizer.vocabulary.unknownID), "\(text)")
      }
    }
  }

  @Test("settings and texts that make no vocabulary are refused by name")
  func errors() throws {
    func error(_ settings: WordPieceTrainerSettings, _ texts: [String] = ["ab"])
      -> WordPieceTrainerError?
    {
      do {
        _ = try learn(texts, settings)
        return nil
      } catch { return error as? WordPieceTrainerError }
    }
    #expect(
      error(WordPieceTrainerSettings(vocabSize: 0)) == .notPositive(setting: "vocab_size", value: 0)
    )
    #expect(
      error(WordPieceTrainerSettings(minFrequency: -1))
        == .notPositive(setting: "min_frequency", value: -1))
    #expect(
      error(WordPieceTrainerSettings(limitAlphabet: 0))
        == .notPositive(setting: "limit_alphabet", value: 0))
    #expect(
      error(WordPieceTrainerSettings(vocabSize: 2_000_000))
        == .tooManyTokens(size: 2_000_000, limit: 1 << 20))
    #expect(
      error(WordPieceTrainerSettings(vocabSize: 7)) == .vocabularyTooSmall(size: 7, needed: 8))
    #expect(error(WordPieceTrainerSettings(vocabSize: 8)) == nil)
    #expect(error(WordPieceTrainerSettings(), []) == .noWords)
    #expect(error(WordPieceTrainerSettings(), ["\u{200B} \n[SEP]"]) == .noWords)
    #expect(
      error(WordPieceTrainerSettings(tokenizer: TokenizerSettings(maxInputCharsPerWord: 0)))
        == .tokenizer(.longestWordOutOfRange(0)))
    #expect(
      error(WordPieceTrainerSettings(tokenizer: TokenizerSettings(neverSplit: ["a\nb"])))
        == .vocabulary(.lineBreak(line: 6)))
  }
}

/// Learns the slow way: all counts anew for every merge, scores as products of integers.
private struct SlowTrainer {
  private var words: [[String]]
  private let minFrequency: Int
  private var vocabulary: [String]

  init(_ words: [String], minFrequency: Int) {
    self.minFrequency = minFrequency
    self.words = words.map { word in
      word.enumerated().map { $0.offset == 0 ? String($0.element) : "##" + String($0.element) }
    }
    let characters = Set(words.joined().map(String.init)).sorted()
    vocabulary = characters + characters.map { "##" + $0 }.filter(Set(self.words.joined()).contains)
  }

  mutating private func merge() -> Bool {
    var counts: [String: Int] = [:]
    var pairs: [[String]: Int] = [:]
    for word in words {
      for symbol in word { counts[symbol, default: 0] += 1 }
      for (a, b) in zip(word, word.dropFirst()) { pairs[[a, b], default: 0] += 1 }
    }
    let best = pairs.filter { $0.value >= minFrequency }.max { a, b in
      let left = a.value * counts[b.key[0], default: 0] * counts[b.key[1], default: 0]
      let right = b.value * counts[a.key[0], default: 0] * counts[a.key[1], default: 0]
      if left != right { return left < right }
      if a.value != b.value { return a.value < b.value }
      return b.key.lexicographicallyPrecedes(a.key)
    }
    guard let pair = best?.key else { return false }
    let joined = pair[0] + pair[1].dropFirst(2)
    if !vocabulary.contains(joined) { vocabulary.append(joined) }
    words = words.map { word in
      var result: [String] = []
      var index = 0
      while index < word.count {
        if index + 1 < word.count, word[index] == pair[0], word[index + 1] == pair[1] {
          result.append(joined)
          index += 2
        } else {
          result.append(word[index])
          index += 1
        }
      }
      return result
    }
    return true
  }

  func tokens(_ count: Int) -> [String] {
    var trainer = self
    while trainer.vocabulary.count < count, trainer.merge() {}
    return trainer.vocabulary
  }
}
