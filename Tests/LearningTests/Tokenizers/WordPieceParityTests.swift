import Learning
import Testing

/// Ids equal those of transformers' BertTokenizer.
@Suite struct WordPieceParityTests {
  @Test("every sentence has the ids that transformers gives it, cased and uncased")
  func sentences() throws {
    let fixture = try TokenizerFixture.load()
    let uncased = try TokenizerFixture.tokenizer()
    let cased = try TokenizerFixture.tokenizer(TokenizerSettings(doLowerCase: false))
    #expect(fixture.sentences.count == 200)
    for (index, sentence) in fixture.sentences.enumerated() {
      #expect(
        uncased.encode(sentence).ids == fixture.uncased[index], "\(sentence.debugDescription)")
      #expect(cased.encode(sentence).ids == fixture.cased[index], "\(sentence.debugDescription)")
    }
    for (ids, tokens) in zip(fixture.uncased, fixture.uncasedTokens) {
      #expect(ids.map { uncased.vocabulary.token($0) } == tokens)
    }
  }

  @Test("pairs are truncated to 24 tokens as transformers truncates them, with its types")
  func pairs() throws {
    let fixture = try TokenizerFixture.load()
    let tokenizer = try TokenizerFixture.tokenizer()
    let sequences = tokenizer.sequences(of: fixture.pairs.map { ($0.a, $0.b) }, maxLength: 24)
    #expect(sequences.count == 20)
    for (index, pair) in fixture.pairs.enumerated() {
      let range = sequences.range(of: index)
      let length = pair.mask.reduce(0, +)
      #expect(Array(sequences.ids[range]) == Array(pair.ids.prefix(length)))
      #expect(Array(sequences.types[range]) == Array(pair.types.prefix(length)))
      // The peer fills up; nothing but padding may follow.
      #expect(pair.ids.dropFirst(length).allSatisfy { $0 == tokenizer.vocabulary.padID })
    }
  }

  @Test("ids become the text that tokenizers makes of them, with and without special tokens")
  func decoding() throws {
    struct Decoded: Decodable {
      let whole: String
      let skipping: String
    }
    let fixture = try TokenizerFixture.load()
    let tokenizer = try TokenizerFixture.tokenizer()
    let decoded = try Fixture.load([Decoded].self, "wordpiece/decoded.json")
    #expect(decoded.count == fixture.uncased.count)
    for (ids, expected) in zip(fixture.uncased, decoded) {
      #expect(tokenizer.decode(ids) == expected.whole)
      #expect(tokenizer.decode(ids, skipSpecialTokens: true) == expected.skipping)
    }
  }

  @Test("canonical ordering, Hangul, Kelvin signs and removed characters meet as in the peer")
  func normalization() throws {
    // Two marks that stay, of classes 230 and 9, come in canonical order: U+1B44 before U+08D4.
    let ordered = try TokenizerFixture.tokenizer(of: "a\u{1B44}\u{8D4} k \u{1112}\u{1161}\u{11AB}")
    #expect(ordered.tokens(of: "a\u{8D4}\u{1B44}") == "a\u{1B44}\u{8D4}")
    #expect(ordered.tokens(of: "A\u{8D4}\u{301}\u{200D}\u{1B44}") == "a\u{1B44}\u{8D4}")
    // A mark of class 0 is stripped, but nothing moves across it.
    #expect(ordered.tokens(of: "a\u{8D4}\u{903}\u{1B44}") == "[UNK]")
    #expect(ordered.tokens(of: "a\u{8D4}\u{93A}\u{1B44}") == "[UNK]")
    #expect(ordered.tokens(of: "\u{212A} 한") == "k \u{1112}\u{1161}\u{11AB}")
    let cased = try TokenizerFixture.tokenizer(
      of: "a\u{8D4}\u{1B44} \u{D55C} i\u{307}", TokenizerSettings(stripAccents: false))
    #expect(cased.tokens(of: "a\u{8D4}\u{1B44} 한 \u{130}") == "a\u{8D4}\u{1B44} 한 i\u{307}")
    let split = try TokenizerFixture.tokenizer(
      of: "中文 中 ##文", TokenizerSettings(tokenizeChineseChars: false))
    #expect(split.tokens(of: "中文 中\u{AD}文文") == "中文 中文 ##文")
  }
}
