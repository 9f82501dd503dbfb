/// How often each word stands in texts: words of a ``WordScanner`` in an open hash table.
///
/// Counts of several parts can be added up in any order.
struct WordCounts: WordSink, Sendable {
  /// The words end to end.
  private(set) var bytes: [UInt8] = []
  private(set) var entries: [Entry] = []
  /// Places in ``entries``, or -1 where none is; a power of two, twice as many as entries or more.
  private var slots: [Int32]
  /// Words of one character that stand apart: punctuation, Chinese characters.
  private(set) var isolated: [UInt32: Int] = [:]

  struct Entry: Sendable {
    let start: Int
    let end: Int
    let hash: UInt64
    var count: Int
  }

  init() {
    slots = Array(repeating: -1, count: 1 << 12)
  }

  mutating func append(word: UnsafeBufferPointer<UInt8>) { add(word, count: 1) }

  mutating func append(isolated scalar: UInt32) { isolated[scalar, default: 0] += 1 }

  /// What the tokenizer never spells teaches nothing.
  mutating func appendOverlongWord() {}

  mutating func append(special id: Int32) {}

  /// Adds the counts of other texts.
  mutating func add(_ other: WordCounts) {
    for (scalar, count) in other.isolated { isolated[scalar, default: 0] += count }
    other.bytes.withUnsafeBufferPointer { bytes in
      for entry in other.entries {
        add(UnsafeBufferPointer(rebasing: bytes[entry.start..<entry.end]), count: entry.count)
      }
    }
  }

  private mutating func add(_ word: UnsafeBufferPointer<UInt8>, count: Int) {
    let hash = Self.hash(word)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      let entry = entries[place]
      if entry.hash == hash, isWord(entry, word) {
        entries[place].count += count
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(entries.count)
    let start = bytes.count
    bytes.append(contentsOf: word)
    entries.append(Entry(start: start, end: bytes.count, hash: hash, count: count))
    if entries.count * 2 > slots.count { grow() }
  }

  private func isWord(_ entry: Entry, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    guard entry.end - entry.start == word.count else { return false }
    for index in 0..<word.count where bytes[entry.start + index] != word[index] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (place, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(place)
    }
  }

  /// FNV-1a, its high half folded in: the table looks at the low bits.
  private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ hash >> 32
  }
}
