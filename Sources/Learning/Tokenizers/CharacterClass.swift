/// What BERT's normaliser and pre-tokenizer see in a scalar; the numbers in ``BertCharacters``.
enum CharacterClass: UInt8 {
  /// Part of a word.
  case letter = 0
  /// Controls, formats, private use, U+0000 and U+FFFD: taken out before anything else is done.
  case dropped = 1
  case space = 2
  /// A word of its own.
  case punctuation = 3
  /// An accent that canonical ordering may move; stripped with the accents.
  case mark = 4
  /// A nonspacing mark of combining class 0: stripped too, but marks do not move across it.
  case startingMark = 5
  /// Moved by canonical ordering, yet no accent that is stripped.
  case reordered = 6

  /// The scalars that BERT sets between spaces, "Chinese characters".
  ///
  /// The list of Google's BERT: ideographs up to Unicode 8 without U+2B820 to U+2B91F, and no kana
  /// or Hangul.
  static let han: [ClosedRange<UInt32>] = [
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
    0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0x2F800...0x2FA1F,
  ]

  /// Whether the scalar is one of ``han``.
  static func isHan(_ scalar: UInt32) -> Bool {
    scalar >= 0x3400 && han.contains { $0.contains(scalar) }
  }
}
