internal import CKernels

/// Products, sums and functions of matrices in somebody else's memory; no allocation.
extension Compute {
  /// Elements that are worth another thread.
  private static var elementGrain: Int { 1 << 14 }

  /// c = a·b, each element one ascending fma chain (rule 2).
  ///
  /// - Parameters:
  ///   - bias: added to each row; one a column of c.
  ///   - continuing: the chains go on from what c holds, an earlier product.
  package func multiply(
    _ layout: MatrixLayout, _ a: MatrixView, _ b: MatrixView, into c: MatrixView,
    bias: MatrixView? = nil, continuing: Bool = false
  ) {
    let k = layout == .tn ? a.rows : a.columns
    let m = layout == .tn ? a.columns : a.rows
    let (n, inner) = layout == .nt ? (b.rows, b.columns) : (b.columns, b.rows)
    precondition(
      k == inner && c.rows == m && c.columns == n && (bias.map { $0.columns == n } ?? true),
      "product \(m)×\(k) · \(inner)×\(n) into \(c.rows)×\(c.columns)")
    let epilogue = AssayEpilogue(
      bias: bias.map { UnsafePointer($0.start) }, relu: 0, continues: continuing ? 1 : 0)
    matmul(
      layout, m: m, n: n, k: k, a.start, a.stride, b.start, b.stride, into: c.start, c.stride,
      epilogue: epilogue)
  }

  /// y = f(x), both dense; y may be x.
  package func map(_ function: ElementFunction, _ x: MatrixView, into y: MatrixView) {
    precondition(x.count == y.count && x.isDense && y.isDense, "\(x.count) and \(y.count) elements")
    threads.split(x.count, grain: Compute.elementGrain) { range in
      kernels.pointee.map(
        function.code, range.count, x.start + range.lowerBound, y.start + range.lowerBound)
    }
  }

  /// y = y + x, both dense.
  package func add(_ x: MatrixView, to y: MatrixView) {
    precondition(x.count == y.count && x.isDense && y.isDense, "\(x.count) and \(y.count) elements")
    threads.split(x.count, grain: Compute.elementGrain) { range in
      let start = range.lowerBound
      kernels.pointee.add(range.count, y.start + start, x.start + start, y.start + start)
    }
  }

  /// sums = one chain per column over ascending rows (rule 3).
  package func columnSums(_ x: MatrixView, into sums: MatrixView) {
    precondition(sums.count == x.columns, "\(sums.count) sums of \(x.columns) columns")
    threads.split(x.columns, grain: columnGrain(x.rows)) { range in
      kernels.pointee.column_sums(
        x.rows, range.count, x.stride, x.start + range.lowerBound, sums.start + range.lowerBound)
    }
  }

  /// Columns that are worth another thread: whole strips of a column kernel.
  func columnGrain(_ rows: Int) -> Int {
    (max(64, Compute.elementGrain / max(1, rows)) + 63) / 64 * 64
  }

  /// Rows that are worth another thread.
  func rowGrain(_ columns: Int) -> Int { max(1, Compute.elementGrain / max(1, columns)) }

  /// Copies rows of x, in the order of the indices, into the rows of y.
  package func gather(_ x: MatrixView, _ rows: [Int], into y: MatrixView) {
    precondition(
      rows.count == y.rows && x.columns == y.columns && x.isDense && y.isDense,
      "\(rows.count) rows into \(y.rows)")
    precondition(rows.allSatisfy { $0 >= 0 && $0 < x.rows }, "a row is not in 0 ..< \(x.rows)")
    rows.withUnsafeBufferPointer { rows in
      guard let rows = rows.baseAddress else { return }
      threads.split(y.rows, grain: rowGrain(x.columns)) { range in
        assay_gather_rows(
          range.count, x.columns, rows + range.lowerBound, x.start,
          y.start + range.lowerBound * y.columns)
      }
    }
  }

  /// Copies the rows of x to the rows of y with the given indices.
  package func scatter(_ x: MatrixView, to rows: [Int], of y: MatrixView) {
    precondition(rows.count == x.rows && x.columns == y.columns, "\(rows.count) rows of \(x.rows)")
    for (source, target) in rows.enumerated() {
      precondition(target >= 0 && target < y.rows, "row \(target) of \(y.rows)")
      (y.start + target * y.stride).update(from: x.start + source * x.stride, count: x.columns)
    }
  }

  /// Adds the rows of x to the rows of y with the given indices, which differ.
  package func add(_ x: MatrixView, toRows rows: [Int], of y: MatrixView) {
    precondition(rows.count == x.rows && x.columns == y.columns, "\(rows.count) rows of \(x.rows)")
    for (source, target) in rows.enumerated() {
      precondition(target >= 0 && target < y.rows, "row \(target) of \(y.rows)")
      let sum = y.start + target * y.stride
      kernels.pointee.add(x.columns, sum, x.start + source * x.stride, sum)
    }
  }

  /// tanh's derivative: g becomes g·(1 − y²), y being the output, both dense.
  package func tanhBackward(output y: MatrixView, gradient g: MatrixView) {
    precondition(y.count == g.count && y.isDense && g.isDense, "\(y.count) and \(g.count) elements")
    kernels.pointee.tanh_backward(y.count, y.start, g.start, g.start)
  }

  /// Cross-entropy of rows of logits, which become the gradient of factor · Σ losses.
  ///
  /// - Returns: one loss per row, before the factor.
  package func crossEntropy(
    replacing logits: MatrixView, targets: [Int32], factor: Float
  ) -> [Float] {
    let (rows, columns) = (logits.rows, logits.columns)
    precondition(targets.count == rows && logits.isDense, "\(targets.count) targets, \(rows) rows")
    precondition(
      targets.allSatisfy { $0 >= 0 && $0 < columns }, "a target is not in 0 ..< \(columns)")
    return [Float](unsafeUninitializedCapacity: rows) { losses, count in
      count = rows
      guard let losses = losses.baseAddress else { return }
      targets.withUnsafeBufferPointer { targets in
        guard let targets = targets.baseAddress else { return }
        threads.split(rows, grain: rowGrain(columns)) { range in
          let (first, start) = (range.lowerBound, logits.start + range.lowerBound * columns)
          kernels.pointee.cross_entropy(
            range.count, columns, start, targets + first, nil, 1, 0, 0, factor, losses + first,
            start)
        }
      }
    }
  }
}
