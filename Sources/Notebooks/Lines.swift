/// The lines of a text, ended by LF, CRLF or CR as in CommonMark.
struct Lines: RandomAccessCollection {
  /// One line: all its bytes, and those before the line ending.
  struct Line {
    let range: Range<Int>
    let content: Range<Int>
  }

  /// Where each line begins, and the end of the text.
  private var bounds: [Int] = [0]
  private var contentEnds: [Int] = []

  /// Cuts a text into lines; an empty text has none, and nothing follows a final line ending.
  init(_ bytes: [UInt8], from start: Int = 0) {
    bounds = [start]
    bytes.withUnsafeBufferPointer { buffer in
      var offset = start
      while offset < buffer.count {
        let byte = buffer[offset]
        offset += 1
        guard byte.isLineEnd else { continue }
        contentEnds.append(offset - 1)
        if byte == .carriageReturn, offset < buffer.count, buffer[offset] == .lineFeed {
          offset += 1
        }
        bounds.append(offset)
      }
      if let last = bounds.last, last < buffer.count {
        contentEnds.append(buffer.count)
        bounds.append(buffer.count)
      }
    }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { contentEnds.count }

  subscript(index: Int) -> Line {
    Line(
      range: bounds[index]..<bounds[index + 1], content: bounds[index]..<contentEnds[index])
  }

  /// Index of the line that holds the byte at `offset`.
  ///
  /// - Complexity: O(log lines)
  func index(at offset: Int) -> Int {
    var low = 0
    var high = Swift.max(count, 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if bounds[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
