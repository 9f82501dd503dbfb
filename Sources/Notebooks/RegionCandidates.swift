/// Pairs of region comments in a text, found line by line before anything is known about blocks.
///
/// A region may hold text that would confuse a Markdown parser, so it has to be cut out first; but
/// whether a pair of comments is a region (and not an example in a code block) only the parse
/// tells. So all outermost pairs are tried. The parse of a text up to a place does not depend on
/// what follows: the first pair that turns out not to follow its block is certainly none, is
/// opened, and the pairs inside it are tried in its stead.
struct RegionCandidates {
  /// An opening comment and the closing comment that belongs to it.
  struct Pair {
    let name: String
    let digest: String
    /// Lines of the two comments.
    let open: Lines.Line
    let close: Lines.Line
    /// Lines between them.
    let body: Range<Int>
    /// What is cut: whole lines; without a line ending at its end, the one before goes instead.
    let range: Range<Int>
  }

  /// Pairs in the order of their opening comments.
  private let pairs: [Pair]
  /// Numbers of the pairs that are being tried, in order, disjoint.
  private var tried: [Int] = []
  private var inside: [[Int]] = []

  /// Pairs the comments like brackets, from line `first` on.
  init(_ bytes: [UInt8], _ lines: Lines, from first: Int) {
    var open: [(line: Int, name: String, digest: String)] = []
    var closed: [(pair: Pair, line: Int)] = []
    for index in lines.indices.dropFirst(first) {
      let line = lines[index]
      guard let marker = RegionMarker(bytes, line.content) else { continue }
      switch marker {
      case .malformed: continue
      case .open(let name, let digest): open.append((index, name, digest))
      case .close:
        guard let start = open.popLast() else { continue }
        let pair = Pair(
          name: start.name, digest: start.digest, open: lines[start.line], close: line,
          body: start.line + 1..<index,
          range: Self.cut(bytes, lines, start.line, index, after: first))
        closed.append((pair, start.line))
      }
    }
    closed.sort { $0.line < $1.line }
    pairs = closed.map(\.pair)
    inside = Array(repeating: [], count: pairs.count)
    var around: [Int] = []
    for number in pairs.indices {
      while let last = around.last,
        pairs[last].close.range.upperBound <= pairs[number].open.range.lowerBound
      {
        around.removeLast()
      }
      if let parent = around.last { inside[parent].append(number) } else { tried.append(number) }
      around.append(number)
    }
  }

  /// The pairs being tried, in order.
  var current: [Pair] { tried.map { pairs[$0] } }

  /// Ranges to cut for the next try.
  var cuts: [Range<Int>] {
    var end = 0
    return tried.map { number in
      let range = pairs[number].range
      defer { end = range.upperBound }
      return max(end, range.lowerBound)..<range.upperBound
    }
  }

  /// Puts what is inside a pair in its stead.
  mutating func open(at position: Int) {
    tried.replaceSubrange(position...position, with: inside[tried[position]])
  }

  /// Gives up all pairs from a position on.
  mutating func drop(from position: Int) {
    tried.removeSubrange(position...)
  }

  private static func cut(
    _ bytes: [UInt8], _ lines: Lines, _ open: Int, _ close: Int, after first: Int
  ) -> Range<Int> {
    let end = lines[close].range.upperBound
    let isLast = lines[close].content.upperBound == end
    let start =
      isLast && open > first
      ? lines[open - 1].content.upperBound : lines[open].range.lowerBound
    return start..<end
  }
}
