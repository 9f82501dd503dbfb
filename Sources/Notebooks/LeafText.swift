/// The lines of a paragraph or heading without what containers put before them.
///
/// Quote marks are taken off as often as there are quotes around the leaf; a lazy line has fewer.
/// Line endings become LF. Reused from leaf to leaf to save allocations.
struct LeafText {
  private(set) var bytes: [UInt8] = []
  private var starts: [(text: Int, local: Int)] = []

  /// Reads a leaf whose lines end before line `end`.
  mutating func read(
    _ source: [UInt8], _ lines: Lines, _ leaf: CommonmarkTree.Block, before end: Int
  ) {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    guard leaf.line < lines.count else { return }
    let first = lines[leaf.line].content
    append(source, min(first.lowerBound + leaf.column, first.upperBound)..<first.upperBound)
    if leaf.kind == .heading, isNumberSignHeading { return }
    for line in lines.indices[(leaf.line + 1)..<max(leaf.line + 1, min(end, lines.count))] {
      let content = stripped(source, lines[line].content, leaf.quoteDepth)
      if content.isEmpty { return }
      if leaf.kind == .heading, isUnderline(source[content]) { return }
      bytes.append(.lineFeed)
      append(source, content)
    }
  }

  /// The local offset of the byte at an offset of the text.
  ///
  /// - Complexity: O(log lines)
  func local(_ offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle].text <= offset { low = middle } else { high = middle }
    }
    guard low < starts.count else { return 0 }
    return starts[low].local + offset - starts[low].text
  }

  /// The local range of a range that is not empty.
  func local(_ range: Range<Int>) -> Range<Int> {
    let start = local(range.lowerBound)
    return start..<(range.isEmpty ? start : local(range.upperBound - 1) + 1)
  }

  private mutating func append(_ source: [UInt8], _ range: Range<Int>) {
    starts.append((bytes.count, range.lowerBound))
    bytes += source[range]
  }

  private func stripped(_ source: [UInt8], _ line: Range<Int>, _ quoteDepth: Int) -> Range<Int> {
    var rest = source[line].drop(while: \.isBlank)
    for _ in 0..<quoteDepth where rest.first == UInt8(ascii: ">") {
      rest = rest.dropFirst().drop(while: \.isBlank)
    }
    return rest.startIndex..<rest.endIndex
  }

  /// Whether the first line begins as a heading of the `#` kind, which has one line.
  private var isNumberSignHeading: Bool {
    let signs = bytes.prefix { $0 == UInt8(ascii: "#") }.count
    return signs > 0 && signs < 7 && (signs == bytes.count || bytes[signs].isBlank)
  }

  private func isUnderline(_ line: ArraySlice<UInt8>) -> Bool {
    let line = line[line.trimmedRange]
    guard let first = line.first, first == UInt8(ascii: "=") || first == UInt8(ascii: "-") else {
      return false
    }
    return line.allSatisfy { $0 == first }
  }
}
