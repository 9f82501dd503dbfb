import Learning
import Testing

@Suite struct WordPieceTokenizerTests {
  @Test("the longest token wins, and a word that cannot be spelled is one [UNK]")
  func greedy() throws {
    let tokenizer = try TokenizerFixture.tokenizer(of: "un unaff ##a ##aff ##able ##ffable x")
    #expect(tokenizer.tokens(of: "unaffable") == "unaff ##able")
    #expect(tokenizer.tokens(of: "unaa x unb") == "un ##a ##a x [UNK]")
    // Greedy: unaff leaves ##ab, which nothing spells, though un ##a … might.
    #expect(tokenizer.tokens(of: "unaffab") == "[UNK]")
    #expect(tokenizer.ids(of: "").isEmpty)
  }

  @Test("a word has at most max_input_chars_per_word characters, counted after normalisation")
  func longWords() throws {
    let settings = TokenizerSettings(maxInputCharsPerWord: 5)
    let tokenizer = try TokenizerFixture.tokenizer(of: "a ##a é ##é", settings)
    #expect(tokenizer.tokens(of: "aaaaa aaaaaa") == "a ##a ##a ##a ##a [UNK]")
    #expect(tokenizer.tokens(of: "a\u{301}a\u{301}a\u{301}a\u{301}a\u{301}") == "a ##a ##a ##a ##a")
    let accents = TokenizerSettings(stripAccents: false, maxInputCharsPerWord: 5)
    let kept = try TokenizerFixture.tokenizer(of: "a ##a é ##é", accents)
    #expect(kept.tokens(of: "ééééé éééééé") == "é ##é ##é ##é ##é [UNK]")
    for characters in [0, -1, TokenizerSettings.longestWordLimit + 1] {
      #expect(throws: TokenizerError.longestWordOutOfRange(characters)) {
        try TokenizerFixture.tokenizer(
          of: "a", TokenizerSettings(maxInputCharsPerWord: characters))
      }
    }
  }

  @Test("special tokens and those never split are found as they stand, the longest first")
  func neverSplit() throws {
    let settings = TokenizerSettings(neverSplit: ["<br>", "<br><br>", "İx", "[MASK]"])
    let tokenizer = try TokenizerFixture.tokenizer(of: "<br> <br><br> İx a < br", settings)
    #expect(tokenizer.tokens(of: "a<br><br><br>a<BR") == "a <br><br> <br> a < br")
    #expect(
      tokenizer.tokens(of: "aİx[MASK]a [mask] [MASK")
        == "a İx [MASK] a [UNK] [UNK] [UNK] [UNK] [UNK]")
    #expect(throws: TokenizerError.notInVocabulary(neverSplit: "no")) {
      try TokenizerFixture.tokenizer(of: "a", TokenizerSettings(neverSplit: ["no"]))
    }
    #expect(throws: TokenizerError.notInVocabulary(neverSplit: "")) {
      try TokenizerFixture.tokenizer(of: "a", TokenizerSettings(neverSplit: [""]))
    }
  }

  @Test("bytes that are not UTF-8 are passed over, whatever stands around them")
  func illFormed() throws {
    let tokenizer = try TokenizerFixture.tokenizer(of: "ab a b")
    for noise: [UInt8] in [
      [0xFF], [0xC3], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ] {
      let text = [UInt8(ascii: "a")] + noise + [UInt8(ascii: "b")]
      var ids: [Int32] = []
      text.withUnsafeBufferPointer { tokenizer.appendIDs(of: $0, to: &ids) }
      #expect(ids == tokenizer.ids(of: "ab"), "\(noise)")
      ids.removeAll()
      noise.withUnsafeBufferPointer { tokenizer.appendIDs(of: $0, to: &ids) }
      #expect(ids.isEmpty, "\(noise)")
    }
  }

  @Test("a truncated sequence has the length asked for, and its texts are beginnings")
  func truncation() throws {
    let tokenizer = try TokenizerFixture.tokenizer()
    let text = "the model learns the data of the training batch"
    let other = "a token"
    let (whole, wholeOther) = (tokenizer.ids(of: text), tokenizer.ids(of: other))
    for length in [.min, -1] + Array(0...30) + [.max] {
      let single = tokenizer.encode(text, maxLength: length)
      #expect(single.ids.count == max(2, min(length, whole.count + 2)))
      #expect(single.types == Array(repeating: 0, count: single.ids.count))
      #expect(whole.starts(with: single.ids.dropFirst().dropLast()))
      for (first, second, a, b) in [
        (text, other, whole, wholeOther), (other, text, wholeOther, whole),
      ] {
        let pair = tokenizer.encode(first, second, maxLength: length)
        #expect(pair.ids.count == max(3, min(length, a.count + b.count + 3)))
        let firsts = pair.types.filter { $0 == 0 }.count
        #expect(pair.ids[firsts - 1] == tokenizer.vocabulary.separatorID)
        #expect(a.starts(with: pair.ids[1..<firsts - 1]))
        #expect(b.starts(with: pair.ids[firsts...].dropLast()))
        let (kept, keptOther) = (firsts - 2, pair.ids.count - firsts - 1)
        if kept < a.count, keptOther < b.count { #expect(abs(kept - keptOther) <= 1) }
      }
    }
  }

  @Test("decoded ids of clean text encode to the same ids")
  func decoding() throws {
    let fixture = try TokenizerFixture.load()
    let tokenizer = try TokenizerFixture.tokenizer()
    for ids in fixture.uncased {
      let text = tokenizer.decode(ids, skipSpecialTokens: true)
      let known = ids.filter { !tokenizer.vocabulary.isSpecial($0) }
      #expect(
        tokenizer.ids(of: text) == known || ids.contains(tokenizer.vocabulary.unknownID), "\(text)")
    }
    let words = try TokenizerFixture.tokenizer(of: "it 's ##s . , don 't n't a#b")
    let ids = words.vocabulary.id(of: "##s").map { [$0] } ?? []
    #expect(words.decode(ids + ids) == "##ss")
    #expect(words.decode(words.ids(of: "it . it , it"), skipSpecialTokens: true) == "it. it, it")
    #expect(words.decode([2, 5, 6, 3, -1, 999]) == "[CLS] it's [SEP]")
    #expect(words.decode([2, 5, 6, 3], skipSpecialTokens: true) == "it's")
  }

  @Test("words are tokens with their continuations, joined over Chinese characters by a list")
  func wholeWords() throws {
    let tokenizer = try TokenizerFixture.tokenizer(of: "un ##aff ##able 北 京 大 学 生 x ##x")
    let list = try ChineseWordList(text: Array("北京\n北京大学\n大学生\n\n京\n北京\n".utf8))
    #expect(list.count == 3)
    let ids = tokenizer.encode("unaffable 北京大学生 x北xx大学生q").ids
    // [CLS] un ##aff ##able 北 京 大 学 生 x 北 x ##x 大 学 生 [UNK] [SEP]
    let single = tokenizer.words(in: ids)
    #expect(
      single == [1..<4] + (4..<11).map { $0..<$0 + 1 } + [11..<13] + (13..<17).map { $0..<$0 + 1 })
    let joined = tokenizer.words(in: ids, joinedBy: list)
    #expect(joined == [1..<4, 4..<8, 8..<9, 9..<10, 10..<11, 11..<13, 13..<16, 16..<17])
    #expect(tokenizer.words(in: [Int32]()).isEmpty)
    // A continuation after a special token continues nothing.
    let orphan = try #require(tokenizer.vocabulary.id(of: "##x"))
    #expect(tokenizer.words(in: [2, orphan, orphan, 3]) == [1..<3])
  }

  @Test("a word list says which line is none")
  func wordListErrors() {
    func error(_ text: [UInt8], _ limits: VocabularyLimits = VocabularyLimits())
      -> ChineseWordListError?
    {
      do throws(ChineseWordListError) {
        _ = try ChineseWordList(text: text, limits: limits)
        return nil
      } catch { return error }
    }
    #expect(error(Array("北京\nab\n".utf8)) == .notAWord(line: 2, limit: 1 << 16))
    #expect(error([0xE5, 0x8C]) == .invalidUTF8(line: 1))
    #expect(error(Array("北\n\n".utf8)) == .noWords)
    #expect(error([]) == .noWords)
    #expect(error(Array("北京\r\n".utf8)) == nil)
    #expect(error(Array("北京\n大学\n".utf8), VocabularyLimits(tokens: 1)) == .tooManyWords(limit: 1))
    #expect(error(Array("北京\n".utf8), VocabularyLimits(bytes: 3)) == .tooManyBytes(limit: 3))
  }
}
