internal import CKernels

extension RandomStream {
  /// The words of elements 0 ..< count of one draw, as `word(draw:element:attempt:)` gives them.
  package func words(count: Int, draw: UInt64) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
      if let base = buffer.baseAddress {
        InstructionSet.best.kernels?.pointee.random_words(count, 0, source(draw: draw), base)
      }
      filled = count
    }
  }
}
