import Diagnostics

/// What libcmark is given: the file without front matter and without regions.
///
/// Offsets in the excerpt are called local; each kept stretch knows where it begins in the file.
struct Excerpt {
  let file: SourceFile
  let bytes: [UInt8]
  private let stretches: [(local: Int, file: Int)]

  /// Keeps what is outside the cuts (ascending, disjoint) from `start` to the end of the file.
  init(_ file: SourceFile, _ text: [UInt8], from start: Int, cutting cuts: [Range<Int>]) {
    self.file = file
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count - start)
    var stretches: [(local: Int, file: Int)] = []
    var position = start
    for cut in cuts + [text.count..<text.count] {
      if position < cut.lowerBound {
        stretches.append((bytes.count, position))
        bytes += text[position..<cut.lowerBound]
      }
      position = cut.upperBound
    }
    self.bytes = bytes
    self.stretches = stretches.isEmpty ? [(0, start)] : stretches
  }

  /// Offset in the file of the byte at a local offset.
  ///
  /// - Complexity: O(log cuts)
  func fileOffset(_ local: Int) -> Int {
    var low = 0
    var high = stretches.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if stretches[middle].local <= local { low = middle } else { high = middle }
    }
    return stretches[low].file + local - stretches[low].local
  }

  /// Offset in the file right after the byte before a local offset.
  func fileEnd(_ local: Int) -> Int {
    local == 0 ? fileOffset(0) : fileOffset(local - 1) + 1
  }

  /// The bytes of the file that a local range stands for.
  func fileRange(_ local: Range<Int>) -> Range<Int> {
    let start = fileOffset(local.lowerBound)
    return start..<(local.isEmpty ? start : fileEnd(local.upperBound))
  }

  /// The place in the file of a local range.
  func place(_ local: Range<Int>) -> SourceRange { SourceRange(file, fileRange(local)) }

  /// The text of a local range.
  func text(_ local: Range<Int>) -> String { String(decoding: bytes[local], as: UTF8.self) }
}
