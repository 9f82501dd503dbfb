extension Expression {
  /// The blocks that the expression reads, by whole name.
  ///
  /// - Parameters:
  ///   - names: blocks that exist.
  ///   - own: the block that paths may leave out; nil in prose.
  package func blocks(among names: Set<String>, own: String? = nil) -> Set<String> {
    var blocks: Set<String> = []
    for path in paths {
      guard let first = path.parts.first else { continue }
      // A variant of a comparison is a block by the name `NAME[LABEL]`.
      let whole = ResultPath.text(of: [first])
      if names.contains(whole) {
        blocks.insert(whole)
      } else if names.contains(first.name) {
        blocks.insert(first.name)
      } else if let own {
        blocks.insert(own)
      }
    }
    return blocks
  }
}

extension Experiment {
  /// Other blocks whose results the block's expectations speak of.
  package func blocksOfClaims(among names: Set<String>) -> Set<String> {
    var blocks: Set<String> = []
    for expectation in expectations {
      guard let expression = expectation.parsed().expression else { continue }
      blocks.formUnion(expression.blocks(among: names, own: name))
    }
    blocks.remove(name)
    return blocks
  }
}
