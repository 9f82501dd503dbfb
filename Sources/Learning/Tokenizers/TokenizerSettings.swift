/// The settings of a BERT tokenizer, with the names and defaults of Hugging Face's BertTokenizer.
package struct TokenizerSettings: Sendable, Hashable {
  /// `do_lower_case`; default true.
  package var doLowerCase: Bool
  /// `strip_accents`; default nil: as ``doLowerCase``.
  package var stripAccents: Bool?
  /// `tokenize_chinese_chars`: every Chinese character is a word; default true.
  package var tokenizeChineseChars: Bool
  /// `max_input_chars_per_word`: a longer word is `[UNK]`; default 100, at most
  /// ``longestWordLimit``.
  package var maxInputCharsPerWord: Int
  /// `never_split`: tokens of the vocabulary that are found in the text as it is, as the special
  /// ones are; default none.
  package var neverSplit: [String]

  package static let longestWordLimit = 10_000

  package init(
    doLowerCase: Bool = true, stripAccents: Bool? = nil, tokenizeChineseChars: Bool = true,
    maxInputCharsPerWord: Int = 100, neverSplit: [String] = []
  ) {
    self.doLowerCase = doLowerCase
    self.stripAccents = stripAccents
    self.tokenizeChineseChars = tokenizeChineseChars
    self.maxInputCharsPerWord = maxInputCharsPerWord
    self.neverSplit = neverSplit
  }
}

/// Why settings do not make a tokenizer.
package enum TokenizerError: Error, Sendable, Hashable {
  case longestWordOutOfRange(Int)
  /// A token that is never split must have an id.
  case notInVocabulary(neverSplit: String)
}

extension TokenizerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .longestWordOutOfRange(let characters):
      "max_input_chars_per_word is \(characters): it must be from 1 to "
        + "\(TokenizerSettings.longestWordLimit)"
    case .notInVocabulary(let token):
      "never_split names \(VocabularyError.quoted(token)), which is not in the vocabulary"
    }
  }
}
