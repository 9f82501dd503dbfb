import Diagnostics

/// A fenced code block whose info string says `experiment`, in local offsets.
struct Fence {
  /// Number among the blocks of the reading.
  let number: Int
  let info: FenceInfo
  /// Zero-based line of the opening fence.
  let line: Int
  let isInQuote: Bool
  /// From the fence (and blanks before it) to the end of the closing fence's line.
  let range: Range<Int>
  /// The opening fence without its line ending.
  let openingRange: Range<Int>
  /// Places of the words of the info string.
  let wordRanges: [Range<Int>]
  let isClosed: Bool
  let indentation: String
  let lineEnding: String
  /// The lines of the body as libcmark gives them, LF-ended, and where they come from.
  let body: [UInt8]
  let pieces: [MappedText.Piece]
  /// False when the body could not be found in the source as libcmark gives it.
  let isMapped: Bool

  init(
    number: Int, node: CommonmarkTree.Block, info: FenceInfo, literal: [UInt8],
    excerpt: Excerpt, lines: Lines, beginsNode: [Bool]
  ) {
    let bytes = excerpt.bytes
    let opening = lines[min(node.line, lines.count - 1)]
    let start = min(opening.range.lowerBound + node.column, opening.content.upperBound)
    var infoStart = start
    while infoStart < opening.content.upperBound, bytes[infoStart] == bytes[start] {
      infoStart += 1
    }
    let fenceLength = infoStart - start

    self.number = number
    self.info = info
    line = node.line
    isInQuote = node.quoteDepth > 0
    openingRange = start..<opening.content.upperBound
    wordRanges = Self.words(bytes, infoStart..<opening.content.upperBound)

    let literalLines = Lines(literal)
    let bodyEnd = min(node.line + 1 + literalLines.count, lines.count)
    isClosed =
      bodyEnd < lines.count && !beginsNode[bodyEnd]
      && Self.closes(bytes[lines[bodyEnd].content], bytes[start], fenceLength, node.quoteDepth)
    let last = lines[isClosed ? bodyEnd : bodyEnd - 1]
    let prefix = opening.range.lowerBound..<start
    let isIndented = bytes[prefix].allSatisfy(\.isBlank)
    range = (isIndented ? prefix.lowerBound : start)..<last.range.upperBound
    indentation = node.isInItem ? Self.indentation(bytes[prefix], isIndented) : ""
    let ending = last.content.upperBound < last.range.upperBound ? last : opening
    lineEnding = excerpt.text(ending.content.upperBound..<ending.range.upperBound)

    var mapping = BodyMapping(bytes)
    for (offset, line) in literalLines.enumerated() where node.line + 1 + offset < lines.count {
      mapping.add(literal[line.content], from: lines[node.line + 1 + offset])
    }
    (body, pieces, isMapped) = (mapping.text, mapping.pieces, mapping.agrees)
  }

  /// Whether the fence makes a block: outside quotes, and with a name.
  var isExperiment: Bool { info.isExperiment && info.name != nil && !isInQuote }

  /// Whether a line closes a fence, judged by its bytes alone.
  private static func closes(
    _ line: ArraySlice<UInt8>, _ character: UInt8, _ length: Int, _ quoteDepth: Int
  ) -> Bool {
    var rest = line[line.trimmedRange]
    for _ in 0..<quoteDepth where rest.first == UInt8(ascii: ">") {
      rest = rest.dropFirst().drop(while: \.isBlank)
    }
    return rest.count >= length && rest.allSatisfy { $0 == character }
  }

  /// The blanks before the fence, or as many spaces as there are columns before it.
  private static func indentation(_ prefix: ArraySlice<UInt8>, _ isIndented: Bool) -> String {
    if isIndented { return String(decoding: prefix, as: UTF8.self) }
    var column = 0
    for byte in prefix { column += byte == .tab ? 4 - column % 4 : 1 }
    return String(repeating: " ", count: column)
  }

  private static func words(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    bytes[range].split(whereSeparator: \.isInfoSpace).map { $0.startIndex..<$0.endIndex }
  }
}
