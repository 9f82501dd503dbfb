/// Where texts stand in one buffer: twelve bytes a text, however many there are.
struct TextSpans: Sendable, Hashable {
  // Two arrays: one of pairs would be padded to sixteen bytes a text.
  private var starts: [UInt64] = []
  private var lengths: [UInt32] = []

  var count: Int { starts.count }

  subscript(_ index: Int) -> Range<Int> {
    let start = Int(starts[index])
    return start..<start + Int(lengths[index])
  }

  /// Appends a text of at most 2³² − 1 bytes (the readers' limits see to that).
  mutating func append(_ range: Range<Int>) {
    starts.append(UInt64(range.lowerBound))
    lengths.append(UInt32(range.count))
  }

  mutating func reserve(_ count: Int) {
    starts.reserveCapacity(count)
    lengths.reserveCapacity(count)
  }

  /// The spans of some texts, in the order given.
  func selecting(_ indices: some Collection<Int>) -> TextSpans {
    var selected = TextSpans()
    selected.reserve(indices.count)
    for index in indices {
      selected.starts.append(starts[index])
      selected.lengths.append(lengths[index])
    }
    return selected
  }
}
