package import Diagnostics

/// Text cut out of a file that knows where each of its bytes came from.
///
/// A fence body in a list item loses its indentation, a tab may be cut in the middle, line endings
/// become line feeds: the text is no longer a slice of the file, but every problem found in it
/// still has a place there.
package struct MappedText: Sendable {
  /// The text; lines end with LF whatever the file uses.
  package let text: String
  /// The file that the text came from.
  package let file: SourceFile
  /// Pieces in order; together they cover the text.
  let pieces: [Piece]
  /// Where the text would stand when it is empty.
  let origin: Int

  /// A stretch of the text and the bytes of the file that it stands for.
  ///
  /// When both have the same length they correspond byte by byte; otherwise (a tab that became
  /// spaces, CRLF that became LF, NUL that became U+FFFD) every byte stands for the whole stretch.
  struct Piece: Sendable, Equatable {
    var text: Range<Int>
    var file: Range<Int>

    var isVerbatim: Bool { text.count == file.count }
  }

  init(text: String, file: SourceFile, pieces: [Piece], origin: Int) {
    var text = text
    text.makeContiguousUTF8()
    self.text = text
    self.file = file
    self.pieces = pieces
    self.origin = origin
  }

  /// A slice of a file, byte by byte.
  package init(_ file: SourceFile, _ bytes: Range<Int>) {
    let text = file[bytes]
    let whole = Piece(text: 0..<bytes.count, file: bytes)
    self.init(
      text: text, file: file, pieces: bytes.isEmpty ? [] : [whole], origin: bytes.lowerBound)
  }

  /// The bytes of the file behind bytes (UTF-8 offsets) of the text; clamped to the text.
  ///
  /// An empty range gives an empty range: the place before its byte, or after the last one.
  ///
  /// - Complexity: O(log pieces)
  package func range(_ bytes: Range<Int>) -> SourceRange {
    let count = pieces.last?.text.upperBound ?? 0
    let lower = min(max(0, bytes.lowerBound), count)
    let upper = min(max(lower, bytes.upperBound), count)
    guard count > 0 else { return SourceRange(file, origin..<origin) }
    if lower == upper {
      let place = lower == count ? source(of: count - 1).upperBound : source(of: lower).lowerBound
      return SourceRange(file, place..<place)
    }
    let start = source(of: lower).lowerBound
    return SourceRange(file, start..<max(start, source(of: upper - 1).upperBound))
  }

  /// The whole text's place in the file.
  package var range: SourceRange { range(0..<text.utf8.count) }

  /// The bytes of the file behind one byte of the text, which must exist.
  private func source(of byte: Int) -> Range<Int> {
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if pieces[middle].text.lowerBound <= byte { low = middle } else { high = middle }
    }
    let piece = pieces[low]
    guard piece.isVerbatim else { return piece.file }
    let start = piece.file.lowerBound + byte - piece.text.lowerBound
    return start..<start + 1
  }
}

extension MappedText {
  /// A slice of a file with its line endings turned into LF.
  init(lineFeeds file: SourceFile, _ bytes: [UInt8], _ range: Range<Int>) {
    var text: [UInt8] = []
    var pieces: [Piece] = []
    for line in Lines(Array(bytes[..<range.upperBound]), from: range.lowerBound) {
      if !line.content.isEmpty {
        pieces.append(
          Piece(text: text.count..<text.count + line.content.count, file: line.content))
        text += bytes[line.content]
      }
      let ending = line.content.upperBound..<line.range.upperBound
      guard !ending.isEmpty else { continue }
      pieces.append(Piece(text: text.count..<text.count + 1, file: ending))
      text.append(.lineFeed)
    }
    self.init(
      text: String(decoding: text, as: UTF8.self), file: file, pieces: pieces,
      origin: range.lowerBound)
  }
}
