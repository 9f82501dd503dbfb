extension RandomStream {
  /// A random order of 0 ..< count: ascending by the 64-bit draw of each, ties by index.
  ///
  /// - Complexity: O(count) on average over the draws: numbers go into as many buckets by their
  ///   first bits, and few share one.
  package func permutation(count: Int, draw: UInt64 = 0) -> [Int] {
    let words = longWords(count: count, draw: draw)
    let bits = min(20, max(0, Int.bitWidth - 1 - max(1, count).leadingZeroBitCount))
    func bucket(_ element: Int) -> Int { bits == 0 ? 0 : Int(words[element] >> (64 - bits)) }

    var ends = [Int](repeating: 0, count: 1 << bits)
    for element in 0..<count { ends[bucket(element)] += 1 }
    var next = ends
    var total = 0
    for index in ends.indices {
      next[index] = total
      total += ends[index]
      ends[index] = total
    }
    var order = [Int](repeating: 0, count: count)
    for element in 0..<count {
      let index = bucket(element)
      order[next[index]] = element
      next[index] += 1
    }
    var start = 0
    for end in ends {
      Self.sort(&order, start..<end, by: words)
      start = end
    }
    return order
  }

  /// The 64-bit draws of elements 0 ..< count, as `longWord` gives them.
  private func longWords(count: Int, draw: UInt64) -> [UInt64] {
    let halves = words(count: 2 * count, draw: draw)
    return (0..<count).map { UInt64(halves[2 * $0]) << 32 | UInt64(halves[2 * $0 + 1]) }
  }

  /// Sorts a few elements that ascend; equal ones stay in their order.
  private static func sort(_ order: inout [Int], _ range: Range<Int>, by words: [UInt64]) {
    for position in range.dropFirst() {
      let element = order[position]
      var place = position
      while place > range.lowerBound, words[order[place - 1]] > words[element] {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = element
    }
  }
}
