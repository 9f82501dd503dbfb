/// The one way partial results are joined: n leaves split at the largest power of two below n.
package enum IndexTree {
  /// Joins the leaves pairwise in tree order; nil for none.
  ///
  /// - Complexity: O(leaves)
  package static func reduce<Value>(
    _ leaves: [Value], _ join: (Value, Value) -> Value
  ) -> Value? {
    var accumulator = Accumulator<Value>()
    for leaf in leaves { accumulator.append(leaf, join) }
    return accumulator.result(join)
  }

  /// Joins leaves as they arrive, holding at most log₂(leaves) partial results.
  ///
  /// Complete subtrees are joined at once; a final pass joins the rest from the right, which is
  /// the tree of `reduce`.
  package struct Accumulator<Value> {
    private var partials: [(value: Value, leaves: Int)] = []

    package init() {}

    /// Adds the next leaf; `join` receives the left value first.
    package mutating func append(_ leaf: Value, _ join: (Value, Value) -> Value) {
      var value = leaf
      var leaves = 1
      while let last = partials.last, last.leaves == leaves {
        partials.removeLast()
        value = join(last.value, value)
        leaves *= 2
      }
      partials.append((value, leaves))
    }

    /// The joined value of all leaves so far; nil for none.
    package func result(_ join: (Value, Value) -> Value) -> Value? {
      guard var value = partials.last?.value else { return nil }
      for partial in partials.dropLast().reversed() {
        value = join(partial.value, value)
      }
      return value
    }

    package mutating func removeAll() {
      partials.removeAll(keepingCapacity: true)
    }
  }
}
