/// What pre-training needs to know of a vocabulary.
package struct PretrainingVocabulary: Sendable {
  /// Number of tokens; a random token is any of them.
  package let size: Int
  package let classification: Int32
  package let separator: Int32
  package let mask: Int32
  /// Tokens that are never masked: all special ones, `[UNK]` included.
  package let special: Set<Int32>
  /// The words of a sequence, ascending, as ranges of its places; tokens in none are words alone.
  package let words: @Sendable ([Int32]) -> [Range<Int>]

  /// - Parameters:
  ///   - classification: id of `[CLS]`.
  ///   - separator: id of `[SEP]`.
  ///   - mask: id of `[MASK]`.
  package init(
    size: Int, classification: Int32, separator: Int32, mask: Int32, special: Set<Int32>,
    words: @escaping @Sendable ([Int32]) -> [Range<Int>] = { _ in [] }
  ) {
    self.size = size
    self.classification = classification
    self.separator = separator
    self.mask = mask
    self.special = special.union([classification, separator, mask])
    self.words = words
  }

  /// That of a tokenizer, whose words are a token and the continuations after it.
  ///
  /// - Parameter list: Chinese words, whose characters are one word, too.
  package init(_ tokenizer: WordPieceTokenizer, joinedBy list: ChineseWordList? = nil) {
    let vocabulary = tokenizer.vocabulary
    self.init(
      size: vocabulary.count, classification: vocabulary.classificationID,
      separator: vocabulary.separatorID, mask: vocabulary.maskID,
      special: Set(SpecialToken.allCases.map { vocabulary[$0] }),
      words: { tokenizer.words(in: $0, joinedBy: list) })
  }
}
