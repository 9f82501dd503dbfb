import Diagnostics

/// A way to a field from the top of a block: `train.model.sequential[2].linear.out_features`.
package struct FieldPath: Sendable, Hashable {
  package enum Element: Sendable, Hashable {
    case key(String)
    /// From zero.
    case index(Int)
  }

  package let elements: [Element]
  /// Whether every part of the text was a key or an index.
  package let isWellFormed: Bool

  /// Reads a path; parts that are none are left out and make it not well formed.
  package init(_ text: String) {
    var elements: [Element] = []
    var isWellFormed = !text.isEmpty
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      let key = String(pieces.first ?? "")
      if key.isEmpty { isWellFormed = false } else { elements.append(.key(key)) }
      for piece in pieces.dropFirst() {
        guard piece.last == "]", let index = Int(piece.dropLast()), index >= 0 else {
          isWellFormed = false
          continue
        }
        elements.append(.index(index))
      }
    }
    self.elements = elements
    self.isWellFormed = isWellFormed
  }
}

extension YAMLNode {
  /// Where the value at a path stands; the nearest thing around it when it is not written.
  ///
  /// A key that a component chooses may be left out: `optimizer.lr` finds `{adamw: {lr: …}}`.
  func range(of path: FieldPath) -> SourceRange? {
    var node = self
    var found: SourceRange?
    for element in path.elements {
      switch element {
      case .key(let key):
        if let pair = node.pair(key) {
          node = pair.value
          found = node.isMissing ? pair.keyRange : node.range
        } else if let pairs = node.pairs, pairs.count == 1, let inner = pairs[0].value.pair(key) {
          node = inner.value
          found = node.range
        } else {
          return found
        }
      case .index(let index):
        guard let items = node.items, items.indices.contains(index) else { return found }
        node = items[index]
        found = node.range
      }
    }
    return found
  }
}
