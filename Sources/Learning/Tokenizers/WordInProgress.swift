/// The word that a ``WordScanner`` is reading: normalised characters, in canonical order.
struct WordInProgress {
  /// Four bytes for each character of the longest word.
  private let bytes: UnsafeMutablePointer<UInt8>
  private let longest: Int
  private var byteCount = 0
  /// Characters; above ``longest`` nothing is stored or counted any more.
  private var count = 0
  /// Where the characters begin that canonical ordering may still change: bytes from here on are
  /// all of a combining class above 0.
  private var unordered = 0

  init(bytes: UnsafeMutablePointer<UInt8>, longest: Int) {
    self.bytes = bytes
    self.longest = longest
  }

  @inline(__always)
  mutating func append(ascii byte: UInt8) {
    if count < longest {
      bytes[byteCount] = byte
      byteCount += 1
    }
    count += 1
    unordered = byteCount
  }

  /// Gives the word to the sink, if there is one, and begins the next.
  @inline(__always)
  mutating func end(_ sink: inout some WordSink) {
    if count == 0 { return }
    if count > longest {
      sink.appendOverlongWord()
    } else {
      sink.append(word: UnsafeBufferPointer(start: bytes, count: byteCount))
    }
    (byteCount, count, unordered) = (0, 0, 0)
  }

  /// Does what one scalar of the text asks for.
  mutating func take(
    _ scalar: UInt32, by action: CharacterAction, _ actions: CharacterActions.Table,
    _ sink: inout some WordSink
  ) {
    switch action.kind {
    case .letter:
      append(action.value == 0 ? scalar : action.value)
    case .dropped: break
    case .space:
      end(&sink)
    case .isolated:
      end(&sink)
      sink.append(isolated: action.value == 0 ? scalar : action.value)
    case .startingMark:
      unordered = byteCount
    case .reordered:
      insert(action.value)
    case .expansion:
      for part in actions.expansion(at: action.value) {
        take(0, by: CharacterAction(bits: part), actions, &sink)
      }
    case .hangul:
      appendJamo(of: scalar)
    }
  }

  private mutating func append(_ scalar: UInt32) {
    if count < longest { byteCount += UTF8Scalar.encode(scalar, to: bytes + byteCount) }
    count += 1
    unordered = byteCount
  }

  /// Puts a character before those of higher combining class that it may pass.
  private mutating func insert(_ scalar: UInt32) {
    count += 1
    if count > longest { return }
    let own = CharacterActions.combiningClass(scalar)
    var place = byteCount
    while place > unordered {
      var previous = place - 1
      while bytes[previous] & 0xC0 == 0x80 { previous -= 1 }
      let text = UnsafeBufferPointer(start: bytes, count: byteCount)
      let scalar = UTF8Scalar.decode(text, at: previous).scalar
      if CharacterActions.combiningClass(scalar) <= own { break }
      place = previous
    }
    let length = UTF8Scalar.encode(scalar, to: bytes + byteCount)
    // Encoded at the end, then turned to its place: the bytes between move up by its length.
    var encoded: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
    withUnsafeMutableBytes(of: &encoded) { encoded in
      for index in 0..<length { encoded[index] = bytes[byteCount + index] }
      var index = byteCount
      while index > place {
        index -= 1
        bytes[index + length] = bytes[index]
      }
      for index in 0..<length { bytes[place + index] = encoded[index] }
    }
    byteCount += length
  }

  /// Canonical decomposition of a Hangul syllable (Unicode, 3.12).
  private mutating func appendJamo(of syllable: UInt32) {
    let index = syllable - 0xAC00
    append(0x1100 + index / 588)
    append(0x1161 + index % 588 / 28)
    if index % 28 > 0 { append(0x11A7 + index % 28) }
  }
}

extension CharacterActions {
  /// The two stages and the expansions, without checks of bounds.
  struct Table {
    fileprivate let blocks: UnsafeBufferPointer<UInt16>
    fileprivate let actions: UnsafeBufferPointer<UInt32>
    fileprivate let expansions: UnsafeBufferPointer<UInt32>

    @inline(__always)
    subscript(_ scalar: UInt32) -> CharacterAction {
      let block = Int(blocks[Int(scalar) / blockSize])
      return CharacterAction(bits: actions[block * blockSize + Int(scalar) % blockSize])
    }

    func expansion(at index: UInt32) -> Slice<UnsafeBufferPointer<UInt32>> {
      let start = Int(index) + 1
      return expansions[start..<start + Int(expansions[Int(index)])]
    }
  }

  func withUnsafeTable<Result>(_ body: (Table) -> Result) -> Result {
    blocks.withUnsafeBufferPointer { blocks in
      actions.withUnsafeBufferPointer { actions in
        expansions.withUnsafeBufferPointer { expansions in
          body(Table(blocks: blocks, actions: actions, expansions: expansions))
        }
      }
    }
  }
}
