internal import Tensors

/// Replaces a share of the words of a document by random ones of the language.
struct WordNoise {
  private let stream: RandomStream
  private let share: Double
  private let language: TextLanguage
  private let vocabulary: [[UInt8]]

  init(_ settings: SyntheticCorpus, key: RandomKey) {
    stream = DocumentDraws.noise(settings, key: key)
    share = settings.noise
    language = settings.language
    vocabulary = Grammar.of(language).words.map { Array($0.utf8) }
  }

  /// Replaces words of the text from a place on.
  ///
  /// - Parameters:
  ///   - words: where Chinese words stand; English ones stand between spaces.
  ///   - first: ordinal of the first word in the document.
  func spoil(
    _ text: inout [UInt8], from start: Int, words: [Range<Int>], document: Int, first: Int = 0
  ) {
    let ranges =
      (language == .chinese ? words : Self.spaced(text, from: start))
      .filter { Self.isWord(text[$0]) }
    var spoiled: [UInt8] = []
    var done = start
    for (ordinal, range) in zip(first..., ranges) {
      let draw = UInt64(document)
      guard stream.uniformDouble(draw: draw, element: ordinal) < share else { continue }
      spoiled += text[done..<range.lowerBound]
      let index = stream.integer(
        below: UInt32(vocabulary.count), draw: draw, element: 1 << 22 | ordinal)
      let word = vocabulary[Int(index)]
      let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(text[range.lowerBound])
      if isCapital, let first = word.first, first < 0x80 {
        // A sentence goes on beginning with a capital.
        spoiled.append(first & ~0x20)
        spoiled += word.dropFirst()
      } else {
        spoiled += word
      }
      done = range.upperBound
    }
    spoiled += text[done...]
    text.replaceSubrange(start..., with: spoiled)
  }

  /// Words between spaces, without the punctuation around them.
  private static func spaced(_ text: [UInt8], from start: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var word = start
    while word < text.count {
      let space = text[word...].firstIndex(of: UInt8(ascii: " ")) ?? text.count
      if let first = text[word..<space].firstIndex(where: isWordByte),
        let last = text[word..<space].lastIndex(where: isWordByte)
      {
        ranges.append(first..<last + 1)
      }
      word = space + 1
    }
    return ranges
  }

  private static func isWord(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first else { return false }
    // ，。“” and their like begin with E2, E3 80 or EF.
    return isWordByte(first) || first >= 0xE4 && first != 0xEF
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
