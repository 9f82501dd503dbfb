import Diagnostics

/// The blocks of an excerpt as libcmark sees them, and which of them are experiments.
struct BlockReading: ~Copyable {
  let excerpt: Excerpt
  let lines: Lines
  let tree: CommonmarkTree
  /// All blocks in document order.
  let nodes: [CommonmarkTree.Block]
  /// Fences that say `experiment`, in order; inert ones too.
  let fences: [Fence]
  /// Those that are blocks of the notebook.
  let experiments: [Fence]

  /// Parses an excerpt; nil only when memory is short.
  init?(_ excerpt: Excerpt) {
    guard let tree = CommonmarkTree(excerpt.bytes[...]) else { return nil }
    let lines = Lines(excerpt.bytes)
    // libcmark skips a byte order mark and does not count it.
    let firstColumn = excerpt.bytes.holds("\u{FEFF}", at: 0) ? 3 : 0
    let nodes = tree.blocks().filter { $0.line < lines.count }
      .map { $0.line == 0 ? $0.moved(by: firstColumn) : $0 }
    var beginsNode = [Bool](repeating: false, count: lines.count)
    for node in nodes { beginsNode[node.line] = true }
    var fences: [Fence] = []
    for (number, node) in nodes.enumerated() where node.kind == .code && tree.hasInfo(node.node) {
      let info = FenceInfo(words: tree.info(node.node))
      guard info.isExperiment || info.isNear else { continue }
      fences.append(
        Fence(
          number: number, node: node, info: info, literal: Array(tree.literal(node.node).utf8),
          excerpt: excerpt, lines: lines, beginsNode: beginsNode))
    }
    self.excerpt = excerpt
    self.lines = lines
    self.nodes = nodes
    self.fences = fences
    experiments = fences.filter(\.isExperiment)
    self.tree = tree
  }

  /// The line after the last one that a leaf block can reach to.
  ///
  /// Leaf blocks hold no blocks, so the next block in document order begins on a later line.
  func end(ofLeaf number: Int) -> Int {
    number + 1 < nodes.count ? max(nodes[number].line + 1, nodes[number + 1].line) : lines.count
  }

  /// The last block that begins on or before a line: the one that the line can be part of.
  ///
  /// - Complexity: O(log blocks)
  func node(before line: Int) -> CommonmarkTree.Block? {
    var low = 0
    var high = nodes.count
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle].line <= line { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? nodes[low - 1] : nil
  }
}

/// The words of an info string, as far as they concern experiments.
struct FenceInfo {
  /// Whether it begins `experiment` or `yaml experiment`.
  let isExperiment: Bool
  /// Whether it begins with what was probably meant to be `experiment`, and goes on.
  let isNear: Bool
  /// The word after `experiment`.
  let name: String?
  /// Number of the word that should be the name.
  let nameIndex: Int
  let words: [String]

  init(words text: String) {
    words = text.utf8.split(whereSeparator: \.isInfoSpace).compactMap { String($0) }
    let first = words.first ?? ""
    let isYAML = first == "yaml" && words.count > 1 && words[1] == "experiment"
    isExperiment = first == "experiment" || isYAML
    nameIndex = isYAML ? 2 : 1
    name = isExperiment && words.count > nameIndex ? words[nameIndex] : nil
    let folded = first.lowercased()
    let isJoined =
      folded.hasPrefix("experiment")
      && folded.unicodeScalars.contains {
        !$0.isNameScalar && $0 != "-"
      }
    isNear =
      !isExperiment
      && (isJoined || words.count > 1 && nearestName(to: first, among: ["experiment"]) != nil)
  }
}

extension UInt8 {
  /// White space inside an info string.
  var isInfoSpace: Bool { isBlank || self == 0x0B || self == 0x0C }
}
