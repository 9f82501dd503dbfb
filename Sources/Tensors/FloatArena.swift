/// One block of memory for all matrices of a step, planned before and used again from step to step.
///
/// Belongs to one thread at a time.
package final class FloatArena {
  /// Floats between the starts of two matrices are a multiple of this: a line of the cache.
  private static let alignment = 16

  private var block: UnsafeMutableRawPointer?
  private var capacity = 0

  package init() {}

  deinit { block?.deallocate() }

  /// Bytes held.
  package var bytes: Int { capacity * MemoryLayout<Float>.stride }

  /// Where the next matrix of a layout will lie.
  package struct Layout {
    private let base: UnsafeMutablePointer<Float>
    fileprivate private(set) var used = 0

    fileprivate init(base: UnsafeMutablePointer<Float>) { self.base = base }

    /// The next matrix; its elements are undefined.
    package mutating func matrix(_ rows: Int, _ columns: Int) -> MatrixView {
      let view = MatrixView(base + used, rows: rows, columns: columns)
      let lines = (rows * columns + FloatArena.alignment - 1) / FloatArena.alignment
      used += lines * FloatArena.alignment
      return view
    }
  }

  /// Lays matrices out, in a larger block when they need one; earlier ones are no longer valid.
  ///
  /// - Parameter plan: is run twice, first to count.
  package func layOut<Plan>(_ plan: (inout Layout) -> Plan) -> Plan {
    // Nothing is read or written through views of this address, which only counts.
    var counting = Layout(base: UnsafeMutablePointer(bitPattern: 64) ?? emptyBlock())
    _ = plan(&counting)
    if counting.used > capacity || block == nil {
      block?.deallocate()
      // A little more, since the next step may be a little longer.
      capacity = max(counting.used + counting.used / 16, FloatArena.alignment)
      block = .allocate(byteCount: bytes, alignment: 64)
    }
    let base = block?.assumingMemoryBound(to: Float.self) ?? emptyBlock()
    var layout = Layout(base: base)
    return plan(&layout)
  }

  private func emptyBlock() -> UnsafeMutablePointer<Float> {
    preconditionFailure("an arena without a block")
  }
}
