/// The longest of many byte strings at the start of a text, found in one walk.
///
/// Nodes are numbered breadth first, so a node's children stand side by side, in the order of their
/// bytes, from ``Node/firstChild`` to the next node's.
struct TokenTrie: Sendable {
  struct Node: Sendable {
    var firstChild: UInt32
    /// The value of the string that ends here; -1: none does.
    var value: Int32 = -1
    /// The byte by which the node is reached.
    var byte: UInt8
  }

  /// The last one only ends the children of the one before.
  private(set) var nodes: [Node] = []

  /// Builds one trie for each list; list `i` is searched from node `i`.
  ///
  /// Strings of a list are distinct, not empty, and sorted by their bytes.
  init(_ lists: [[Entry]], in bytes: [UInt8]) {
    struct Pending {
      let node: Int
      let list: Int
      let entries: Range<Int>
    }
    nodes = lists.map { _ in Node(firstChild: 0, byte: 0) }
    // A depth at a time: no more nodes wait than there are strings.
    var depth = 0
    var waiting = lists.enumerated().map { Pending(node: $0, list: $0, entries: 0..<$1.count) }
    while !waiting.isEmpty {
      var next: [Pending] = []
      for pending in waiting {
        let list = lists[pending.list]
        nodes[pending.node].firstChild = UInt32(nodes.count)
        var index = pending.entries.lowerBound
        if index < pending.entries.upperBound, list[index].bytes.count == depth {
          nodes[pending.node].value = list[index].value
          index += 1
        }
        while index < pending.entries.upperBound {
          let byte = bytes[list[index].bytes.lowerBound + depth]
          var end = index + 1
          while end < pending.entries.upperBound,
            bytes[list[end].bytes.lowerBound + depth] == byte
          {
            end += 1
          }
          next.append(Pending(node: nodes.count, list: pending.list, entries: index..<end))
          nodes.append(Node(firstChild: 0, byte: byte))
          index = end
        }
      }
      waiting = next
      depth += 1
    }
    nodes.append(Node(firstChild: UInt32(nodes.count), byte: 0))
  }

  /// A string as a range of bytes, and its value.
  struct Entry {
    let bytes: Range<Int>
    let value: Int32
  }

  /// The value of the whole string; nil when there is none.
  func value(of string: UnsafeBufferPointer<UInt8>, from root: Int) -> Int32? {
    let match = nodes.withUnsafeBufferPointer {
      Self.longestMatch($0, of: string, at: 0, from: root)
    }
    guard let match, match.end == string.count else { return nil }
    return match.value
  }

  /// The longest string that `text` has at `start`, and where it ends.
  @inline(__always)
  static func longestMatch(
    _ nodes: UnsafeBufferPointer<Node>, of text: UnsafeBufferPointer<UInt8>, at start: Int,
    from root: Int
  ) -> (value: Int32, end: Int)? {
    var node = root
    var index = start
    var found: (value: Int32, end: Int)?
    while index < text.count {
      guard let next = child(nodes, of: node, by: text[index]) else { break }
      node = next
      index += 1
      if nodes[node].value >= 0 { found = (nodes[node].value, index) }
    }
    return found
  }

  @inline(__always)
  static func child(_ nodes: UnsafeBufferPointer<Node>, of node: Int, by byte: UInt8) -> Int? {
    let first = Int(nodes[node].firstChild)
    let end = Int(nodes[node + 1].firstChild)
    guard first < end, byte >= nodes[first].byte else { return nil }
    // Bytes ascend, so a byte stands no later than its distance from the first.
    var place = min(first + Int(byte - nodes[first].byte), end - 1)
    while nodes[place].byte > byte { place -= 1 }
    return nodes[place].byte == byte ? place : nil
  }
}
