/// Words on their way from characters to tokens.
struct WordPieceMerging {
  private var symbols = SymbolTable()
  private var pairs = PairTable()
  private var queue = PairQueue()
  private let minFrequency: Int
  /// The words' symbols end to end; a word shrinks in its place.
  private var spelling: [Int32] = []
  private var words: [Word] = []

  private struct Word {
    let start: Int
    var length: Int
    let count: Int
  }

  /// Spells the words with the alphabet; words with other characters teach nothing.
  init(_ counts: WordCounts, _ alphabet: Alphabet, minFrequency: Int) {
    self.minFrequency = minFrequency
    for scalar in alphabet.initial { _ = symbols.symbol(Array(String(scalar).utf8)) }
    let prefix = Array(Vocabulary.continuationPrefix.utf8)
    for scalar in alphabet.continuing { _ = symbols.symbol(prefix + Array(String(scalar).utf8)) }
    for (scalar, count) in counts.isolated {
      let text = Unicode.Scalar(scalar).map { Array(String($0).utf8) } ?? []
      if let symbol = symbols.known(text) { symbols.counts[symbol] += count }
    }
    counts.bytes.withUnsafeBufferPointer { bytes in
      for entry in counts.entries {
        let word = UnsafeBufferPointer(rebasing: bytes[entry.start..<entry.end])
        spell(word, count: entry.count)
      }
    }
    for pair in pairs.pairs.indices { offer(pair) }
  }

  private mutating func spell(_ text: UnsafeBufferPointer<UInt8>, count: Int) {
    let start = spelling.count
    var index = 0
    while index < text.count {
      let length = UTF8Scalar.decode(text, at: index).length
      var symbol = Array(text[index..<index + length])
      if index > 0 { symbol = Array(Vocabulary.continuationPrefix.utf8) + symbol }
      guard let known = symbols.known(symbol) else {
        spelling.removeLast(spelling.count - start)
        return
      }
      spelling.append(Int32(known))
      index += length
    }
    let word = Int32(words.count)
    words.append(Word(start: start, length: spelling.count - start, count: count))
    for place in start..<spelling.count { symbols.counts[Int(spelling[place])] += count }
    addPairs(of: word, count)
  }

  /// Counts a word's neighbours `change` times more.
  private mutating func addPairs(of word: Int32, _ change: Int) {
    let (start, length) = (words[Int(word)].start, words[Int(word)].length)
    for place in start..<start + max(length - 1, 0) {
      pairs.add(Int(spelling[place]), Int(spelling[place + 1]), change, word: word)
    }
  }

  /// Joins the best pair wherever it stands; nil when no pair is frequent enough.
  ///
  /// The token is not new when other symbols were joined to the same text before.
  mutating func next() -> (text: [UInt8], isNew: Bool)? {
    guard let pair = bestPair() else { return nil }
    let (first, second) = (pairs[pair].first, pairs[pair].second)
    let joined = symbols.joined(first, second)
    for word in pairs.takeWords(of: pair) { join(first, second, to: joined.symbol, in: word) }
    for symbol in Set([first, second, joined.symbol]).sorted() { offerPairs(of: symbol) }
    return (Array(symbols.text(joined.symbol)), joined.isNew)
  }

  private mutating func join(_ first: Int, _ second: Int, to joined: Int, in word: Int32) {
    let (start, length, count) = (
      words[Int(word)].start, words[Int(word)].length, words[Int(word)].count
    )
    let holdsPair = (start..<start + length - 1).contains {
      spelling[$0] == Int32(first) && spelling[$0 + 1] == Int32(second)
    }
    // The word may have lost the pair since it was noted down.
    guard holdsPair else { return }
    addPairs(of: word, -count)
    var (read, write) = (start, start)
    while read < start + length {
      if read + 1 < start + length, spelling[read] == Int32(first),
        spelling[read + 1] == Int32(second)
      {
        spelling[write] = Int32(joined)
        symbols.counts[first] -= count
        symbols.counts[second] -= count
        symbols.counts[joined] += count
        read += 2
      } else {
        spelling[write] = spelling[read]
        read += 1
      }
      write += 1
    }
    words[Int(word)].length = write - start
    addPairs(of: word, count)
  }

  private func score(_ pair: PairTable.Pair) -> PairScore {
    PairScore(
      both: UInt64(pair.count), first: UInt64(symbols.counts[pair.first]),
      second: UInt64(symbols.counts[pair.second]))
  }

  /// Takes the best pair out of the queue.
  private mutating func bestPair() -> Int? {
    while let entry = pop() {
      let pair = pairs[entry.pair]
      guard entry.version == pair.version else { continue }
      pairs[entry.pair].queued = nil
      guard pair.count >= minFrequency else { continue }
      // A score that fell was left in the queue, too far to the front.
      if score(pair) == entry.score { return entry.pair }
      offer(entry.pair)
    }
    return nil
  }

  /// Puts the pairs of a symbol, whose counts changed, where their scores rose.
  private mutating func offerPairs(of symbol: Int) {
    var risen: [Int] = []
    let counts = symbols.counts
    pairs.forEachPair(of: symbol) { place, pair in
      guard pair.count >= minFrequency else { return }
      let score = PairScore(
        both: UInt64(pair.count), first: UInt64(counts[pair.first]),
        second: UInt64(counts[pair.second]))
      if pair.queued.map({ score > $0 }) ?? true { risen.append(place) }
    }
    for place in risen { offer(place) }
  }

  private mutating func offer(_ place: Int) {
    let pair = pairs[place]
    guard pair.count >= minFrequency else { return }
    let score = score(pair)
    pairs[place].queued = score
    pairs[place].version += 1
    queue.push(
      PairQueue.Entry(score: score, pair: place, version: pairs[place].version)
    ) { [symbols, pairs] in Self.precedes($0, $1, symbols, pairs) }
  }

  private mutating func pop() -> PairQueue.Entry? {
    queue.pop { [symbols, pairs] in Self.precedes($0, $1, symbols, pairs) }
  }

  private static func precedes(
    _ a: PairQueue.Entry, _ b: PairQueue.Entry, _ symbols: SymbolTable, _ pairs: PairTable
  ) -> Bool {
    let comparison = PairScore.comparison(a.score, b.score)
    if comparison != 0 { return comparison > 0 }
    if a.score.both != b.score.both { return a.score.both > b.score.both }
    let (left, right) = (pairs[a.pair], pairs[b.pair])
    return symbols.precedes((left.first, left.second), (right.first, right.second))
  }
}
