import Learning
import Tensors
import Testing

@Suite struct TokenMaskingTests {
  private static let length = 128

  /// [CLS], ordinary tokens, [SEP], and an [UNK] among them.
  private static let ids: [Int32] =
    [2] + (0..<length - 3).map { Int32(100 + $0) } + [1, 3]

  private func masking(
    _ objective: PretrainingObjective = PretrainingObjective(),
    words: @escaping @Sendable ([Int32]) -> [Range<Int>] = { _ in [] }, prefix: String = ""
  ) -> TokenMasking {
    let vocabulary = PretrainingVocabulary(
      size: 1_000, classification: 2, separator: 3, mask: 4, special: [0, 1, 2, 3, 4],
      words: words)
    return TokenMasking(objective, vocabulary, key: .test, prefix: prefix)
  }

  /// A count lies within four standard deviations of what a share makes one expect.
  private func expectShare(_ count: Int, of all: Int, _ share: Double, _ what: String) {
    let deviation = (Double(all) * share * (1 - share)).squareRoot()
    #expect(abs(Double(count) - Double(all) * share) < 4 * deviation, "\(what): \(count) of \(all)")
  }

  @Test("15 % of tokens are to be guessed: 80 % masked, 10 % random, 10 % as they were")
  func shares() {
    let masking = masking()
    let sequences = 4_000
    var (chosen, masked, random, kept) = (0, 0, 0, 0)
    var perPosition = [Int](repeating: 0, count: Self.length)
    var drawn: Set<Int32> = []
    for draw in 0..<sequences {
      let result = masking.apply(to: Self.ids, draw: UInt64(draw))
      chosen += result.positions.count
      #expect(result.positions == result.positions.sorted())
      var restored = result.ids
      for (position, label) in zip(result.positions, result.labels) {
        let place = Int(position)
        perPosition[place] += 1
        #expect(Self.ids[place] == label)
        restored[place] = label
        switch result.ids[place] {
        case 4: masked += 1
        case label: kept += 1
        default:
          random += 1
          drawn.insert(result.ids[place])
        }
      }
      #expect(restored == Self.ids, "nothing else changes")
    }
    let maskable = Self.length - 3
    expectShare(chosen, of: sequences * maskable, 0.15, "to guess")
    // A random token is the mask, or the token itself, once in a thousand.
    expectShare(masked, of: chosen, 0.8 + 0.1 / 1_000, "masked")
    expectShare(kept, of: chosen, 0.1 + 0.1 / 1_000, "kept")
    expectShare(random, of: chosen, 0.1 * 998 / 1_000, "random")
    // Special tokens are drawn too, as Hugging Face does.
    #expect(drawn.count > 900 && drawn.allSatisfy { (0..<1_000).contains($0) })
    #expect(!drawn.isDisjoint(with: [0, 1, 2, 3]))
    for place in [0, Self.length - 2, Self.length - 1] { #expect(perPosition[place] == 0) }
    for place in 1..<Self.length - 2 {
      expectShare(perPosition[place], of: sequences, 0.15, "position \(place)")
    }
  }

  @Test("a mask is a function of draw and position, whatever stands around")
  func keyed() {
    let masking = masking()
    var differing = 0
    for draw in 0..<100 {
      let whole = masking.apply(to: Self.ids, draw: UInt64(draw))
      #expect(masking.apply(to: Self.ids, draw: UInt64(draw)) == whole)
      let start = masking.apply(to: Array(Self.ids.prefix(40)), draw: UInt64(draw))
      #expect(start.ids == Array(whole.ids.prefix(40)))
      #expect(start.positions == whole.positions.filter { $0 < 40 })
      if masking.apply(to: Self.ids, draw: UInt64(draw + 100)) != whole { differing += 1 }
    }
    #expect(differing == 100, "dynamic masking")
    let other = self.masking(prefix: "validation.")
    #expect(other.apply(to: Self.ids, draw: 0) != masking.apply(to: Self.ids, draw: 0))
  }

  @Test("extreme shares: all guessed, all masked, all random, none changed")
  func extremes() {
    func result(_ mask: Double, _ random: Double) -> MaskedTokens {
      masking(PretrainingObjective(maskedShare: 1, maskShare: mask, randomShare: random))
        .apply(to: Self.ids, draw: 7)
    }
    let positions = (1..<Int32(Self.length) - 2).map { $0 }
    for (mask, random) in [(1.0, 0.0), (0, 1), (0, 0)] {
      #expect(result(mask, random).positions == positions)
    }
    #expect(result(1, 0).ids.count { $0 == 4 } == positions.count)
    #expect(result(0, 0).ids == Self.ids)
    #expect(zip(result(0, 1).ids, Self.ids).count { $0 != $1 } > 120)
  }

  @Test("whole words are guessed together or not at all, each with the probability")
  func wholeWords() {
    // Words of 1, 2 and 3 tokens in turn; the last token before [UNK] is a word alone.
    var words: [Range<Int>] = []
    while (words.last?.upperBound ?? 1) < Self.length - 6 {
      let start = words.last?.upperBound ?? 1
      words.append(start..<start + 1 + words.count % 3)
    }
    let found = words
    let masking = masking(PretrainingObjective(masking: .wholeWord)) { _ in found }
    var chosen = 0
    for draw in 0..<2_000 {
      let result = masking.apply(to: Self.ids, draw: UInt64(draw))
      let places = Set(result.positions)
      for word in words {
        let count = word.count { places.contains(Int32($0)) }
        #expect(count == 0 || count == word.count)
        if count > 0 { chosen += 1 }
      }
      #expect(places.isDisjoint(with: [0, Int32(Self.length - 2), Int32(Self.length - 1)]))
    }
    expectShare(chosen, of: 2_000 * words.count, 0.15, "words")
    // Without words it is masking by token.
    #expect(
      self.masking(PretrainingObjective(masking: .wholeWord)).apply(to: Self.ids, draw: 1)
        == self.masking().apply(to: Self.ids, draw: 1))
  }

  @Test("a tokenizer tells the words: continuations, and the Chinese words of a list")
  func tokenizerWords() throws {
    let text =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nplay\n##ing\n##s\n\u{5317}\n\u{4EAC}\n\u{5927}\n"
    let tokenizer = try WordPieceTokenizer(
      vocabulary: Vocabulary(text: Array(text.utf8)), settings: TokenizerSettings())
    let vocabulary = PretrainingVocabulary(tokenizer)
    #expect(vocabulary.size == 11 && vocabulary.special == [0, 1, 2, 3, 4])
    #expect(vocabulary.words([2, 5, 6, 7, 8, 9, 10, 3]) == [1..<4, 4..<5, 5..<6, 6..<7])
    let list = try ChineseWordList(text: Array("\u{5317}\u{4EAC}\n".utf8))
    let joined = PretrainingVocabulary(tokenizer, joinedBy: list)
    #expect(joined.words([2, 5, 6, 7, 8, 9, 10, 3]) == [1..<4, 4..<6, 6..<7])
  }

  @Test("the sites of masks and next sentences do not collide with each other")
  func sites() {
    #expect(PretrainingData.randomSites.count == 8)
    #expect(RandomSite.collision(among: PretrainingData.randomSites) == nil)
  }
}
