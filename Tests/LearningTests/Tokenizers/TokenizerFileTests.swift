import Foundation
import Learning
import Testing

@Suite struct TokenizerFileTests {
  private func fixture() throws -> [UInt8] {
    let path = Fixture.path("wordpiece/tokenizer.json")
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private func error(_ text: String, limits: VocabularyLimits = VocabularyLimits()) -> String? {
    do throws(TokenizerFileError) {
      _ = try WordPieceTokenizer(json: Array(text.utf8), limits: limits)
      return nil
    } catch { return "\(error)" }
  }

  @Test("the file of the peer is read, and written to the same bytes and a line feed")
  func roundTrip() throws {
    let bytes = try fixture()
    let tokenizer = try WordPieceTokenizer(json: bytes)
    #expect(tokenizer.settings == TokenizerSettings())
    #expect(try tokenizer.vocabulary == TokenizerFixture.tokenizer().vocabulary)
    #expect(tokenizer.json() == bytes + [0x0A])
    let sample = try TokenizerFixture.load()
    #expect(sample.sentences.map { tokenizer.encode($0).ids } == sample.uncased)
  }

  @Test("every setting comes back from the file, and so do tokens that JSON escapes")
  func settings() throws {
    let odd = "a\"\\/\u{1}\u{8}\u{C}\u{1F}\u{7F}\t\u{2028}é😀"
    let tokens =
      SpecialToken.allCases.reversed().map(\.rawValue) + [
        "é", "e\u{301}", odd, "##é", "##e\u{301}",
      ]
    let vocabulary = try Vocabulary(tokens: tokens)
    #expect(vocabulary.count == 10)
    for settings in [
      TokenizerSettings(), TokenizerSettings(doLowerCase: false, stripAccents: true),
      TokenizerSettings(
        stripAccents: false, tokenizeChineseChars: false, maxInputCharsPerWord: 7,
        neverSplit: ["é", "e\u{301}", odd]),
    ] {
      let tokenizer = try WordPieceTokenizer(vocabulary: vocabulary, settings: settings)
      let again = try WordPieceTokenizer(json: tokenizer.json())
      #expect(again.settings == settings)
      #expect(again.vocabulary == vocabulary)
      #expect(again.json() == tokenizer.json())
      #expect(
        again.settings.neverSplit.map { Array($0.utf8) }
          == settings.neverSplit.map { Array($0.utf8) })
    }
  }

  @Test("older files name BertProcessing instead of a template")
  func bertProcessing() throws {
    let text = String(decoding: try fixture(), as: UTF8.self)
    let start = try #require(text.range(of: "\"post_processor\": "))
    let end = try #require(text.range(of: ",\n  \"decoder\""))
    func with(_ processor: String) -> String {
      text[..<start.upperBound] + processor + text[end.lowerBound...]
    }
    let old = with(#"{"type": "BertProcessing", "sep": ["[SEP]", 6], "cls": ["[CLS]", 5]}"#)
    #expect(error(old) == nil)
    #expect(
      error(with(#"{"type": "BertProcessing", "sep": ["[SEP]", 7], "cls": ["[CLS]", 5]}"#))?
        .contains("`post_processor.sep` is the token [SEP]") == true)
    #expect(error(with("null"))?.contains("`post_processor` is TemplateProcessing") == true)
  }

  @Test(
    "a pipeline that is not BERT's is refused by the part that differs",
    arguments: [
      ("BertNormalizer", "Lowercase", "`normalizer` is BertNormalizer"),
      ("\"clean_text\": true", "\"clean_text\": false", "`normalizer.clean_text` is `true`"),
      ("BertPreTokenizer", "Whitespace", "`pre_tokenizer` is BertPreTokenizer"),
      (
        "\"type\": \"WordPiece\",\n    \"unk", "\"type\": \"BPE\",\n    \"unk",
        "`model` is WordPiece"
      ),
      ("\"unk_token\": \"[UNK]\"", "\"unk_token\": \"<unk>\"", "`model.unk_token` is `[UNK]`"),
      (
        "prefix\": \"##\",\n    \"max", "prefix\": \"@@\",\n    \"max",
        "`model.continuing_subword_prefix` is `##`"
      ),
      (
        "\"prefix\": \"##\",\n    \"cleanup", "\"prefix\": \"\",\n    \"cleanup",
        "`decoder.prefix` is `##`"
      ),
      ("\"cleanup\": true", "\"cleanup\": false", "`decoder.cleanup` is `true`"),
      ("\"lstrip\": false", "\"lstrip\": true", "`added_tokens.lstrip` is `false`"),
      ("\"special\": true", "\"special\": false", "`added_tokens.special` is `true`"),
      ("\"content\": \"[MASK]\"", "\"content\": \"[M]\"", "an added token is in the vocabulary"),
      ("\"id\": 7,", "\"id\": 8,", "an added token is in the vocabulary"),
      ("\"type_id\": 1", "\"type_id\": 0", "`post_processor` makes"),
      ("\"id\": \"B\"", "\"id\": \"A\"", "`post_processor` makes"),
      ("\"[MASK]\": 7", "\"[MASK]\": 6", "another token has this id"),
      ("\"[MASK]\": 7", "\"[MASK]\": 243", "ids of 243 tokens are from 0 to 242"),
      ("\"[MASK]\": 7", "\"[MASK]\": -1", "ids of 243 tokens are from 0 to 242"),
      ("\"[MASK]\": 7", "\"[MASK]\": 7.5", "whole number"),
      ("\"[MASK]\": 7", "\"[MASKS]\": 7", "the vocabulary lacks [MASK]"),
      ("\"[unused1]\": 2", "\"\": 2", "line 3 of the vocabulary is empty"),
      (
        "\"max_input_chars_per_word\": 100", "\"max_input_chars_per_word\": 0",
        "max_input_chars_per_word is 0"
      ),
      ("\"strip_accents\": null", "\"strip_accents\": 1", "`true` or `false`"),
      ("\"version\"", "\"model\"", "a key stands once"),
      ("\"decoder\"", "\"decoded\"", "an object here has `decoder`"),
    ])
  func refused(_ edit: (from: String, to: String, expected: String)) throws {
    let text = String(decoding: try fixture(), as: UTF8.self)
    let place = try #require(text.range(of: edit.from), "the fixture has \(edit.from)")
    let found = error(text.replacingCharacters(in: place, with: edit.to))
    #expect(found?.contains(edit.expected) == true, "\(found ?? "read")")
  }

  @Test("files beyond the limits are refused")
  func limits() throws {
    let text = String(decoding: try fixture(), as: UTF8.self)
    #expect(
      error(text, limits: VocabularyLimits(bytes: 100)) == "the tokenizer has more than 100 bytes")
    #expect(
      error(text, limits: VocabularyLimits(tokens: 242))?.contains("at most 242 tokens") == true)
    #expect(
      error(text, limits: VocabularyLimits(tokenBytes: 4))?.contains("more than 4 bytes") == true)
    #expect(error("")?.isEmpty == false && error("[]")?.isEmpty == false)
  }
}
