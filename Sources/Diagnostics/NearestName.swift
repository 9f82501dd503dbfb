/// The candidate that `word` was probably meant to be, or nil when none is near.
///
/// Near means a Damerau-Levenshtein distance (optimal string alignment) of at most a third of the
/// longer word, at least one; letter case and `-` against `_` count nothing. The first of several
/// equally near candidates wins.
///
/// - Complexity: O(candidates · word²)
package func nearestName(to word: String, among candidates: some Sequence<String>) -> String? {
  let folded = fold(word)
  guard folded.count <= 64 else { return nil }
  var best: (distance: Int, name: String)?
  for candidate in candidates {
    let other = fold(candidate)
    guard other.count <= 64 else { continue }
    let limit = max(1, max(folded.count, other.count) / 3)
    let distance = alignmentDistance(folded, other)
    if distance <= limit, distance < (best?.distance ?? .max) { best = (distance, candidate) }
  }
  return best?.name
}

private func fold(_ word: String) -> [Unicode.Scalar] {
  Array(word.lowercased().unicodeScalars).map { $0 == "-" ? "_" : $0 }
}

private func alignmentDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforePrevious = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  for i in 1...a.count {
    var current = [i] + [Int](repeating: 0, count: b.count)
    for j in 1...b.count {
      let cost = a[i - 1] == b[j - 1] ? 0 : 1
      var best = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        best = min(best, beforePrevious[j - 2] + 1)
      }
      current[j] = best
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[b.count]
}
