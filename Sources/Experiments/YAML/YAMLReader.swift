package import Diagnostics
package import Notebooks
internal import Yams

/// Reads the YAML of blocks and front matter; the only place that knows Yams.
package enum YAMLReader {
  /// The node of a text; nil when it is empty, or cannot be read (then a diagnostic says why).
  package static func read(
    _ source: MappedText, scope: NameScope, _ diagnostics: inout [Diagnostic]
  ) -> YAMLNode? {
    let scan = YAMLScan.scan(source)
    diagnostics += scan.problems
    guard scan.isUsable else { return nil }
    var composer = YAMLComposer(source: source, bytes: scan.bytes, scope: scope)
    let node = composer.compose()
    // What libyaml finds in a text that was repaired is mostly the repair's doing.
    if scan.problems.isEmpty || composer.isComplete { diagnostics += composer.problems }
    return node
  }
}

/// Composes one repaired text and gives every node its place.
private struct YAMLComposer {
  let source: MappedText
  var bytes: [UInt8]
  let scope: NameScope
  var problems: [Diagnostic] = []
  /// Whether libyaml read the whole text.
  var isComplete = false

  private var positions: YAMLPositions
  private var nodeCount = 0
  /// Keys that were renamed because Yams refuses duplicates, by their byte offset.
  private var renamed: [Int: String] = [:]

  init(source: MappedText, bytes: [UInt8], scope: NameScope) {
    self.source = source
    self.bytes = bytes
    self.scope = scope
    positions = YAMLPositions(bytes)
  }

  mutating func compose() -> YAMLNode? {
    // Each round renames one duplicate; a block with more of them has said enough.
    for _ in 0..<50 {
      do {
        let text = String(decoding: bytes, as: UTF8.self)
        // `basic` has no rules: scalars stay text, and no regular expression is built.
        let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
        let root = try parser.singleRoot()
        isComplete = true
        return root.flatMap { convert($0) }
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        let offset = positions.offset(of: context.mark)
        guard let name = names.first, rename(name, at: offset) else {
          report("A key stands once in a mapping", id: "yaml.duplicate-key", offset)
          return nil
        }
      } catch let error as YamlError {
        report(error)
        return nil
      } catch {
        report("This is not YAML", id: "yaml.syntax", 0)
        return nil
      }
    }
    return nil
  }

  /// Gives the first of several equal keys another name of the same length, so that Yams composes;
  /// ``convert(_:)`` puts the name back and reports the second.
  private mutating func rename(_ name: String, at offset: Int) -> Bool {
    let length = name.utf8.count
    let isQuoted = offset < bytes.count && (bytes[offset] == .quote || bytes[offset] == .apostrophe)
    let start = offset + (isQuoted ? 1 : 0)
    guard length >= 2, start + length <= bytes.count, renamed[offset] == nil,
      bytes[start..<start + length].elementsEqual(name.utf8)
    else { return false }
    renamed[offset] = name
    var number = renamed.count
    for index in start..<start + length {
      bytes[index] = UInt8(ascii: "A") + UInt8(number % 26)
      number /= 26
    }
    return true
  }

  private mutating func report(_ message: String, id: String, _ offset: Int) {
    problems.append(Diagnostic(id, message, at: source.range(offset..<offset)))
  }

  private mutating func report(_ error: YamlError) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      // A missing colon is noticed lines later; the context is where the key began.
      let isLate = problem == "could not find expected ':'"
      let place = isLate ? context?.mark ?? mark : mark
      let offset = positions.offset(of: place)
      let end = min(offset + 1, bytes.count)
      problems.append(
        .syntax(problem, context: context?.text, at: source.range(offset..<max(offset, end))))
    case .reader(let problem, _, _, _):
      report("This is not YAML (\(problem))", id: "yaml.syntax", 0)
    default:
      report("This is not YAML", id: "yaml.syntax", 0)
    }
  }

  // MARK: Nodes

  private mutating func convert(_ node: Node) -> YAMLNode? {
    // Every node is at least a byte of the text. More can only come from an alias that the scan
    // did not see, and then there is no end to it.
    nodeCount += 1
    guard nodeCount <= 4 * bytes.count + 16 else { return nil }
    let start = node.mark.map { positions.offset(of: $0) } ?? 0
    switch node {
    case .scalar(let scalar): return convert(scalar, at: start)
    case .sequence(let sequence):
      var items: [YAMLNode] = []
      items.reserveCapacity(sequence.count)
      for item in sequence { if let item = convert(item) { items.append(item) } }
      let range = extent(start, items.last?.range)
      return YAMLNode(.sequence(items), at: range, scope: scope)
    case .mapping(let mapping):
      let pairs = convert(mapping)
      let range = extent(start, pairs.last?.value.range)
      return YAMLNode(.mapping(pairs), at: range, scope: scope)
    case .alias:
      return nil
    }
  }

  private mutating func convert(_ mapping: Node.Mapping) -> [YAMLNode.Pair] {
    var pairs: [YAMLNode.Pair] = []
    pairs.reserveCapacity(mapping.count)
    var first: [String: SourceRange] = [:]
    for (key, value) in mapping {
      guard pairs.count < YAMLScan.maximumKeys else {
        let offset = key.mark.map { positions.offset(of: $0) } ?? 0
        problems.append(.tooManyKeys(source.range(offset..<min(offset + 1, bytes.count))))
        break
      }
      guard case .scalar(let scalar) = key, let mark = key.mark else {
        let offset = key.mark.map { positions.offset(of: $0) } ?? 0
        problems.append(.complexKey(source.range(offset..<min(offset + 1, bytes.count))))
        continue
      }
      let offset = positions.offset(of: mark)
      let keyRange = convert(scalar, at: offset).range
      let name = renamed[offset] ?? scalar.string
      guard var node = convert(value) else { continue }
      if node.isMissing { node = YAMLNode(node.content, at: keyRange, scope: scope) }
      let pair = YAMLNode.Pair(key: name, keyRange: keyRange, value: node)
      if let earlier = first.updateValue(keyRange, forKey: name) {
        first[name] = earlier
        problems.append(.duplicateKey(pair, first: earlier))
      } else {
        pairs.append(pair)
      }
    }
    return pairs
  }

  private func extent(_ start: Int, _ last: SourceRange?) -> SourceRange {
    let begin = source.range(start..<min(start + 1, bytes.count))
    guard let last else { return begin }
    let lower = begin.bytes.lowerBound
    return SourceRange(source.file, lower..<max(lower, last.bytes.upperBound))
  }

  private func convert(_ scalar: Node.Scalar, at start: Int) -> YAMLNode {
    let text = scalar.string
    switch scalar.style {
    case .singleQuoted, .doubleQuoted:
      let end = quotedEnd(start)
      let inner = start + 1..<max(start + 1, end - 1)
      let isVerbatim = bytes[clamp(inner)].elementsEqual(text.utf8)
      return YAMLNode(
        .scalar(text, .quoted, content: isVerbatim ? source.range(inner) : nil),
        at: source.range(start..<end), scope: scope)
    case .literal, .folded:
      return YAMLNode(
        .scalar(text, .block, content: nil), at: source.range(start..<min(start + 1, bytes.count)),
        scope: scope)
    default:
      let end = plainEnd(start, text)
      let isVerbatim = end - start == text.utf8.count
      let range = source.range(start..<end)
      return YAMLNode(
        .scalar(text, .plain, content: isVerbatim ? range : nil), at: range, scope: scope)
    }
  }

  private func clamp(_ range: Range<Int>) -> Range<Int> {
    let lower = min(range.lowerBound, bytes.count)
    return lower..<min(max(lower, range.upperBound), bytes.count)
  }

  /// The end of a quoted scalar, behind its quote.
  private func quotedEnd(_ start: Int) -> Int {
    guard start < bytes.count else { return bytes.count }
    let quote = bytes[start]
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == quote {
        if quote == .apostrophe, index + 1 < bytes.count, bytes[index + 1] == quote {
          index += 2
          continue
        }
        return index + 1
      }
      index += quote == .quote && bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return bytes.count
  }

  /// The end of a plain scalar: where its text is used up, line breaks having become spaces.
  private func plainEnd(_ start: Int, _ text: String) -> Int {
    var index = min(start, bytes.count)
    for byte in text.utf8 {
      guard index < bytes.count else { break }
      if bytes[index] == byte {
        index += 1
      } else {
        while index < bytes.count, bytes[index].isBlankOrLineEnd { index += 1 }
        if !byte.isBlankOrLineEnd, index < bytes.count, bytes[index] == byte { index += 1 }
      }
    }
    return index
  }
}

/// Turns libyaml's marks (lines, and columns in Unicode scalars) into byte offsets.
///
/// Marks come almost in order, so the walk goes on from the last one: O(bytes) for all of them.
private struct YAMLPositions {
  private let lineStarts: [Int]
  private let bytes: [UInt8]
  private var line = 0
  private var column = 0
  private var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (index, byte) in bytes.enumerated() {
      let isCR = byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
      if byte == 0x0A || isCR { starts.append(index + 1) }
    }
    lineStarts = starts
  }

  /// The byte at a mark; the end of the line or text for one that lies beyond.
  mutating func offset(of mark: Mark) -> Int {
    let wantedLine = max(0, mark.line - 1)
    let wantedColumn = max(0, mark.column - 1)
    guard wantedLine < lineStarts.count else { return bytes.count }
    if wantedLine != line || wantedColumn < column {
      line = wantedLine
      column = 0
      offset = lineStarts[wantedLine]
    }
    while column < wantedColumn, offset < bytes.count, !bytes[offset].isLineEnd {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      column += 1
    }
    return offset
  }
}
