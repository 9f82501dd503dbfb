import Learning
import Tensors
import Testing

@Suite struct TokenMaskingTests {
  private static let length = 128

  /// [CLS], ordinary tokens, [SEP], and an [UNK] among them.
  private static let ids: [Int32] =
    [2] + (0..<length - 3).map { Int32(100 + $0) } + [1, 3]

  private func vocabulary(size: Int = 1_000, _ words: WordStarts? = nil) -> PretrainingVocabulary {
    PretrainingVocabulary(
      size: size, classification: 2, separator: 3, mask: 4, special: [0, 1, 2, 3, 4],
      words: words)
  }

  private func masking(
    _ objective: PretrainingObjective = PretrainingObjective(), size: Int = 1_000,
    _ words: WordStarts? = nil, prefix: String = ""
  ) -> TokenMasking {
    TokenMasking(objective, vocabulary(size: size, words), key: .test, prefix: prefix)
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
  func wholeWords() throws {
    // Even ids begin a word, odd ones go on; 200, 201, 202 are a word of the list.
    let words = WordStarts(
      continuations: (0..<1_000).map { $0 % 2 == 1 }, words: [[200, 201, 202], [200, 201]])
    #expect(
      words.marks([200, 201, 202, 203, 204, 205, 206])
        == [true, false, false, false, true, false, true])
    #expect(words.marks([200, 201, 204]) == [true, false, true])
    let masking = masking(PretrainingObjective(masking: .wholeWord), words)
    var chosen = 0
    for draw in 0..<2_000 {
      let result = masking.apply(to: Self.ids, draw: UInt64(draw))
      let places = Set(result.positions)
      let marks = words.marks(Self.ids)
      var isChosen = false
      for place in 1..<Self.length - 2 {
        let isStart = marks[place]
        if isStart { isChosen = places.contains(Int32(place)) }
        #expect(places.contains(Int32(place)) == isChosen)
        if isStart, isChosen { chosen += 1 }
      }
    }
    let all = WordStarts(continuations: (0..<1_000).map { $0 % 2 == 1 }, words: [[200, 201, 202]])
      .marks(Self.ids)[1..<Self.length - 2].count { $0 }
    expectShare(chosen, of: 2_000 * all, 0.15, "words")
  }

  @Test("the sites of masks and next sentences do not collide with each other")
  func sites() {
    #expect(PretrainingData.randomSites.count == 8)
    #expect(RandomSite.collision(among: PretrainingData.randomSites) == nil)
  }
}
