internal import JSON

extension WordPieceTokenizer {
  /// The files from which transformers makes this tokenizer: `special_tokens_map.json`,
  /// `tokenizer.json` (the fast one), `tokenizer_config.json` and `vocab.txt`.
  ///
  /// - Parameter longestSequence: tokens that the model has positions for.
  package func files(longestSequence: Int) -> [PretrainedFile] {
    [
      PretrainedFile(
        name: "special_tokens_map.json", bytes: Array(CanonicalJSON.object(Self.roles).text.utf8)),
      PretrainedFile(name: PretrainedFolder.tokenizerName, bytes: Array(json.utf8)),
      PretrainedFile(
        name: PretrainedFolder.tokenizerConfigName,
        bytes: Array(CanonicalJSON.object(config(longestSequence)).text.utf8)),
      PretrainedFile(name: PretrainedFolder.vocabularyName, bytes: vocabulary.text()),
    ]
  }

  /// What the special tokens are for, by transformers' names.
  private static let roles: [String: CanonicalJSON] = [
    "cls_token": .string(SpecialToken.classification.rawValue),
    "mask_token": .string(SpecialToken.mask.rawValue),
    "pad_token": .string(SpecialToken.pad.rawValue),
    "sep_token": .string(SpecialToken.separator.rawValue),
    "unk_token": .string(SpecialToken.unknown.rawValue),
  ]

  private var stripAccents: CanonicalJSON {
    settings.stripAccents.map(CanonicalJSON.bool) ?? .null
  }

  private func config(_ longestSequence: Int) -> [String: CanonicalJSON] {
    var members = Self.roles
    members["do_lower_case"] = .bool(settings.doLowerCase)
    members["model_max_length"] = .integer(longestSequence)
    if !settings.neverSplit.isEmpty {
      members["never_split"] = .array(settings.neverSplit.map(CanonicalJSON.string))
    }
    members["strip_accents"] = stripAccents
    members["tokenize_chinese_chars"] = .bool(settings.tokenizeChineseChars)
    members["tokenizer_class"] = .string("BertTokenizer")
    return members
  }

  /// `tokenizer.json`: the vocabulary last and in order of the ids, which a sorted object has not.
  private var json: String {
    var members: [(String, CanonicalJSON)] = [
      ("version", .string("1.0")), ("truncation", .null), ("padding", .null),
      ("added_tokens", .array(addedTokens)),
      (
        "normalizer",
        .object([
          "type": .string("BertNormalizer"), "clean_text": .bool(true),
          "handle_chinese_chars": .bool(settings.tokenizeChineseChars),
          "strip_accents": stripAccents, "lowercase": .bool(settings.doLowerCase),
        ])
      ),
      ("pre_tokenizer", .object(["type": .string("BertPreTokenizer")])),
      ("post_processor", .object(template)),
      (
        "decoder",
        .object([
          "type": .string("WordPiece"), "prefix": .string(Vocabulary.continuationPrefix),
          "cleanup": .bool(true),
        ])
      ),
    ]
    members.append(
      (
        "model",
        .ordered([
          ("type", .string("WordPiece")), ("unk_token", .string(SpecialToken.unknown.rawValue)),
          ("continuing_subword_prefix", .string(Vocabulary.continuationPrefix)),
          ("max_input_chars_per_word", .integer(settings.maxInputCharsPerWord)),
          ("vocab", .ordered(tokens.enumerated().map { ($0.element, .integer($0.offset)) })),
        ])
      ))
    return CanonicalJSON.ordered(members).text
  }

  private var tokens: [String] { (0..<Int32(vocabulary.count)).compactMap(vocabulary.token) }

  /// The special tokens and those that are never split, each found in the text before anything else.
  private var addedTokens: [CanonicalJSON] {
    let special = SpecialToken.allCases.map { (Int(vocabulary[$0]), $0.rawValue, true) }
    let others = settings.neverSplit.compactMap { token in
      vocabulary.id(of: token).map { (Int($0), token, false) }
    }.filter { !vocabulary.isSpecial(Int32($0.0)) }
    var last = -1
    return (special + others).sorted { $0.0 < $1.0 }.compactMap { id, content, isSpecial in
      if id == last { return nil }
      last = id
      return .object([
        "id": .integer(id), "content": .string(content), "single_word": .bool(false),
        "lstrip": .bool(false), "rstrip": .bool(false), "normalized": .bool(false),
        "special": .bool(isSpecial),
      ])
    }
  }

  /// `[CLS] A [SEP]`, and `[CLS] A [SEP] B [SEP]` with B and its end of type 1.
  private var template: [String: CanonicalJSON] {
    let (start, end) = (SpecialToken.classification, SpecialToken.separator)
    func special(_ token: SpecialToken, type: Int) -> CanonicalJSON {
      .object([
        "SpecialToken": .object(["id": .string(token.rawValue), "type_id": .integer(type)])
      ])
    }
    func sequence(_ name: String, type: Int) -> CanonicalJSON {
      .object(["Sequence": .object(["id": .string(name), "type_id": .integer(type)])])
    }
    let single = [special(start, type: 0), sequence("A", type: 0), special(end, type: 0)]
    let tokens = [start, end].map { token in
      (
        token.rawValue,
        CanonicalJSON.object([
          "id": .string(token.rawValue), "ids": .array([.integer(Int(vocabulary[token]))]),
          "tokens": .array([.string(token.rawValue)]),
        ])
      )
    }
    return [
      "type": .string("TemplateProcessing"), "single": .array(single),
      "pair": .array(single + [sequence("B", type: 1), special(end, type: 1)]),
      "special_tokens": .object(Dictionary(uniqueKeysWithValues: tokens)),
    ]
  }
}
