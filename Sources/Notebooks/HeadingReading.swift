import Diagnostics

/// Finds the headings of a reading and gives them their anchors.
struct HeadingReading {
  private(set) var headings: [Heading] = []
  /// The nodes of the headings, in the same order.
  private(set) var nodes: [CommonmarkTree.Node] = []

  init(_ reading: borrowing BlockReading) {
    var counts: [String: Int] = [:]
    for block in reading.nodes where block.kind == .heading {
      let text = reading.tree.title(of: block.node)
      let line = reading.lines[block.line].content
      let start = min(line.lowerBound + block.column, line.upperBound)
      headings.append(
        Heading(
          level: reading.tree.headingLevel(block.node), text: text,
          slug: Self.unique(Heading.slug(text), &counts),
          range: reading.excerpt.place(start..<line.upperBound)))
      nodes.append(block.node)
    }
  }

  /// The slug, with a number when it was taken before.
  private static func unique(_ slug: String, _ counts: inout [String: Int]) -> String {
    guard var number = counts[slug] else {
      counts[slug] = 1
      return slug
    }
    while counts["\(slug)-\(number)"] != nil { number += 1 }
    counts[slug] = number + 1
    counts["\(slug)-\(number)"] = 1
    return "\(slug)-\(number)"
  }
}
