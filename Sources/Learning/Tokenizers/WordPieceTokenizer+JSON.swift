internal import JSON

extension WordPieceTokenizer {
  /// The `tokenizer.json` of the tokenizer: what tokenizers 0.23 writes for it, and a line feed.
  ///
  /// Control characters are escaped more often, and tokens that are never split are not `special`:
  /// they are words.
  package func json() -> [UInt8] {
    let added =
      SpecialToken.allCases.map { vocabulary[$0] }
      + settings.neverSplit.compactMap { vocabulary.id(of: $0) }
    let tokens = Set(added).sorted().map(addedToken)
    let members: [(String, CanonicalJSON)] = [
      ("version", .string("1.0")), ("truncation", .null), ("padding", .null),
      ("added_tokens", .array(tokens)), ("normalizer", normalizer),
      ("pre_tokenizer", .ordered([("type", .string("BertPreTokenizer"))])),
      ("post_processor", template), ("decoder", decoder), ("model", model),
    ]
    return Array(CanonicalJSON.ordered(members).text.utf8)
  }

  private var normalizer: CanonicalJSON {
    .ordered([
      ("type", .string("BertNormalizer")), ("clean_text", .bool(true)),
      ("handle_chinese_chars", .bool(settings.tokenizeChineseChars)),
      ("strip_accents", settings.stripAccents.map(CanonicalJSON.bool) ?? .null),
      ("lowercase", .bool(settings.doLowerCase)),
    ])
  }

  private var decoder: CanonicalJSON {
    .ordered([
      ("type", .string("WordPiece")), ("prefix", .string(Vocabulary.continuationPrefix)),
      ("cleanup", .bool(true)),
    ])
  }

  private func addedToken(_ id: Int32) -> CanonicalJSON {
    .ordered([
      ("id", .integer(Int(id))), ("content", .string(vocabulary.token(id) ?? "")),
      ("single_word", .bool(false)), ("lstrip", .bool(false)), ("rstrip", .bool(false)),
      ("normalized", .bool(false)), ("special", .bool(vocabulary.isSpecial(id))),
    ])
  }

  private var template: CanonicalJSON {
    func piece(_ kind: String, _ id: String, _ type: Int) -> CanonicalJSON {
      .ordered([(kind, .ordered([("id", .string(id)), ("type_id", .integer(type))]))])
    }
    func special(_ token: SpecialToken) -> (String, CanonicalJSON) {
      let name = CanonicalJSON.string(token.rawValue)
      let id = CanonicalJSON.integer(Int(vocabulary[token]))
      return (
        token.rawValue, .ordered([("id", name), ("ids", .array([id])), ("tokens", .array([name]))])
      )
    }
    let single = [
      piece("SpecialToken", "[CLS]", 0), piece("Sequence", "A", 0),
      piece("SpecialToken", "[SEP]", 0),
    ]
    let second = [piece("Sequence", "B", 1), piece("SpecialToken", "[SEP]", 1)]
    return .ordered([
      ("type", .string("TemplateProcessing")), ("single", .array(single)),
      ("pair", .array(single + second)),
      ("special_tokens", .ordered([special(.classification), special(.separator)])),
    ])
  }

  private var model: CanonicalJSON {
    let vocabulary = (0..<Int32(vocabulary.count)).map { id in
      (self.vocabulary.token(id) ?? "", CanonicalJSON.integer(Int(id)))
    }
    return .ordered([
      ("type", .string("WordPiece")), ("unk_token", .string(SpecialToken.unknown.rawValue)),
      ("continuing_subword_prefix", .string(Vocabulary.continuationPrefix)),
      ("max_input_chars_per_word", .integer(settings.maxInputCharsPerWord)),
      ("vocab", .ordered(vocabulary)),
    ])
  }
}
