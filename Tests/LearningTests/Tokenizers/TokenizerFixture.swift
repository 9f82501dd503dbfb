import Foundation
import Learning

/// What transformers' BertTokenizer answered, from `Tests/Fixtures/parity/wordpiece`.
struct TokenizerFixture: Decodable {
  let sentences: [String]
  let uncased: [[Int32]]
  let cased: [[Int32]]
  let uncasedTokens: [[String]]
  let pairs: [Pair]

  struct Pair: Decodable {
    let a: String
    let b: String
    let ids: [Int32]
    let types: [UInt8]
    let mask: [Int]

    enum CodingKeys: String, CodingKey {
      case a, b
      case ids = "input_ids"
      case types = "token_type_ids"
      case mask = "attention_mask"
    }
  }

  enum CodingKeys: String, CodingKey {
    case sentences, uncased, cased
    case uncasedTokens = "uncased_tokens_first_60"
    case pairs = "pairs_max_length_24_uncased"
  }

  static func load() throws -> TokenizerFixture {
    try Fixture.load(TokenizerFixture.self, "wordpiece/wordpiece.json")
  }

  static func vocabularyText() throws -> [UInt8] {
    let path = Fixture.path("wordpiece/vocab.txt")
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  static func tokenizer(
    _ settings: TokenizerSettings = TokenizerSettings()
  ) throws -> WordPieceTokenizer {
    try WordPieceTokenizer(
      vocabulary: Vocabulary(text: vocabularyText()), settings: settings)
  }

  /// A tokenizer of the special tokens and these, in that order.
  static func tokenizer(
    of tokens: String, _ settings: TokenizerSettings = TokenizerSettings()
  ) throws -> WordPieceTokenizer {
    let all = SpecialToken.allCases.map(\.rawValue) + tokens.split(separator: " ").map(String.init)
    return try WordPieceTokenizer(vocabulary: Vocabulary(tokens: all), settings: settings)
  }
}

extension WordPieceTokenizer {
  /// The tokens of a text, without special ones around it, between spaces.
  func tokens(of text: String) -> String {
    ids(of: text).map { vocabulary.token($0) ?? "?" }.joined(separator: " ")
  }
}
