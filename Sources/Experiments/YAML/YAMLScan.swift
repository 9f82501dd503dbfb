import Diagnostics
import Notebooks

/// A look at a block's text before YAML reads it.
///
/// It names at their own place the things that YAML would misread or that the language does not
/// have: full-width punctuation, foreign white space, anchors, aliases, tags, second documents,
/// a `: ` inside a text, brackets and quotes that never close, and nesting that is too deep for the
/// recursive composer. Where the meaning is clear the bytes are repaired in place (same length),
/// so that the rest of the block can still be checked.
///
/// - Complexity: O(bytes)
struct YAMLScan {
  /// Nesting that a block may have.
  static let maximumDepth = 32
  /// Keys that a mapping may have; merging looks each up among them.
  static let maximumKeys = 1000
  /// Bytes that a block may have.
  static let maximumBytes = 1_000_000

  let source: MappedText
  /// The text with repairs; as long as the source's.
  var bytes: [UInt8]
  var problems: [Diagnostic] = []
  /// Whether YAML may read the repaired bytes.
  var isUsable = true

  var position = 0
  var lineStart = 0
  /// Columns of the block mappings and sequences that are open.
  private var openColumns: [Int] = []
  /// The column that lines of a block scalar must exceed, while in one.
  private var blockScalarParent: Int?
  /// The column that further lines of a plain text must exceed, while in one.
  private var plainTextParent: Int?
  /// Where that text began, if it stands first on its line.
  private var plainTextStart: (offset: Int, column: Int)?

  init(_ source: MappedText) {
    self.source = source
    bytes = Array(source.text.utf8)
  }

  /// Scans a text.
  static func scan(_ source: MappedText) -> YAMLScan {
    var scan = YAMLScan(source)
    guard scan.bytes.count <= maximumBytes else {
      scan.problems = [.tooLarge(source)]
      scan.isUsable = false
      return scan
    }
    scan.replaceControlCharacters()
    while scan.position < scan.bytes.count, scan.isUsable { scan.scanLine() }
    return scan
  }

  // MARK: Lines

  private mutating func scanLine() {
    lineStart = position
    var start = position
    while at(start) == .space { start += 1 }
    if isBlankLine(from: start) { return skipLine() }
    if let parent = blockScalarParent {
      if start - lineStart > parent { return skipLine() }
      blockScalarParent = nil
    }
    if let parent = plainTextParent, start - lineStart > parent {
      position = start
      reportLineWithoutColon()
      return skipLine()
    }
    plainTextParent = nil
    plainTextStart = nil
    if let end = foreignSpace(from: start, tabs: true) {
      if at(end) == .hash { return skipLine() }
      problems.append(.indentation(source.range(start..<end), bytes[start..<end]))
      isUsable = false
      return
    }
    position = start
    if at(start) == .hash { return skipLine() }
    if start == lineStart, reportDocumentMarker() { return }
    while let top = openColumns.last, top >= start - lineStart { openColumns.removeLast() }
    scanBlockNode()
  }

  private func isBlankLine(from start: Int) -> Bool {
    var index = start
    while let byte = at(index), !byte.isLineEnd {
      guard byte == .space || byte == .tab else { return false }
      index += 1
    }
    return true
  }

  /// Moves behind the end of the line.
  mutating func skipLine() {
    while let byte = at(position), !byte.isLineEnd { position += 1 }
    if position < bytes.count { position += 1 }
  }

  /// Reports `---`, `...` and `%` where they would mean documents and directives.
  private mutating func reportDocumentMarker() -> Bool {
    let marker = bytes[position..<min(position + 3, bytes.count)]
    let isMarker = marker.elementsEqual("---".utf8) || marker.elementsEqual("...".utf8)
    if isMarker, at(position + 3)?.isBlankOrLineEnd ?? true {
      problems.append(.document(source.range(position..<position + 3)))
    } else if at(position) == UInt8(ascii: "%") {
      problems.append(.directive(source.range(position..<position + 1)))
    } else {
      return false
    }
    isUsable = false
    return true
  }

  // MARK: Block style

  /// Scans what begins at the position, the first on its line: dashes, a key, or a value.
  private mutating func scanBlockNode() {
    var parent = openColumns.last ?? -1
    var isItem = false
    while at(position) == UInt8(ascii: "-"), at(position + 1)?.isBlankOrLineEnd ?? true {
      parent = position - lineStart
      isItem = true
      guard open(parent) else { return }
      position += 1
      skipBlanks()
      if isAtLineEnd { return skipLine() }
    }
    guard skipProperties() else { return }
    let entry = position
    if at(position) == UInt8(ascii: "?"), at(position + 1)?.isBlankOrLineEnd ?? true {
      problems.append(.complexKey(source.range(position..<position + 1)))
      isUsable = false
      return
    }
    if isQuote(at(position)) {
      guard scanQuoted() else { return }
      skipBlanks()
      repairFullWidth(.colon)
      guard at(position) == .colon else { return skipLine() }
      guard open(entry - lineStart) else { return }
      position += 1
      return scanValue(parent: entry - lineStart)
    }
    if startsCollectionOrBlockScalar { return scanValue(parent: parent) }
    if let colon = keyEnd(allowingWide: true, isItem: isItem) {
      guard checkKey(entry..<colon), open(entry - lineStart) else { return }
      position = colon
      repairFullWidth(.colon)
      position = colon + 1
      return scanValue(parent: entry - lineStart)
    }
    if !isItem, let colon = colonWithoutSpace() {
      problems.append(.missingSpace(source.range(colon..<colon + 1)))
      isUsable = false
      return
    }
    if !isItem { plainTextStart = (entry, entry - lineStart) }
    scanPlainText(parent: parent)
  }

  /// Reports a line that is no `key: value` when the next in the same column is one.
  private mutating func reportLineWithoutColon() {
    guard let start = plainTextStart, start.column == position - lineStart,
      keyEnd(allowingWide: false, isItem: false) != nil
    else { return }
    problems.append(.lineWithoutColon(source.range(start.offset..<start.offset + 1)))
    isUsable = false
  }

  private var startsCollectionOrBlockScalar: Bool {
    switch at(position) {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "|"), UInt8(ascii: ">"): true
    default: wide(at: position) == .openBrace || wide(at: position) == .openBracket
    }
  }

  /// Opens a block collection; false when that is too deep.
  private mutating func open(_ column: Int) -> Bool {
    openColumns.append(column)
    return checkDepth(flow: 0)
  }

  /// Reports nesting that is too deep, counting `flow` open brackets.
  mutating func checkDepth(flow: Int) -> Bool {
    guard openColumns.count + flow > Self.maximumDepth else { return true }
    problems.append(.tooDeep(source.range(position..<position + 1)))
    isUsable = false
    return false
  }

  /// The colon that ends a key on this line, if there is one.
  ///
  /// A full-width colon, or one followed by foreign white space, counts when nothing else does and
  /// the text before it could be a key: the letters of one word, Latin ones in a list item.
  private func keyEnd(allowingWide: Bool, isItem: Bool) -> Int? {
    var index = position
    var wideColon: Int?
    while let byte = at(index), !byte.isLineEnd {
      if byte == .hash, index > position, at(index - 1) == .space { break }
      if byte == .colon {
        guard let next = at(index + 1), !next.isBlankOrLineEnd else { return index }
        if foreignSpace(from: index + 1, tabs: false) != nil { return index }
      }
      if wideColon == nil, wide(at: index) == .colon { wideColon = index }
      index += 1
    }
    guard allowingWide, let wideColon, isWord(position..<wideColon, ascii: isItem) else {
      return nil
    }
    return wideColon
  }

  /// A colon inside the first word of the line, as in `lr:1e-3`.
  private func colonWithoutSpace() -> Int? {
    var index = position
    while let byte = at(index), !byte.isBlankOrLineEnd, byte != .colon { index += 1 }
    guard at(index) == .colon, isWord(position..<index, ascii: false) else { return nil }
    return index
  }

  func isWord(_ range: Range<Int>, ascii: Bool) -> Bool {
    guard !range.isEmpty else { return false }
    if ascii, bytes[range].contains(where: { $0 >= 0x80 }) { return false }
    return String(decoding: bytes[range], as: UTF8.self).unicodeScalars.allSatisfy {
      $0.isNameScalar || $0 == "-"
    }
  }

  /// Looks at a plain key; false when the block cannot be read on.
  private mutating func checkKey(_ range: Range<Int>) -> Bool {
    var end = range.upperBound
    while end > range.lowerBound, at(end - 1) == .space { end -= 1 }
    if bytes[range.lowerBound..<end].elementsEqual("<<".utf8) {
      problems.append(.mergeKey(source.range(range.lowerBound..<end)))
      isUsable = false
      return false
    }
    repairTrailingSpace(range)
    return true
  }

  /// Scans what stands after a key's colon, or a collection that begins a line.
  private mutating func scanValue(parent: Int) {
    skipBlanks()
    if let end = foreignSpace(from: position, tabs: false) {
      problems.append(.space(source.range(position..<end)))
      blank(position..<end)
      skipBlanks()
    }
    guard skipProperties() else { return }
    if isAtLineEnd { return skipLine() }
    repairFullWidth(.openBrace)
    repairFullWidth(.openBracket)
    if wide(at: position) == .openQuote { repairWideQuotes(wholeValue: true) }
    switch at(position) {
    case .quote, .apostrophe:
      guard scanQuoted() else { return }
      return endLine(after: "quote")
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard scanFlow() else { return }
      return endLine(after: "bracket")
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      blockScalarParent = parent
      return skipLine()
    default:
      reportColonInText()
      scanPlainText(parent: parent)
    }
  }

  /// Reports what follows a quoted text or a collection on its line.
  private mutating func endLine(after closer: String) {
    skipBlanks()
    if !isAtLineEnd {
      problems.append(.trailing(source.range(position..<position + 1), closer))
      isUsable = false
    }
    skipLine()
  }

  /// Scans a text without quotes to the end of its first line.
  private mutating func scanPlainText(parent: Int) {
    let start = position
    var end = position
    while let byte = at(end), !byte.isLineEnd {
      if byte == .hash, end > start, at(end - 1) == .space { break }
      end += 1
    }
    repairTrailingSpace(start..<end)
    plainTextParent = parent
    skipLine()
  }

  /// Reports `title: BERT: a study`, whose second colon YAML does not allow.
  private mutating func reportColonInText() {
    guard let colon = keyEnd(allowingWide: false, isItem: false) else { return }
    var end = colon + 1
    while let byte = at(end), !byte.isLineEnd { end += 1 }
    problems.append(
      .colonInText(source.range(colon..<colon + 1), text: source.range(position..<end)))
    bytes[colon] = UInt8(ascii: ".")
  }

  // MARK: Anchors, aliases and tags

  /// Reports `&anchor`, `*alias` and `!tag` at the position and passes them; false when the block
  /// cannot be read on.
  mutating func skipProperties() -> Bool {
    while let byte = at(position) {
      switch byte {
      case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
        var end = position + 1
        while let next = at(end), !next.isBlankOrLineEnd, !next.isFlowIndicator { end += 1 }
        let range = source.range(position..<end)
        if byte == UInt8(ascii: "*") {
          problems.append(.yamlAlias(range))
          isUsable = false
          return false
        }
        problems.append(byte == UInt8(ascii: "&") ? .anchor(range) : .tag(range))
        blank(position..<end)
        position = end
        skipBlanks()
      default: return true
      }
    }
    return true
  }

  // MARK: Quotes

  private func isQuote(_ byte: UInt8?) -> Bool { byte == .quote || byte == .apostrophe }

  /// Moves behind a quoted text; false when it never closes.
  mutating func scanQuoted() -> Bool {
    let start = position
    let quote = at(position)
    var wideQuote: Int?
    position += 1
    while let byte = at(position) {
      if byte == quote {
        if quote == .apostrophe, at(position + 1) == .apostrophe {
          position += 2
          continue
        }
        position += 1
        return true
      }
      if wideQuote == nil, wide(at: position) == .closeQuote { wideQuote = position }
      if byte.isLineEnd { lineStart = position + 1 }
      position += byte == UInt8(ascii: "\\") && quote == .quote ? 2 : 1
    }
    problems.append(
      .unclosed(
        source.range(start..<start + 1), quote == .quote ? "\"" : "'",
        wide: wideQuote.map { source.range($0..<$0 + 3) }))
    isUsable = false
    return false
  }
}
