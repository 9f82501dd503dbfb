package import JSON

/// Why a `tokenizer.json` is not that of a BERT tokenizer.
package enum TokenizerFileError: Error, Sendable {
  case tooManyBytes(limit: Int)
  /// No JSON, or JSON of another shape.
  case json(JSONFault)
  /// A part of the pipeline that is not BERT's; the fault says which and what was expected.
  case foreign(JSONFault)
  case vocabulary(VocabularyError)
  case tokenizer(TokenizerError)
}

extension TokenizerFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooManyBytes(let limit): "the tokenizer has more than \(limit) bytes"
    case .json(let fault): "\(fault)"
    case .foreign(let fault): "\(fault); only BERT's WordPiece tokenizers are read"
    case .vocabulary(let error): "\(error) (a token's line is its id and one)"
    case .tokenizer(let error): "\(error)"
    }
  }
}

/// `tokenizer.json`, as Hugging Face's tokenizers and transformers read and write it.
extension WordPieceTokenizer {
  /// Reads a `tokenizer.json` whose pipeline is that of BertTokenizer.
  ///
  /// BertNormalizer, BertPreTokenizer, WordPiece, a template (or BertProcessing) of `[CLS]` and
  /// `[SEP]`, WordPiece's decoder. Its truncation and padding are passed over: whoever encodes says
  /// how long sequences may be.
  ///
  /// - Parameter path: how messages name the file.
  package init(
    json bytes: [UInt8], path: String = "tokenizer.json",
    limits: VocabularyLimits = VocabularyLimits()
  ) throws(TokenizerFileError) {
    if bytes.count > limits.bytes { throw .tooManyBytes(limit: limits.bytes) }
    let reader = try TokenizerFileReader(bytes, path: path, limits: limits)
    do {
      try self.init(vocabulary: reader.vocabulary, settings: reader.settings)
    } catch { throw .tokenizer(error) }
  }
}

/// The parts of a `tokenizer.json`.
private struct TokenizerFileReader {
  let vocabulary: Vocabulary
  private(set) var settings = TokenizerSettings()

  init(
    _ bytes: [UInt8], path: String, limits: VocabularyLimits
  ) throws(TokenizerFileError) {
    let file: JSONNode
    let tokens: [String]
    do {
      file = try JSONParser.parse(bytes, path: path)
      tokens = try Self.tokens(of: file, limits: limits)
    } catch { throw .json(error) }
    do {
      vocabulary = try Vocabulary(tokens: tokens, limits: limits)
    } catch { throw .vocabulary(error) }
    try readModel(file)
    try readNormalizer(file)
    try Self.expectType("BertPreTokenizer", of: "pre_tokenizer", in: file)
    try readPostProcessor(file)
    let decoder = try Self.expectType("WordPiece", of: "decoder", in: file)
    try Self.expect("decoder", "prefix", Vocabulary.continuationPrefix, in: decoder)
    try Self.expect("decoder", "cleanup", true, in: decoder)
    try readAddedTokens(file)
  }

  /// The vocabulary in the order of its ids, which must be 0, 1, 2 and so on.
  private static func tokens(
    of file: JSONNode, limits: VocabularyLimits
  ) throws(JSONFault) -> [String] {
    let model = try file.member("model")
    let node = try model.member("vocab")
    guard case .object(let members) = node.value else {
      throw JSONFault("the vocabulary is an object: token and id", at: node.range)
    }
    guard members.count <= limits.tokens else {
      throw JSONFault("a vocabulary has at most \(limits.tokens) tokens", at: node.range)
    }
    var tokens = [String?](repeating: nil, count: members.count)
    for member in members {
      let id = try member.node.integer()
      guard tokens.indices.contains(id) else {
        throw JSONFault(
          "ids of \(members.count) tokens are from 0 to \(members.count - 1)",
          at: member.node.range)
      }
      guard tokens[id] == nil else {
        throw JSONFault("another token has this id", at: member.node.range)
      }
      tokens[id] = member.key
    }
    return tokens.compactMap(\.self)
  }

  private mutating func readModel(_ file: JSONNode) throws(TokenizerFileError) {
    let model = try Self.expectType("WordPiece", of: "model", in: file)
    try Self.expect("model", "unk_token", SpecialToken.unknown.rawValue, in: model)
    let prefix = Vocabulary.continuationPrefix
    try Self.expect("model", "continuing_subword_prefix", prefix, in: model)
    settings.maxInputCharsPerWord = try Self.read { () throws(JSONFault) in
      try model.member("max_input_chars_per_word").integer()
    }
  }

  private mutating func readNormalizer(_ file: JSONNode) throws(TokenizerFileError) {
    let normalizer = try Self.expectType("BertNormalizer", of: "normalizer", in: file)
    try Self.expect("normalizer", "clean_text", true, in: normalizer)
    (settings.tokenizeChineseChars, settings.doLowerCase, settings.stripAccents) = try Self.read {
      () throws(JSONFault) in
      let strip = try normalizer.member("strip_accents")
      var stripAccents: Bool?
      if case .null = strip.value {} else { stripAccents = try strip.bool() }
      return (
        try normalizer.member("handle_chinese_chars").bool(),
        try normalizer.member("lowercase").bool(), stripAccents
      )
    }
  }

  private func readPostProcessor(_ file: JSONNode) throws(TokenizerFileError) {
    let node = try Self.read { () throws(JSONFault) in try file.member("post_processor") }
    let ids = [SpecialToken.classification, .separator].map { Int(vocabulary[$0]) }
    if try Self.read({ () throws(JSONFault) in try Self.type(of: node) }) == "BertProcessing" {
      for (key, special) in [("cls", SpecialToken.classification), ("sep", .separator)] {
        let found = try Self.read { () throws(JSONFault) in
          try node.member(key).array { part throws(JSONFault) in
            if case .string(let name) = part.value { return name }
            return String(try part.integer())
          }
        }
        if found != [special.rawValue, String(vocabulary[special])] {
          throw Self.foreign("`post_processor.\(key)` is the token \(special.rawValue)", node)
        }
      }
      return
    }
    try Self.expectType("TemplateProcessing", of: "post_processor", in: file)
    let (single, pair, found) = try Self.read { () throws(JSONFault) in
      let special = try node.member("special_tokens")
      return (
        try Self.template(node.member("single")), try Self.template(node.member("pair")),
        try special.member("[CLS]").member("ids").integers()
          + special.member("[SEP]").member("ids").integers()
      )
    }
    guard single == ["[CLS]:0", "A:0", "[SEP]:0"],
      pair == ["[CLS]:0", "A:0", "[SEP]:0", "B:1", "[SEP]:1"], found == ids
    else {
      throw Self.foreign(
        "`post_processor` makes `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`, the last two of type 1",
        node)
    }
  }

  /// The pieces of a template, each with its type.
  private static func template(_ node: JSONNode) throws(JSONFault) -> [String] {
    try node.array { piece throws(JSONFault) in
      let special = try piece.optionalMember("SpecialToken")
      let part: JSONNode
      if let special { part = special } else { part = try piece.member("Sequence") }
      return "\(try part.member("id").string()):\(try part.member("type_id").integer())"
    }
  }

  /// The special tokens must be there, found in texts as they stand; others are never split.
  private mutating func readAddedTokens(_ file: JSONNode) throws(TokenizerFileError) {
    var added: [String] = []
    let nodes = try Self.read { () throws(JSONFault) in
      let node = try file.member("added_tokens")
      return (node, try node.array { token throws(JSONFault) in token })
    }
    for node in nodes.1 {
      let (content, id) = try Self.read { () throws(JSONFault) in
        (try node.member("content").string(), try node.member("id").integer())
      }
      for key in ["single_word", "lstrip", "rstrip", "normalized"] {
        try Self.expect("added_tokens", key, false, in: node)
      }
      if SpecialToken(rawValue: content) != nil {
        try Self.expect("added_tokens", "special", true, in: node)
      }
      guard vocabulary.id(of: content).map(Int.init) == id else {
        throw Self.foreign("an added token is in the vocabulary, with the same id", node)
      }
      added.append(content)
    }
    let known = Set(added.map { Array($0.utf8) })
    for special in SpecialToken.allCases where !known.contains(Array(special.rawValue.utf8)) {
      throw Self.foreign("`added_tokens` has \(special.rawValue)", nodes.0)
    }
    settings.neverSplit = added.filter { SpecialToken(rawValue: $0) == nil }
  }

  // MARK: What BERT's pipeline has

  @discardableResult
  private static func expectType(
    _ type: String, of part: String, in file: JSONNode
  ) throws(TokenizerFileError) -> JSONNode {
    let (node, found) = try read { () throws(JSONFault) in
      let node = try file.member(part)
      return (node, try Self.type(of: node))
    }
    if found != type { throw foreign("`\(part)` is \(type)", node) }
    return node
  }

  /// The type of a part; a part that is null has the type `null`.
  private static func type(of part: JSONNode) throws(JSONFault) -> String {
    if case .null = part.value { return "null" }
    return try part.member("type").string()
  }

  private static func expect(
    _ part: String, _ key: String, _ expected: Bool, in node: JSONNode
  ) throws(TokenizerFileError) {
    let value = try read { () throws(JSONFault) in try node.member(key) }
    if try read({ () throws(JSONFault) in try value.bool() }) != expected {
      throw foreign("`\(part).\(key)` is `\(expected)`", value)
    }
  }

  private static func expect(
    _ part: String, _ key: String, _ expected: String, in node: JSONNode
  ) throws(TokenizerFileError) {
    let value = try read { () throws(JSONFault) in try node.member(key) }
    if try read({ () throws(JSONFault) in try value.string() }) != expected {
      throw foreign("`\(part).\(key)` is `\(expected)`", value)
    }
  }

  private static func foreign(_ message: String, _ node: JSONNode) -> TokenizerFileError {
    .foreign(JSONFault(message, at: node.range))
  }

  private static func read<Result>(
    _ body: () throws(JSONFault) -> Result
  ) throws(TokenizerFileError) -> Result {
    do { return try body() } catch { throw .json(error) }
  }
}
