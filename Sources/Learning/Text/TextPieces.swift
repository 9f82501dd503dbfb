/// The text of a corpus: one buffer after the other, addressed as if they were one.
struct TextPieces: Sendable {
  private let pieces: [TextBytes]
  /// Where each piece begins.
  private let starts: [Int]

  init(_ pieces: [TextBytes]) {
    self.pieces = pieces
    var starts: [Int] = []
    var total = 0
    for piece in pieces {
      starts.append(total)
      total += piece.count
    }
    self.starts = starts
  }

  var isUnchanged: Bool { pieces.allSatisfy(\.isUnchanged) }

  /// Bytes in memory of the process's own.
  var residentCount: Int { pieces.reduce(0) { $0 + $1.residentCount } }

  func releasePages() {
    for piece in pieces { piece.releasePages() }
  }

  /// Runs `body` on a range that lies in one piece.
  func withBytes<Value>(
    _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
  ) rethrows -> Value {
    let piece = self.piece(at: range.lowerBound)
    let start = starts[piece]
    return try pieces[piece].withBytes(
      range.lowerBound - start..<range.upperBound - start, body)
  }

  /// The last piece that begins at or before a place; the pieces' texts are not empty.
  private func piece(at offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
