internal import CKernels

extension RandomStream {
  /// The words of elements 0 ..< count of one draw, as `word(draw:element:attempt:)` gives them.
  package func words(count: Int, draw: UInt64) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
      fill(UnsafeMutableBufferPointer(rebasing: buffer.prefix(count)), draw: draw)
      filled = count
    }
  }

  /// Fills a buffer with the words of elements `first`, `first + 1`, … of one draw.
  package func fill(
    _ words: UnsafeMutableBufferPointer<UInt32>, draw: UInt64 = 0, first: Int = 0
  ) {
    precondition(first >= 0 && first + words.count <= 1 << 34, "element \(first)")
    guard let base = words.baseAddress else { return }
    InstructionSet.best.kernels?.pointee
      .random_words(words.count, UInt64(first), source(draw: draw), base)
  }
}
