/// Finds the lines of a code block's literal in the source, whatever containers took from them.
///
/// Containers and the fence take blanks (and quote marks) from the beginning of a line, the last of
/// them perhaps half a tab, whose rest libcmark writes as spaces. So a line is matched from its
/// end: equal bytes correspond, and spaces that are left over come from the tab before them.
struct BodyMapping {
  private let source: [UInt8]
  private(set) var text: [UInt8] = []
  private(set) var pieces: [MappedText.Piece] = []
  /// Whether every line was found.
  private(set) var agrees = true

  init(_ source: [UInt8]) {
    self.source = source
  }

  /// Adds one line of the literal (without its ending) that comes from a line of the source.
  mutating func add(_ literal: ArraySlice<UInt8>, from line: Lines.Line) {
    var text = literal.endIndex
    var position = line.content.upperBound
    var found: [MappedText.Piece] = []
    let shift = self.text.count - literal.startIndex
    func piece(_ from: Int, _ to: Int, _ file: Range<Int>) -> MappedText.Piece {
      MappedText.Piece(text: from + shift..<to + shift, file: file)
    }
    while text > literal.startIndex, position > line.content.lowerBound {
      let (textEnd, positionEnd) = (text, position)
      while text > literal.startIndex, position > line.content.lowerBound,
        literal[text - 1] == source[position - 1]
      {
        text -= 1
        position -= 1
      }
      if textEnd > text { found.append(piece(text, textEnd, position..<positionEnd)) }
      guard text > literal.startIndex, position > line.content.lowerBound else { break }
      // libcmark writes U+FFFD for NUL.
      guard source[position - 1] == 0, literal[..<text].suffix(3).elementsEqual([0xEF, 0xBF, 0xBD])
      else { break }
      found.append(piece(text - 3, text, position - 1..<position))
      text -= 3
      position -= 1
    }
    if text > literal.startIndex {
      let rest = literal[..<text]
      if rest.allSatisfy({ $0 == .space }), position > line.content.lowerBound,
        source[position - 1] == .tab
      {
        found.append(piece(literal.startIndex, text, position - 1..<position))
      } else {
        agrees = false
        found.append(piece(literal.startIndex, text, position..<position))
      }
    }
    pieces += found.reversed()
    self.text += literal
    let ending = line.content.upperBound..<line.range.upperBound
    pieces.append(
      MappedText.Piece(text: self.text.count..<self.text.count + 1, file: ending))
    self.text.append(.lineFeed)
  }
}
