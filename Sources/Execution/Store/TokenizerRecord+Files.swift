internal import Experiments
internal import JSON
internal import Learning

extension TokenizerRecord {
  /// Version of the encoding, in every file; reading another one computes again.
  private static let formatVersion = 1

  /// Everything but the vocabulary.
  var json: CanonicalJSON {
    let settings = tokenizer.settings
    return .object([
      "format": .integer(Self.formatVersion),
      "result": result.json,
      "tokenizer": .members([
        "do_lower_case": .bool(settings.doLowerCase),
        "max_input_chars_per_word": .integer(settings.maxInputCharsPerWord),
        "never_split": .array(settings.neverSplit.map(CanonicalJSON.string)),
        "strip_accents": settings.stripAccents.map(CanonicalJSON.bool),
        "tokenize_chinese_chars": .bool(settings.tokenizeChineseChars),
      ]),
    ])
  }

  /// A record from its two files.
  init(_ node: JSONNode, vocabulary: [UInt8]) throws(JSONFault) {
    let format = try node.member("format")
    guard try format.integer() == Self.formatVersion else {
      throw JSONFault("tokenizers of format \(Self.formatVersion) are read", at: format.range)
    }
    let written = try node.member("tokenizer")
    let settings = TokenizerSettings(
      doLowerCase: try written.member("do_lower_case").bool(),
      stripAccents: try written.optionalMember("strip_accents")?.bool(),
      tokenizeChineseChars: try written.member("tokenize_chinese_chars").bool(),
      maxInputCharsPerWord: try written.member("max_input_chars_per_word").integer(),
      neverSplit: try written.member("never_split").array { item throws(JSONFault) in
        try item.string()
      })
    let tokenizer: WordPieceTokenizer
    do {
      tokenizer = try WordPieceTokenizer(
        vocabulary: Vocabulary(text: vocabulary), settings: settings)
    } catch {
      throw JSONFault("the vocabulary: \(error)", at: node.range)
    }
    self.init(tokenizer, result: try RunResult(try node.member("result")))
  }
}
