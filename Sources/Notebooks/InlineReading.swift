import Diagnostics

/// Finds the inlines of a reading: positions from ``InlineScan``, existence from libcmark.
struct InlineReading {
  /// An inline in local offsets.
  struct Found {
    enum Kind { case value, reference }
    let kind: Kind
    /// The span or link and the comment after it.
    let range: Range<Int>
    /// The expression, or the target without `#`.
    let subject: Range<Int>
    let shown: String?
    let source: String
    let node: CommonmarkTree.Node
  }

  private(set) var found: [Found] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Links without text that are no cross references.
  private(set) var emptyLinks: [Range<Int>] = []

  private let excerpt: Excerpt
  private let recognizesGenerated: Bool

  /// Reads all leaf blocks.
  ///
  /// - Parameter recognizesGenerated: Whether a span or link with a comment after it is the
  ///   rendered form of an inline; otherwise it is prose.
  init(_ reading: borrowing BlockReading, recognizesGenerated: Bool) {
    excerpt = reading.excerpt
    self.recognizesGenerated = recognizesGenerated
    let triggers = Self.triggers(excerpt.bytes)
    var next = 0
    var text = LeafText()
    for (number, block) in reading.nodes.enumerated() where block.kind.holdsText {
      let end = reading.end(ofLeaf: number)
      let start = reading.lines[block.line].range.lowerBound
      let limit = reading.lines[min(end, reading.lines.count) - 1].range.upperBound
      while next < triggers.count, triggers[next] < start { next += 1 }
      guard next < triggers.count, triggers[next] < limit else { continue }
      if block.kind == .html {
        while next < triggers.count, triggers[next] < limit {
          warnAboutInertInline(triggers[next])
          next += 1
        }
      } else {
        text.read(excerpt.bytes, reading.lines, block, before: end)
        var leaf = LeafInlines(
          text: text, inlines: reading.tree.inlines(of: block.node), excerpt: excerpt,
          recognizesGenerated: recognizesGenerated)
        leaf.read()
        found += leaf.found
        diagnostics += leaf.diagnostics
        emptyLinks += leaf.emptyLinks
      }
    }
  }

  /// Offsets of everything that could begin an inline, or end a rendered one.
  private static func triggers(_ bytes: [UInt8]) -> [Int] {
    var offsets: [Int] = []
    bytes.withUnsafeBufferPointer { buffer in
      for offset in buffer.indices.dropLast(2) {
        let isTrigger =
          switch buffer[offset] {
          case .backtick: buffer.holds("`{=", at: offset)
          case UInt8(ascii: "<"): buffer.holds("<!--=", at: offset)
          case UInt8(ascii: "["): buffer.holds("[](", at: offset) || buffer.holds("[][", at: offset)
          default: false
          }
        if isTrigger { offsets.append(offset) }
      }
    }
    return offsets
  }

  private mutating func warnAboutInertInline(_ offset: Int) {
    guard excerpt.bytes.holds("`{=", at: offset) else { return }
    diagnostics.append(
      Diagnostic(
        .warning, "notebook.inert-inline", "inside HTML nothing is evaluated",
        at: excerpt.place(offset..<offset + 3),
        notes: [.init("a blank line after the HTML makes what follows Markdown again")]))
  }
}

extension CommonmarkTree.BlockKind {
  /// Whether inlines, or what looks like them, can be in the block.
  fileprivate var holdsText: Bool { self == .paragraph || self == .heading || self == .html }
}
