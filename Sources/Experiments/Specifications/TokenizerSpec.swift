/// How text becomes tokens: WordPiece, as Hugging Face's `BertTokenizer` has it.
package enum TokenizerSpec: Sendable, Hashable {
  /// A vocabulary learned from a data set.
  case trained(TrainedTokenizerSpec)
  /// A vocabulary read from a file with a token a line.
  case vocabulary(VocabularySpec)
  /// The tokenizer of a Hugging Face folder.
  case pretrained(PretrainedTokenizerSpec)
}

/// WordPiece learned from the training part of a data set.
package struct TrainedTokenizerSpec: Sendable, Hashable {
  package var wordpiece = WordPieceSpec()
  package var data: ComponentReference<DatasetSpec> = .named("")

  package init() {}
}

/// What a WordPiece vocabulary is to be.
package struct WordPieceSpec: TextNormalization, Sendable, Hashable {
  /// Tokens at most, special ones included.
  package var vocabSize = 8192
  /// Fewest times that a pair must occur to be joined.
  package var minFrequency = 2
  /// Characters kept at most, the most frequent first.
  package var limitAlphabet = 6000
  package var doLowerCase = true
  package var stripAccents: Bool?
  package var tokenizeChineseChars = true

  package init() {}
}

/// How text is cleaned before it is cut, by the names of Hugging Face's tokenizer.
package protocol TextNormalization: Sendable {
  var doLowerCase: Bool { get set }
  /// nil: as `do_lower_case`.
  var stripAccents: Bool? { get set }
  /// Whether each Chinese character is a word.
  var tokenizeChineseChars: Bool { get set }
}

/// A `vocab.txt` below the project root.
package struct VocabularySpec: TextNormalization, Sendable, Hashable {
  package var vocab = ""
  package var doLowerCase = true
  package var stripAccents: Bool?
  package var tokenizeChineseChars = true

  package init() {}
}

/// A Hugging Face folder below the project root.
package struct PretrainedTokenizerSpec: Sendable, Hashable {
  package var pretrained = ""

  package init() {}
}
