/// The neighbouring symbols of all words, with their counts and where they stand.
struct PairTable {
  struct Pair {
    let first: Int
    let second: Int
    var count = 0
    /// Words that had the pair at some time, some of them more than once.
    var words: [Int32] = []
    /// The score that the queue has last been given; nil: none.
    var queued: PairScore?
    var version: UInt32 = 0
    /// Whether ``PairTable/neighbours`` of both symbols name the pair.
    var isListed = false
  }

  private(set) var pairs: [Pair] = []
  /// For each symbol the pairs that it is in.
  private var neighbours: [[Int32]] = []
  private var places: [UInt64: Int] = [:]

  subscript(_ pair: Int) -> Pair {
    get { pairs[pair] }
    _modify { yield &pairs[pair] }
  }

  /// Counts a pair in a word `change` times more.
  mutating func add(_ first: Int, _ second: Int, _ change: Int, word: Int32) {
    let key = UInt64(first) << 32 | UInt64(second)
    let place: Int
    if let known = places[key] {
      place = known
    } else {
      place = pairs.count
      places[key] = place
      pairs.append(Pair(first: first, second: second))
    }
    pairs[place].count += change
    if change < 0 { return }
    if pairs[place].words.last != word { pairs[place].words.append(word) }
    if !pairs[place].isListed { list(place) }
  }

  private mutating func list(_ place: Int) {
    pairs[place].isListed = true
    let (first, second) = (pairs[place].first, pairs[place].second)
    while neighbours.count <= max(first, second) { neighbours.append([]) }
    neighbours[first].append(Int32(place))
    if first != second { neighbours[second].append(Int32(place)) }
  }

  /// Does something with every pair of a symbol that still stands somewhere, and forgets the others.
  mutating func forEachPair(of symbol: Int, _ body: (Int, inout Pair) -> Void) {
    guard symbol < neighbours.count else { return }
    var kept = 0
    for index in neighbours[symbol].indices {
      let place = Int(neighbours[symbol][index])
      guard pairs[place].count > 0 else {
        // It stays in its other symbol's list, where a second entry would only be looked at twice.
        pairs[place].isListed = false
        continue
      }
      body(place, &pairs[place])
      neighbours[symbol][kept] = Int32(place)
      kept += 1
    }
    neighbours[symbol].removeLast(neighbours[symbol].count - kept)
  }

  /// Takes the words of a pair, each once and in order; whoever takes them merges the pair away.
  mutating func takeWords(of pair: Int) -> [Int32] {
    let words = pairs[pair].words.sorted()
    pairs[pair].words = []
    var distinct: [Int32] = []
    for word in words where distinct.last != word { distinct.append(word) }
    return distinct
  }
}
