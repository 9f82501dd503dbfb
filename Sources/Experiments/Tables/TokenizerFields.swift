extension TokenizerSpec {
  /// Where the vocabulary comes from, by the key that chooses it.
  static let tables = VariantTables<TokenizerSpec>(
    name: "tokenizer",
    alternatives: [
      .init(
        key: "wordpiece", TrainedTokenizerSpec.table, { .trained($0) },
        { if case .trained(let s) = $0 { s } else { nil } }),
      .init(
        key: "vocab", VocabularySpec.table, { .vocabulary($0) },
        { if case .vocabulary(let s) = $0 { s } else { nil } }),
      .init(
        key: "pretrained", PretrainedTokenizerSpec.table, { .pretrained($0) },
        { if case .pretrained(let s) = $0 { s } else { nil } }),
    ],
    laterKeys: ["bpe", "unigram"], laterValues: [])

  /// What a `tokenizer` block, or a tokenizer in place, holds.
  static let type = tables.type
}

extension TrainedTokenizerSpec {
  static let table = FieldTable(
    "wordpiece", "WordPiece learned from the training part of a data set",
    defaults: TrainedTokenizerSpec(),
    fields: [
      Field(
        "wordpiece", \.wordpiece, .group(WordPieceSpec.table), "what the vocabulary is to be",
        required: true),
      Field(
        "data", \.data, .reference(.dataset, inline: DatasetSpec.type),
        "what to learn from: name of a `dataset` block of texts, or one in place",
        aliases: ["dataset", "corpus", "files"], required: true),
    ])
}

extension WordPieceSpec {
  static let table = FieldTable(
    "vocabulary", "pieces of words joined by likelihood; Schuster and Nakajima 2012",
    defaults: WordPieceSpec(),
    fields: [
      Field(
        "vocab_size", \.vocabSize, .integer(6...1_000_000),
        "tokens at most, special ones included"),
      Field(
        "min_frequency", \.minFrequency, .integer(1...ValueLimits.count),
        "fewest times that a pair occurs to be joined"),
      Field(
        "limit_alphabet", \.limitAlphabet, .integer(1...1_000_000),
        "characters kept at most, the most frequent first"),
    ] + normalization(WordPieceSpec.self))
}

private func normalization<Spec: TextNormalization>(_: Spec.Type) -> [Field<Spec>] {
  [
    Field(
      "do_lower_case", \.doLowerCase, .flag, "make letters small", aliases: ["lowercase"]),
    Field(
      "strip_accents", \.stripAccents, .optional(.flag), "take accents away",
      default: "as `do_lower_case`"),
    Field(
      "tokenize_chinese_chars", \.tokenizeChineseChars, .flag,
      "make each Chinese character a word", aliases: ["handle_chinese_chars"]),
  ]
}

extension VocabularySpec {
  static let table = FieldTable(
    "vocab", "WordPiece with the vocabulary of a file", defaults: VocabularySpec(),
    fields: [
      Field(
        "vocab", \.vocab, .filePath, "a `vocab.txt`: a token a line, in order of the ids",
        aliases: ["vocab_file"], required: true)
    ] + normalization(VocabularySpec.self))
}

extension PretrainedTokenizerSpec {
  static let table = FieldTable(
    "pretrained_tokenizer", "the tokenizer of a Hugging Face folder",
    defaults: PretrainedTokenizerSpec(),
    fields: [
      Field(
        "pretrained", \.pretrained, .filePath,
        "the folder, relative to the project root, with `vocab.txt` or `tokenizer.json`",
        aliases: ["from_pretrained"], required: true)
    ])
}
