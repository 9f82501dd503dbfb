/// The symbols that words are spelled with while a vocabulary is learned, each with its count.
struct SymbolTable {
  /// The symbols' texts end to end; those that continue a word begin `##`.
  private var bytes: [UInt8] = []
  private var ranges: [Range<Int>] = []
  private var symbols: [[UInt8]: Int] = [:]
  /// How often each symbol stands in the texts as they are spelled now.
  var counts: [Int] = []

  var count: Int { ranges.count }

  func text(_ symbol: Int) -> ArraySlice<UInt8> { bytes[ranges[symbol]] }

  /// The symbol of a text, made when there is none.
  mutating func symbol(_ text: [UInt8]) -> (symbol: Int, isNew: Bool) {
    if let known = symbols[text] { return (known, false) }
    let symbol = ranges.count
    symbols[text] = symbol
    ranges.append(bytes.count..<bytes.count + text.count)
    bytes.append(contentsOf: text)
    counts.append(0)
    return (symbol, true)
  }

  /// The symbol of a text; nil when there is none.
  func known(_ text: [UInt8]) -> Int? { symbols[text] }

  /// The symbol that two become: the second loses its `##`.
  mutating func joined(_ first: Int, _ second: Int) -> (symbol: Int, isNew: Bool) {
    symbol(Array(text(first)) + text(second).dropFirst(Vocabulary.continuationPrefix.utf8.count))
  }

  /// The order of two pairs by their texts.
  func precedes(_ a: (Int, Int), _ b: (Int, Int)) -> Bool {
    if a.0 != b.0 { return text(a.0).lexicographicallyPrecedes(text(b.0)) }
    return text(a.1).lexicographicallyPrecedes(text(b.1))
  }
}
