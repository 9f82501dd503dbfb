/// A text that diagnostics point into: a notebook, a data file, a configuration.
///
/// Positions are UTF-8 byte offsets everywhere inside the program; lines and columns are computed
/// from them only where they are shown. Lines end at LF, CRLF or CR, as in CommonMark.
package final class SourceFile: Sendable {
  /// The path as people are shown it: relative to the project root, `/` between parts.
  package let path: String
  /// The text, valid UTF-8.
  package let text: String
  /// Byte offset of the first byte of each line; never empty, ascending.
  package let lineStarts: [Int]

  /// Wraps a text under the path that diagnostics print.
  package init(path: String, text: String) {
    self.path = path
    var text = text
    var starts = [0]
    text.withUTF8 { bytes in
      var previous: UInt8 = 0
      for offset in bytes.indices {
        let byte = bytes[offset]
        if previous == UInt8(ascii: "\r"), byte != UInt8(ascii: "\n") { starts.append(offset) }
        if byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        previous = byte
      }
      if previous == UInt8(ascii: "\r") { starts.append(bytes.count) }
    }
    self.text = text
    lineStarts = starts
  }

  /// Number of bytes of the text.
  package var byteCount: Int { text.utf8.count }

  /// The bytes `range` of the text, as text; a range that splits a scalar is repaired with U+FFFD.
  package subscript(range: Range<Int>) -> String {
    let bytes = text.utf8
    let lower = bytes.index(bytes.startIndex, offsetBy: min(max(0, range.lowerBound), byteCount))
    let upper = bytes.index(bytes.startIndex, offsetBy: min(max(0, range.upperBound), byteCount))
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// Zero-based index of the line that holds the byte at `offset`.
  ///
  /// - Complexity: O(log lines)
  package func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Bytes of a zero-based line without its line ending.
  package func lineContent(_ index: Int) -> Range<Int> {
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] : byteCount
    let bytes = text.utf8
    while end > start {
      let byte = bytes[bytes.index(bytes.startIndex, offsetBy: end - 1)]
      guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { break }
      end -= 1
    }
    return start..<end
  }

  /// The one-based line and column of a byte offset.
  ///
  /// The column counts Unicode scalars, as editors do for plain text.
  package func position(at offset: Int) -> SourcePosition {
    let clamped = min(max(0, offset), byteCount)
    let line = lineIndex(at: clamped)
    let prefix = self[lineStarts[line]..<max(clamped, lineStarts[line])]
    return SourcePosition(line: line + 1, column: prefix.unicodeScalars.count + 1)
  }
}

/// A one-based line and column, ready to print.
package struct SourcePosition: Sendable, Hashable, Comparable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A place in a file: the bytes that a diagnostic underlines.
package struct SourceRange: Sendable {
  package let file: SourceFile
  package let bytes: Range<Int>

  package init(_ file: SourceFile, _ bytes: Range<Int>) {
    self.file = file
    self.bytes = bytes
  }

  /// The text of the range.
  package var text: String { file[bytes] }
  /// Where the range begins.
  package var start: SourcePosition { file.position(at: bytes.lowerBound) }
}

extension SourceRange: CustomStringConvertible {
  package var description: String { "\(file.path):\(start.line):\(start.column)" }
}
