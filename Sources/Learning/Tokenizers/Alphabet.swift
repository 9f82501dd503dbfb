/// The characters that a vocabulary is built from: the most frequent ones of all words.
struct Alphabet {
  /// In the order of the scalars.
  let initial: [Unicode.Scalar]
  /// Those of them that stand within words, too.
  let continuing: [Unicode.Scalar]

  /// Keeps `limit` characters; of equally frequent ones those with the lower scalar values.
  init(_ words: WordCounts, limit: Int) {
    var counts: [UInt32: Int] = words.isolated
    var inner: Set<UInt32> = []
    words.bytes.withUnsafeBufferPointer { bytes in
      for entry in words.entries {
        var index = entry.start
        while index < entry.end {
          let (scalar, length) = UTF8Scalar.decode(bytes, at: index)
          counts[scalar, default: 0] += entry.count
          if index > entry.start { inner.insert(scalar) }
          index += length
        }
      }
    }
    let kept = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit)
      .map(\.key).sorted()
    initial = kept.compactMap(Unicode.Scalar.init)
    continuing = kept.filter(inner.contains).compactMap(Unicode.Scalar.init)
  }
}
