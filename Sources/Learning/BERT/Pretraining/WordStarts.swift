/// Which tokens begin a word: the others are masked with those before them.
package struct WordStarts: Sendable {
  /// By token id.
  private let continues: [Bool]
  /// The words of the list as a tree: node and token to the next node; the root is 0.
  private var edges: [UInt64: Int] = [:]
  /// Whether a word ends at a node.
  private var isWord: [Bool] = [false]

  /// - Parameters:
  ///   - continuations: for every token id whether it goes on with the word before it, as `##`
  ///     says in a WordPiece vocabulary; ids beyond do not.
  ///   - words: words of several tokens, such as the Chinese ones of a list; wherever one of
  ///     them stands, the longest first, its tokens are a word.
  package init(continuations: [Bool], words: some Sequence<[Int32]> = EmptyCollection()) {
    continues = continuations
    for word in words where word.count > 1 {
      var node = 0
      for token in word {
        let edge = Self.edge(node, token)
        if let next = edges[edge] {
          node = next
        } else {
          isWord.append(false)
          edges[edge] = isWord.count - 1
          node = isWord.count - 1
        }
      }
      isWord[node] = true
    }
  }

  /// For every token whether a word begins there.
  package func marks(_ ids: [Int32]) -> [Bool] {
    var marks = ids.map { id in
      let index = Int(id)
      return !(continues.indices.contains(index) && continues[index])
    }
    if edges.isEmpty { return marks }
    var start = 0
    while start < ids.count {
      let length = longestWord(in: ids[start...])
      for index in start + 1..<max(start + 1, start + length) { marks[index] = false }
      start += max(1, length)
    }
    return marks
  }

  /// Tokens of the longest word of the list that stands at the beginning; 0 for none.
  private func longestWord(in ids: ArraySlice<Int32>) -> Int {
    var node = 0
    var longest = 0
    for (index, token) in ids.enumerated() {
      guard let next = edges[Self.edge(node, token)] else { break }
      node = next
      if isWord[node] { longest = index + 1 }
    }
    return longest
  }

  private static func edge(_ node: Int, _ token: Int32) -> UInt64 {
    UInt64(node) << 32 | UInt64(UInt32(bitPattern: token))
  }
}
