internal import CKernels

/// Loss and gradient of a cross-entropy over rows of logits.
package struct CrossEntropyRows: Sendable {
  /// One loss per row, not divided by the normaliser.
  package let losses: [Float]
  /// Gradient with respect to the logits, multiplied by the factor that was given.
  package let gradient: Tensor
}

extension Compute {
  /// The rows of a matrix (all dimensions after the first form a row) at the given indices.
  package func gatherRows(_ x: Tensor, _ indices: ArraySlice<Int>) -> Tensor {
    let rows = x.shape[0]
    let width = rows == 0 ? 0 : x.count / rows
    precondition(indices.allSatisfy { (0..<rows).contains($0) }, "a row is not in 0 ..< \(rows)")
    var y = Tensor(uninitialized: x.shape.replacingFirst(indices.count))
    let (source, target) = (x.elements, y.mutableElements)
    indices.withUnsafeBufferPointer { indices in
      guard let indices = indices.baseAddress else { return }
      threads.split(y.shape[0], grain: rowGrain(width)) { range in
        assay_gather_rows(
          range.count, width, indices + range.lowerBound, source,
          target + range.lowerBound * width)
      }
    }
    withExtendedLifetime(x) {}
    return y
  }

  /// softmax over the last dimension (rule 8).
  package func softmax(_ x: Tensor) -> Tensor { byRows(x, kernels.pointee.softmax) }

  /// log softmax over the last dimension: (x − max) − log Σ exp(x − max).
  package func logSoftmax(_ x: Tensor) -> Tensor { byRows(x, kernels.pointee.log_softmax) }

  private typealias RowKernel =
    @convention(c) (
      Int, Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

  private func byRows(_ x: Tensor, _ kernel: RowKernel) -> Tensor {
    var y = Tensor(uninitialized: x.shape)
    let (columns, source, target) = (x.columns, x.elements, y.mutableElements)
    threads.split(x.rows, grain: rowGrain(columns)) { range in
      let start = range.lowerBound * columns
      kernel(range.count, columns, source + start, target + start)
    }
    withExtendedLifetime(x) {}
    return y
  }

  /// Sum of each row, by rule 3.
  package func rowSums(_ x: Tensor) -> [Float] {
    [Float](unsafeUninitializedCapacity: x.rows) { buffer, count in
      if let base = buffer.baseAddress {
        kernels.pointee.row_sums(x.rows, x.columns, x.elements, base)
      }
      count = x.rows
    }
  }

  /// Sum of each column, one chain over ascending rows.
  package func columnSums(_ x: Tensor) -> Tensor {
    var y = Tensor(uninitialized: .vector(x.columns))
    kernels.pointee.column_sums(x.rows, x.columns, x.columns, x.elements, y.mutableElements)
    withExtendedLifetime(x) {}
    return y
  }

  /// Index of the first largest element of each row.
  ///
  /// A NaN is never larger; a row of NaN alone gives 0. There must be a column.
  package func argmaxRows(_ x: Tensor) -> [Int] {
    precondition(x.columns > 0, "argmax of empty rows")
    let indices = [Int32](unsafeUninitializedCapacity: x.rows) { buffer, count in
      if let base = buffer.baseAddress {
        kernels.pointee.row_argmax(x.rows, x.columns, x.elements, base)
      }
      count = x.rows
    }
    return withExtendedLifetime(x) { indices.map(Int.init) }
  }

  /// Cross-entropy of rows of logits against smoothed, weighted targets.
  ///
  /// With C classes, smoothing ε and class weights w (1 when nil), row r with target y has
  /// loss (1−ε)·w_y·(−ℓ_y) + (ε/C)·Σ_c w_c·(−ℓ_c), where ℓ is the log softmax.
  ///
  /// - Parameters:
  ///   - logits: [rows, C].
  ///   - targets: class of each row in 0 ..< C, or negative: the row has no loss and no gradient.
  ///   - weights: C class weights, or nil.
  ///   - smoothing: ε in [0, 1).
  ///   - factor: what the gradient is multiplied by, such as 1 over the batch's normaliser.
  package func crossEntropy(
    logits: Tensor, targets: [Int32], weights: [Float]? = nil, smoothing: Double = 0,
    factor: Float
  ) -> CrossEntropyRows {
    let (rows, columns) = (logits.rows, logits.columns)
    precondition(targets.count == rows, "\(targets.count) targets for \(rows) rows")
    precondition(weights == nil || weights?.count == columns, "weights for \(columns) classes")
    precondition(targets.allSatisfy { $0 < columns }, "a target exceeds \(columns) classes")
    let on = Float(1 - smoothing)
    let off = Float(smoothing / Double(columns))
    let total =
      weights.map { rowSums(Tensor($0)).first ?? 0 } ?? Float(columns)
    var gradient = Tensor(uninitialized: logits.shape)
    let (source, target) = (logits.elements, gradient.mutableElements)
    let losses = [Float](unsafeUninitializedCapacity: rows) { buffer, count in
      count = rows
      guard let losses = buffer.baseAddress else { return }
      targets.withUnsafeBufferPointer { targets in
        guard let targets = targets.baseAddress else { return }
        func compute(_ weights: UnsafePointer<Float>?) {
          threads.split(rows, grain: rowGrain(columns)) { range in
            let row = range.lowerBound
            kernels.pointee.cross_entropy(
              range.count, columns, source + row * columns, targets + row, weights, on, off,
              off * total, factor, losses + row, target + row * columns)
          }
        }
        if let weights {
          weights.withUnsafeBufferPointer { compute($0.baseAddress) }
        } else {
          compute(nil)
        }
      }
    }
    withExtendedLifetime(logits) {}
    return CrossEntropyRows(losses: losses, gradient: gradient)
  }
}
