internal import Digests

/// A random choice of blocks to recompute, without replacement.
///
/// A block's place in the draw is a digest of the seed and its name, so that the choice depends on
/// neither the order of the blocks nor the machine, and every block is as likely as any other.
package struct BlockSample: Sendable, Hashable {
  /// A block of one of the notebooks that are checked.
  package struct Member: Sendable, Hashable {
    package let notebook: String
    package let block: String

    package init(notebook: String, block: String) {
      self.notebook = notebook
      self.block = block
    }
  }

  package let chosen: Set<Member>
  /// Blocks that were chosen from.
  package let total: Int

  /// Chooses the given share of the blocks, rounded up, at least one.
  ///
  /// - Parameters:
  ///   - members: distinct blocks.
  ///   - share: greater than 0, at most 1.
  ///   - seed: any text; the same text gives the same choice.
  package init(of members: [Member], share: Double, seed: String) {
    let wanted = (share * Double(members.count)).rounded(.up)
    let count = min(members.count, max(1, wanted.isFinite ? Int(wanted) : members.count))
    let drawn = members.map { member in
      (
        place: SHA256Digest(of: "\(seed)\u{0}\(member.notebook)\u{0}\(member.block)").hexadecimal,
        member: member
      )
    }.sorted { $0.place < $1.place }
    chosen = Set(drawn.prefix(count).map(\.member))
    total = members.count
  }

  /// Probability that one wrong block, whichever it is, is among the chosen.
  package var detection: Double { total == 0 ? 1 : Double(chosen.count) / Double(total) }
}
