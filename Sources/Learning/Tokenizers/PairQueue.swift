/// Likelihood that two symbols are one: count(ab) ÷ (count(a) · count(b)), kept as its parts.
///
/// Compared as fractions, never rounded. Counts stay below 2⁴², those of 4 TiB of text, so that a
/// product of three fits 128 bits.
struct PairScore: Hashable {
  let both: UInt64
  let first: UInt64
  let second: UInt64
  /// Close to the value, to decide what is not close.
  private let estimate: Double

  init(both: UInt64, first: UInt64, second: UInt64) {
    self.both = both
    self.first = first
    self.second = second
    estimate = Double(both) / (Double(first) * Double(second))
  }

  static func > (a: PairScore, b: PairScore) -> Bool { comparison(a, b) > 0 }

  /// Above 0 when the first is greater, 0 when they are equal.
  static func comparison(_ a: PairScore, _ b: PairScore) -> Int {
    // An estimate is off by less than three roundings, 2⁻⁵¹ of it.
    let difference = a.estimate - b.estimate
    if abs(difference) > 0x1p-49 * max(a.estimate, b.estimate) { return difference > 0 ? 1 : -1 }
    let left = UInt128(a.both) * UInt128(b.first) * UInt128(b.second)
    let right = UInt128(b.both) * UInt128(a.first) * UInt128(a.second)
    return left == right ? 0 : left > right ? 1 : -1
  }
}

/// The pairs by their scores, the best first: a binary heap.
struct PairQueue {
  struct Entry {
    let score: PairScore
    let pair: Int
    /// Which push of the pair this is; only its last one counts.
    let version: UInt32
  }

  private var heap: [Entry] = []

  /// Puts an entry in; `precedes` is a strict order, the same at every call.
  mutating func push(_ entry: Entry, by precedes: (Entry, Entry) -> Bool) {
    var place = heap.count
    heap.append(entry)
    while place > 0 {
      let parent = (place - 1) / 2
      guard precedes(entry, heap[parent]) else { break }
      heap[place] = heap[parent]
      place = parent
    }
    heap[place] = entry
  }

  /// Takes the first entry out; nil when there is none.
  mutating func pop(by precedes: (Entry, Entry) -> Bool) -> Entry? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return first }
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) { child += 1 }
      guard precedes(heap[child], last) else { break }
      heap[place] = heap[child]
      place = child
    }
    heap[place] = last
    return first
  }
}
