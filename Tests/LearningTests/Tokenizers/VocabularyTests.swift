import Learning
import Testing

@Suite struct VocabularyTests {
  private static let specials = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"

  private func error(
    _ text: [UInt8], _ limits: VocabularyLimits = VocabularyLimits()
  ) -> VocabularyError? {
    do throws(VocabularyError) {
      _ = try Vocabulary(text: text, limits: limits)
      return nil
    } catch { return error }
  }

  @Test("vocab.txt is read and written to the same bytes; marks and CRLF are not kept")
  func roundTrip() throws {
    let text = try TokenizerFixture.vocabularyText()
    let vocabulary = try Vocabulary(text: text)
    #expect(vocabulary.count == 243)
    #expect(vocabulary.text() == text)
    for id in 0..<Int32(vocabulary.count) {
      let token = try #require(vocabulary.token(id))
      #expect(vocabulary.id(of: token) == id)
      #expect(vocabulary.isContinuation(id) == token.hasPrefix("##"))
    }
    let marked = "\u{FEFF}" + String(decoding: text.dropLast(), as: UTF8.self)
    let windows = Array(marked.split(separator: "\n").joined(separator: "\r\n").utf8)
    #expect(try Vocabulary(text: windows) == vocabulary)
    #expect(try Vocabulary(tokens: (0..<243).compactMap { vocabulary.token($0) }) == vocabulary)
    let odd = try Vocabulary(tokens: ["\u{FEFF}x"] + SpecialToken.allCases.map(\.rawValue))
    #expect(try Vocabulary(text: odd.text()) == odd)
    #expect(vocabulary.token(-1) == nil && vocabulary.token(243) == nil)
    #expect(vocabulary.id(of: "") == nil && vocabulary.id(of: "##") == nil)
  }

  @Test("a vocabulary that breaks a rule is refused with the line that does")
  func errors() {
    let specials = Self.specials
    #expect(error([]) == .noTokens)
    #expect(error(Array("\u{FEFF}".utf8)) == .noTokens)
    #expect(error(Array((specials + "a\n\nb\n").utf8)) == .emptyToken(line: 7))
    #expect(error(Array((specials + "a\n").utf8) + [0xC3, 0x0A]) == .invalidUTF8(line: 7))
    #expect(error(Array((specials + "a\rb\n").utf8)) == .lineBreak(line: 6))
    #expect(
      error(Array((specials + "b\na\nb\na\na\n").utf8)) == .duplicate(token: "b", line: 8, first: 6)
    )
    #expect(error(Array("[PAD]\n[CLS]\na\n".utf8)) == .missing([.unknown, .separator, .mask]))
    #expect(error(Array((specials + "abcdef").utf8), VocabularyLimits(tokenBytes: 6)) == nil)
    #expect(
      error(Array((specials + "abcdefg").utf8), VocabularyLimits(tokenBytes: 6))
        == .tokenTooLong(line: 6, limit: 6))
    #expect(error(Array(specials.utf8), VocabularyLimits(tokens: 4)) == .tooManyTokens(limit: 4))
    #expect(error(Array(specials.utf8), VocabularyLimits(bytes: 8)) == .tooManyBytes(limit: 8))
    #expect(throws: VocabularyError.lineBreak(line: 1)) { try Vocabulary(tokens: ["a\nb"]) }
    #expect(throws: VocabularyError.noTokens) { try Vocabulary(tokens: []) }
  }

  @Test("errors name rule, place and way out")
  func descriptions() {
    #expect(
      "\(VocabularyError.duplicate(token: "a", line: 8, first: 6))"
        == "line 8 of the vocabulary repeats `a` of line 6")
    #expect(
      "\(VocabularyError.missing([.mask]))"
        == "the vocabulary lacks [MASK]: BERT needs [PAD], [UNK], [CLS], [SEP], [MASK]")
    let long = VocabularyError.duplicate(
      token: String(repeating: "x", count: 500), line: 2, first: 1)
    #expect("\(long)".count < 200)
  }

  @Test("tokens that share beginnings, and their continuations, are told apart")
  func lookups() throws {
    let tokens = ["a", "ab", "abc", "##a", "##ab", "##", "###", "b", "ac", "é", "##é", "中", "a中"]
    let vocabulary = try Vocabulary(tokens: SpecialToken.allCases.map(\.rawValue) + tokens)
    for (index, token) in tokens.enumerated() {
      #expect(vocabulary.id(of: token) == Int32(index + 5), "\(token)")
    }
    for other in ["##b", "abcd", "a中a", "\u{E8}", "[pad]", "#"] {
      #expect(vocabulary.id(of: other) == nil, "\(other)")
    }
    #expect(vocabulary.maskID == 4 && vocabulary.padID == 0 && vocabulary.isSpecial(2))
    #expect(!vocabulary.isSpecial(5) && !vocabulary.isSpecial(-1))
  }
}
