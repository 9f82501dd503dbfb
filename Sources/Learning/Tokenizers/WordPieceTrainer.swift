/// Learns a WordPiece vocabulary from texts.
///
/// Texts are cleaned and cut into words as the tokenizer will; every word begins as its characters,
/// all but the first with `##`. Then, again and again, the two neighbours become one token whose
/// likelihood gains most: greatest count(ab) ÷ (count(a) · count(b)), compared exactly; of equal
/// ones the greater count(ab), then the first in the order of their texts. The result depends on the
/// texts alone, not on their order.
package struct WordPieceTrainer: Sendable {
  package let settings: WordPieceTrainerSettings
  private let scanner: WordScanner
  private var words = WordCounts()

  package init(settings: WordPieceTrainerSettings) throws(WordPieceTrainerError) {
    try settings.check()
    self.settings = settings
    // Texts may name special tokens; those are no words.
    let specials = settings.reservedTokens.enumerated().map { (token: $1, id: Int32($0)) }
    scanner = WordScanner(settings: settings.tokenizer, specials: specials)
  }

  /// Counts the words of a UTF-8 text.
  ///
  /// A word does not go on in the next text.
  package mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    scanner.scan(text, into: &words)
  }

  package mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add($0) }
  }

  /// Adds what another trainer of the same settings has counted.
  package mutating func add(_ other: WordPieceTrainer) { words.add(other.words) }

  /// Learns from what was added.
  ///
  /// Ids: the special tokens, those never split, the alphabet, its `##` forms, then tokens in the
  /// order in which they were made. Smaller than asked for when no pair is frequent enough.
  /// - Parameter deadline: when learning is given up.
  package func vocabulary(
    deadline: ContinuousClock.Instant? = nil
  ) throws(WordPieceTrainerError) -> Vocabulary {
    let alphabet = Alphabet(words, limit: settings.limitAlphabet)
    if alphabet.initial.isEmpty { throw .noWords }
    var tokens = settings.reservedTokens
    tokens += alphabet.initial.map { String(Character($0)) }
    tokens += alphabet.continuing.map { Vocabulary.continuationPrefix + String(Character($0)) }
    guard tokens.count <= settings.vocabSize else {
      throw .vocabularyTooSmall(size: settings.vocabSize, needed: tokens.count)
    }
    var merging = WordPieceMerging(words, alphabet, minFrequency: settings.minFrequency)
    let reserved = Set(settings.reservedTokens.map { Array($0.utf8) })
    while tokens.count < settings.vocabSize, let merged = merging.next() {
      if deadline.hasPassed { throw .outOfTime }
      if merged.isNew, !reserved.contains(merged.text) {
        tokens.append(String(decoding: merged.text, as: UTF8.self))
      }
    }
    do {
      return try Vocabulary(tokens: tokens)
    } catch { throw .vocabulary(error) }
  }
}

/// What a ``WordPieceTrainer`` learns, with the names of Hugging Face's BertWordPieceTokenizer.
package struct WordPieceTrainerSettings: Sendable, Hashable {
  /// `vocab_size`: tokens at most; default 30522, at least the special tokens and the alphabet.
  package var vocabSize: Int
  /// `min_frequency`: how often a pair must stand in the texts to become a token; default 2.
  package var minFrequency: Int
  /// `limit_alphabet`: how many characters are kept, the most frequent ones; default 1000.
  package var limitAlphabet: Int
  /// How texts are cleaned and cut.
  package var tokenizer: TokenizerSettings

  package init(
    vocabSize: Int = 30522, minFrequency: Int = 2, limitAlphabet: Int = 1000,
    tokenizer: TokenizerSettings = TokenizerSettings()
  ) {
    self.vocabSize = vocabSize
    self.minFrequency = minFrequency
    self.limitAlphabet = limitAlphabet
    self.tokenizer = tokenizer
  }

  /// The special tokens and those never split, each once: the first ids.
  var reservedTokens: [String] {
    var seen: Set<[UInt8]> = []
    return (SpecialToken.allCases.map(\.rawValue) + tokenizer.neverSplit).filter {
      seen.insert(Array($0.utf8)).inserted
    }
  }

  func check() throws(WordPieceTrainerError) {
    for (name, value) in [
      ("vocab_size", vocabSize), ("min_frequency", minFrequency), ("limit_alphabet", limitAlphabet),
    ] where value < 1 {
      throw .notPositive(setting: name, value: value)
    }
    let limit = VocabularyLimits().tokens
    if vocabSize > limit { throw .tooManyTokens(size: vocabSize, limit: limit) }
    let longest = tokenizer.maxInputCharsPerWord
    guard (1...TokenizerSettings.longestWordLimit).contains(longest) else {
      throw .tokenizer(.longestWordOutOfRange(longest))
    }
    if tokenizer.neverSplit.contains("") {
      throw .tokenizer(.notInVocabulary(neverSplit: ""))
    }
  }
}

/// Why no vocabulary can be learned.
package enum WordPieceTrainerError: Error, Sendable, Hashable {
  case notPositive(setting: String, value: Int)
  case tooManyTokens(size: Int, limit: Int)
  case tokenizer(TokenizerError)
  /// The texts have no words.
  case noWords
  case vocabularyTooSmall(size: Int, needed: Int)
  /// A token that is never split breaks a rule of vocabularies.
  case vocabulary(VocabularyError)
  /// Learning was given up at the deadline.
  case outOfTime
}

extension WordPieceTrainerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notPositive(let setting, let value): "\(setting) is \(value): it must be at least 1"
    case .tooManyTokens(let size, let limit): "vocab_size is \(size): it must be at most \(limit)"
    case .tokenizer(let error): "\(error)"
    case .noWords: "there are no words to learn a vocabulary from: the texts are empty"
    case .vocabularyTooSmall(let size, let needed):
      "vocab_size is \(size), but the special tokens and the alphabet are \(needed) tokens: raise it "
        + "or lower limit_alphabet"
    case .vocabulary(let error): "\(error)"
    case .outOfTime: "the time is over"
    }
  }
}
