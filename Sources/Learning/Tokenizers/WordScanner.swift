/// What a ``WordScanner`` finds in a text, in order.
protocol WordSink {
  /// A word in normalised UTF-8, of no more characters than the scanner allows.
  mutating func append(word: UnsafeBufferPointer<UInt8>)
  /// A punctuation mark or Chinese character.
  mutating func append(isolated scalar: UInt32)
  /// A word of more characters than the scanner allows.
  mutating func appendOverlongWord()
  /// A token that the text names.
  mutating func append(special id: Int32)
}

/// Cuts UTF-8 text into the words of Hugging Face's BertNormalizer and BertPreTokenizer.
///
/// One pass without allocation. Special tokens are found in the text as it was given; what stands
/// between them is normalised piece by piece. Bytes that are not UTF-8 are U+FFFD, and so dropped.
struct WordScanner: Sendable {
  private let actions: CharacterActions
  /// For each byte: the byte that joins the word, or a ``Lead``.
  private let leads: [UInt8]
  /// Special tokens and their ids.
  private let specials: TokenTrie
  /// Characters (`max_input_chars_per_word`).
  let longestWord: Int

  /// What a byte asks for; any other lead is the lower case byte itself.
  enum Lead {
    static let dropped: UInt8 = 0
    static let space: UInt8 = 1
    static let isolated: UInt8 = 2
    /// The table of actions has to be asked.
    static let other: UInt8 = 3
    /// A special token may begin here.
    static let special: UInt8 = 4
    /// The least byte that can stand for itself.
    static let letters: UInt8 = 0x20
  }

  /// The special tokens are distinct and not empty.
  init(settings: TokenizerSettings, specials: [(token: String, id: Int32)]) {
    actions = CharacterActions(
      lowercase: settings.doLowerCase,
      stripAccents: settings.stripAccents ?? settings.doLowerCase,
      isolateHan: settings.tokenizeChineseChars)
    longestWord = settings.maxInputCharsPerWord
    var leads = [UInt8](repeating: Lead.other, count: 256)
    for byte in 0..<UInt8(0x80) {
      let action = actions[UInt32(byte)].naming(UInt32(byte))
      leads[Int(byte)] =
        switch action.kind {
        case .dropped: Lead.dropped
        case .space: Lead.space
        case .isolated: Lead.isolated
        default: UInt8(truncatingIfNeeded: action.value)
        }
    }
    var bytes: [UInt8] = []
    var entries: [TokenTrie.Entry] = []
    let sorted = specials.sorted { $0.token.utf8.lexicographicallyPrecedes($1.token.utf8) }
    for (token, id) in sorted {
      let start = bytes.count
      bytes.append(contentsOf: token.utf8)
      entries.append(TokenTrie.Entry(bytes: start..<bytes.count, value: id))
      leads[Int(bytes[start])] = Lead.special
    }
    self.leads = leads
    self.specials = TokenTrie([entries], in: bytes)
  }

  func scan(_ text: UnsafeBufferPointer<UInt8>, into sink: inout some WordSink) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4 * longestWord) { buffer in
      leads.withUnsafeBufferPointer { leads in
        specials.nodes.withUnsafeBufferPointer { specials in
          actions.withUnsafeTable { actions in
            guard let start = buffer.baseAddress else { return }
            var word = WordInProgress(bytes: start, longest: longestWord)
            Self.scan(text, leads, specials, actions, &word, &sink)
          }
        }
      }
    }
  }

  private static func scan(
    _ text: UnsafeBufferPointer<UInt8>, _ leads: UnsafeBufferPointer<UInt8>,
    _ specials: UnsafeBufferPointer<TokenTrie.Node>, _ actions: CharacterActions.Table,
    _ word: inout WordInProgress, _ sink: inout some WordSink
  ) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      let lead = leads[Int(byte)]
      if lead >= Lead.letters {
        word.append(ascii: lead)
        index += 1
        continue
      }
      switch lead {
      case Lead.dropped:
        index += 1
        continue
      case Lead.space:
        word.end(&sink)
        index += 1
        continue
      case Lead.isolated:
        word.end(&sink)
        sink.append(isolated: UInt32(byte))
        index += 1
        continue
      case Lead.special:
        if let match = TokenTrie.longestMatch(specials, of: text, at: index, from: 0) {
          word.end(&sink)
          sink.append(special: match.value)
          index = match.end
          continue
        }
      default: break
      }
      let (scalar, length) = UTF8Scalar.decode(text, at: index)
      index += max(length, 1)
      if length > 0 { word.take(scalar, by: actions[scalar], actions, &sink) }
    }
    word.end(&sink)
  }
}
