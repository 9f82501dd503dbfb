internal import CKernels

/// The attention of a layer: queries of some rows over the keys and values of their sequences.
///
/// Heads lie side by side in the columns of all matrices. Nothing quadratic in the length is kept:
/// the backward pass computes the probabilities again, a block of queries at a time.
package struct AttentionPlan: Sendable {
  /// Rows of keys and values where each sequence begins, and the end of the last.
  package let keys: [Int]
  /// Rows of queries where each sequence begins, and the end of the last.
  package let queries: [Int]
  /// Where the queries stand.
  package let places: RowPlaces
  package let heads: Int
  /// Maximal positions rounded up to 64 (rule 6).
  package let span: Int
  package let dropout: Dropout?

  package init(
    keys: [Int], queries: [Int], places: RowPlaces, heads: Int, span: Int, dropout: Dropout?
  ) {
    precondition(
      keys.count == queries.count && queries.last == places.count, "queries without places")
    self.keys = keys
    self.queries = queries
    self.places = places
    self.heads = heads
    self.span = span
    self.dropout = dropout
  }
}

extension Compute {
  /// Queries whose probabilities are at hand at once.
  private static var queryBlock: Int { 128 }

  /// One head over one sequence.
  private struct Head {
    let keys: Range<Int>
    let queries: Range<Int>
    let columns: Range<Int>
    var setting: AssayHead
  }

  /// Tiles of a block of queries by the keys of a sequence.
  private struct Tiles {
    let start: UnsafeMutablePointer<Float>
    let size: Int
    let columns: Int

    subscript(tile: Int, rows: Int) -> MatrixView {
      MatrixView(start + tile * size, rows: rows, columns: columns)
    }
  }

  /// The part of the work with the given number: all heads of a sequence come one after another.
  private func head(_ part: Int, _ plan: AttentionPlan, width: Int) -> Head {
    let (sequence, number) = (part / plan.heads, part % plan.heads)
    let size = width / plan.heads
    let queries = plan.queries[sequence]..<plan.queries[sequence + 1]
    let draw = queries.isEmpty ? 0 : plan.places.draws[queries.lowerBound]
    return Head(
      keys: plan.keys[sequence]..<plan.keys[sequence + 1], queries: queries,
      columns: number * size..<(number + 1) * size,
      setting: AssayHead(
        scale: Float(1 / Double(size).squareRoot()),
        dropout: plan.dropout?.setting(draw: draw) ?? Dropout.none,
        first: UInt64(number * plan.span * plan.span), span: UInt64(plan.span)))
  }

  /// Runs the body for every head of every sequence, with `tiles` tiles for a block of queries.
  private func eachHead(
    _ plan: AttentionPlan, width: Int, tiles: Int,
    _ body: (Head, Tiles, UnsafeMutablePointer<Float>) -> Void
  ) {
    let longest = zip(plan.keys, plan.keys.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) }
    let size = Compute.queryBlock * longest
    threads.run((plan.keys.count - 1) * plan.heads) { part in
      let head = head(part, plan, width: width)
      let memory = TensorStorage(capacity: assay_matmul_workspace() + tiles * size)
      let tiles = Tiles(
        start: memory.elements + assay_matmul_workspace(), size: size, columns: head.keys.count)
      withExtendedLifetime(memory) { body(head, tiles, memory.elements) }
    }
  }

  /// Products on the thread at hand.
  private func product(
    _ layout: MatrixLayout, _ a: MatrixView, _ b: MatrixView, into c: MatrixView,
    continuing: Bool = false, _ workspace: UnsafeMutablePointer<Float>
  ) {
    kernels.pointee.matmul(
      layout.code, c.rows, c.columns, layout == .tn ? a.rows : a.columns, a.start, a.stride,
      b.start, b.stride, c.start, c.stride,
      AssayEpilogue(bias: nil, relu: 0, continues: continuing ? 1 : 0), workspace)
  }

  /// Probabilities of a block of queries, and those that dropout keeps, which may be the same.
  private func probabilities(
    _ head: Head, _ plan: AttentionPlan, _ block: Range<Int>, _ q: MatrixView, _ k: MatrixView,
    _ tiles: Tiles, _ workspace: UnsafeMutablePointer<Float>
  ) -> (all: MatrixView, kept: MatrixView) {
    let all = tiles[0, block.count]
    product(.nt, q.rows(block), k, into: all, workspace)
    let drops = head.setting.dropout.threshold != 0
    let kept = drops ? tiles[1, block.count] : all
    plan.places.positions.withUnsafeBufferPointer { positions in
      guard let positions = positions.baseAddress else { return }
      kernels.pointee.attention_softmax(
        block.count, all.columns, head.setting,
        positions + head.queries.lowerBound
          + block.lowerBound, all.start, kept.start)
    }
    return (all, kept)
  }

  private func eachBlock(_ count: Int, _ body: (Range<Int>) -> Void) {
    for start in stride(from: 0, to: count, by: Compute.queryBlock) {
      body(start..<min(count, start + Compute.queryBlock))
    }
  }

  /// context = dropout(softmax(q·kᵀ/√d))·v for each head of each sequence.
  ///
  /// - Parameters:
  ///   - q: [queries, heads · d], as `context`.
  ///   - k: [keys, heads · d], as v.
  package func attend(
    _ plan: AttentionPlan, q: MatrixView, k: MatrixView, v: MatrixView, into context: MatrixView
  ) {
    eachHead(plan, width: q.columns, tiles: 2) { head, tiles, workspace in
      let q = q.rows(head.queries).columns(head.columns)
      let k = k.rows(head.keys).columns(head.columns)
      let v = v.rows(head.keys).columns(head.columns)
      let context = context.rows(head.queries).columns(head.columns)
      eachBlock(head.queries.count) { block in
        let (_, kept) = probabilities(head, plan, block, q, k, tiles, workspace)
        product(.nn, kept, v, into: context.rows(block), workspace)
      }
    }
  }

  /// The gradients of q, k and v from g, that of the context.
  package func attendBackward(
    _ plan: AttentionPlan, q: MatrixView, k: MatrixView, v: MatrixView, gradient g: MatrixView,
    into gradients: (q: MatrixView, k: MatrixView, v: MatrixView)
  ) {
    eachHead(plan, width: q.columns, tiles: 3) { head, tiles, workspace in
      let q = q.rows(head.queries).columns(head.columns)
      let k = k.rows(head.keys).columns(head.columns)
      let v = v.rows(head.keys).columns(head.columns)
      let g = g.rows(head.queries).columns(head.columns)
      let dq = gradients.q.rows(head.queries).columns(head.columns)
      let dk = gradients.k.rows(head.keys).columns(head.columns)
      let dv = gradients.v.rows(head.keys).columns(head.columns)
      if head.queries.isEmpty {
        dk.clear()
        dv.clear()
      }
      eachBlock(head.queries.count) { block in
        let (all, kept) = probabilities(head, plan, block, q, k, tiles, workspace)
        let goesOn = block.lowerBound > 0
        let inner = tiles[2, block.count]
        product(.tn, kept, g.rows(block), into: dv, continuing: goesOn, workspace)
        product(.nt, g.rows(block), v, into: inner, workspace)
        kernels.pointee.attention_backward(
          block.count, all.columns, head.setting.scale, head.setting.dropout.scale, all.start,
          kept.start, inner.start)
        product(.nn, inner, k, into: dq.rows(block), workspace)
        product(.tn, inner, q.rows(block), into: dk, continuing: goesOn, workspace)
      }
    }
  }
}
