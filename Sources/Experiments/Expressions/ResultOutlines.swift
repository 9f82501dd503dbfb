/// The blocks that an expression may speak of, and what is known of their results.
package struct ResultOutlines: Sendable {
  /// The block whose `expect:` is read, so that paths may leave out its name; nil in prose.
  package var own: String?
  /// Every block in order of the notebook, also those without a result.
  package let blockNames: [String]
  private let outlines: [String: ResultOutline]

  /// - Parameters:
  ///   - blockNames: all blocks that can be named, in order.
  ///   - outlines: what is known; a block that is missing here is not judged.
  package init(blockNames: [String], outlines: [String: ResultOutline], own: String? = nil) {
    self.blockNames = blockNames
    self.outlines = outlines
    self.own = own
    known = Set(blockNames)
  }

  private let known: Set<String>

  func isBlock(_ name: String) -> Bool { known.contains(name) }

  package func outline(of block: String) -> ResultOutline? { outlines[block] }

  /// The same blocks as seen from inside one of them, or from prose.
  package func seen(from own: String?) -> ResultOutlines {
    var copy = self
    copy.own = own
    return copy
  }
}
