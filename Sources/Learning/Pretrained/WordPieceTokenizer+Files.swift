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
      PretrainedFile(name: PretrainedFolder.tokenizerName, bytes: json()),
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

  private func config(_ longestSequence: Int) -> [String: CanonicalJSON] {
    var members = Self.roles
    members["do_lower_case"] = .bool(settings.doLowerCase)
    members["model_max_length"] = .integer(longestSequence)
    if !settings.neverSplit.isEmpty {
      members["never_split"] = .array(settings.neverSplit.map(CanonicalJSON.string))
    }
    members["strip_accents"] = settings.stripAccents.map(CanonicalJSON.bool) ?? .null
    members["tokenize_chinese_chars"] = .bool(settings.tokenizeChineseChars)
    members["tokenizer_class"] = .string("BertTokenizer")
    return members
  }
}
