import JSON
import Learning
import Testing

/// The files of a tokenizer say what it does.
@Suite struct TokenizerFilesTests {
  /// Two spellings of one letter among them, which are two tokens.
  private static let tokens =
    SpecialToken.allCases.map(\.rawValue) + ["a", "##b", "\"", "\\", "\u{C5}", "A\u{30A}", "[X]"]

  private func files(_ settings: TokenizerSettings) throws -> [String: JSONNode] {
    let tokenizer = try WordPieceTokenizer(
      vocabulary: Vocabulary(tokens: Self.tokens), settings: settings)
    let files = tokenizer.files(longestSequence: 64)
    #expect(
      files.map(\.name) == [
        "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt",
      ])
    #expect(files.last?.bytes == tokenizer.vocabulary.text())
    var nodes: [String: JSONNode] = [:]
    for file in files.dropLast() {
      nodes[file.name] = try JSONParser.parse(file.bytes, path: file.name)
    }
    return nodes
  }

  @Test("tokenizer.json holds every token once, in order of the ids")
  func vocabulary() throws {
    let node = try #require(try files(TokenizerSettings())["tokenizer.json"])
    guard case .object(let members) = try node.member("model").member("vocab").value else {
      Issue.record("the vocabulary is an object")
      return
    }
    #expect(try members.map { try $0.node.integer() } == Array(Self.tokens.indices))
    for (member, token) in zip(members, Self.tokens) {
      #expect(member.key.utf8.elementsEqual(token.utf8))
    }
  }

  @Test("settings are in tokenizer.json and in tokenizer_config.json")
  func settings() throws {
    let cased = TokenizerSettings(
      doLowerCase: false, stripAccents: true, tokenizeChineseChars: false,
      maxInputCharsPerWord: 50, neverSplit: ["[X]", "[MASK]", "[X]"])
    let nodes = try files(cased)
    let tokenizer = try #require(nodes["tokenizer.json"])
    let normalizer = try tokenizer.member("normalizer")
    #expect(try normalizer.member("lowercase").bool() == false)
    #expect(try normalizer.member("strip_accents").bool())
    #expect(try normalizer.member("handle_chinese_chars").bool() == false)
    #expect(try tokenizer.member("model").member("max_input_chars_per_word").integer() == 50)
    let added = try tokenizer.member("added_tokens").array { node throws(JSONFault) in
      try node.member("content").string() + "\(try node.member("special").bool())"
    }
    #expect(added == SpecialToken.allCases.map { $0.rawValue + "true" } + ["[X]false"])
    let config = try #require(nodes["tokenizer_config.json"])
    #expect(try config.member("do_lower_case").bool() == false)
    #expect(try config.member("model_max_length").integer() == 64)
    #expect(try config.member("mask_token").string() == "[MASK]")
    #expect(
      try config.member("never_split").array { node throws(JSONFault) in try node.string() }
        == ["[X]", "[MASK]", "[X]"])
    #expect(try #require(nodes["special_tokens_map.json"]).member("cls_token").string() == "[CLS]")
  }
}
