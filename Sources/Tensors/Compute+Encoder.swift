internal import CKernels

/// Where the rows of a matrix stand in their samples: what random zeros are keyed by.
package struct RowPlaces: Sendable {
  /// Position of each row's token in its sequence.
  package let positions: [Int32]
  /// Ordinal of each row's sample in the training stream.
  package let draws: [UInt64]

  package init(positions: [Int32], draws: [UInt64]) {
    precondition(positions.count == draws.count, "\(positions.count) rows, \(draws.count) draws")
    self.positions = positions
    self.draws = draws
  }

  package var count: Int { positions.count }

  /// The places of some rows.
  package func gathering(_ rows: [Int]) -> RowPlaces {
    RowPlaces(positions: rows.map { positions[$0] }, draws: rows.map { draws[$0] })
  }

  /// Calls the body with the places as a kernel takes them, from a given row on.
  func withPlaces(_ body: ((Int) -> AssayPlaces) -> Void) {
    positions.withUnsafeBufferPointer { positions in
      draws.withUnsafeBufferPointer { draws in
        guard let positions = positions.baseAddress, let draws = draws.baseAddress else { return }
        body { AssayPlaces(positions: positions + $0, draws: draws + $0) }
      }
    }
  }
}

/// Random zeros of one layer: each element is dropped with probability p, or scaled by 1/(1 − p).
package struct Dropout: Sendable {
  package let stream: RandomStream
  /// The p of an element to become zero, 0 to 1.
  package let probability: Double

  package init(stream: RandomStream, probability: Double) {
    precondition(probability >= 0 && probability <= 1, "dropout probability \(probability)")
    self.stream = stream
    self.probability = probability
  }

  func setting(draw: UInt64 = 0) -> AssayDropout {
    AssayDropout(
      source: stream.source(draw: draw),
      threshold: UInt64((probability * 0x1p32).rounded(.toNearestOrEven)),
      scale: Float(1 / (1 - probability)))
  }

  /// That of a layer that drops nothing.
  static var none: AssayDropout { AssayDropout(source: AssayRandom(), threshold: 0, scale: 1) }
}

/// A layer norm and what its backward pass needs.
package struct NormView: Sendable {
  package let gain: MatrixView
  package let bias: MatrixView
  package let epsilon: Float
  /// [2, rows]: μ and 1/√(v + ε) of each row.
  package let statistics: MatrixView

  package init(gain: MatrixView, bias: MatrixView, epsilon: Float, statistics: MatrixView) {
    self.gain = gain
    self.bias = bias
    self.epsilon = epsilon
    self.statistics = statistics
  }

  var means: UnsafeMutablePointer<Float> { statistics.start }
  var scales: UnsafeMutablePointer<Float> { statistics.start + statistics.stride }
}

/// A transformer's encoder, but for products and attention (rules 3, 6 and 8).
extension Compute {
  /// y = layer norm of x; y may be x.
  package func normalize(_ x: MatrixView, _ norm: NormView, into y: MatrixView) {
    threads.split(x.rows, grain: rowGrain(x.columns)) { range in
      let (row, start) = (range.lowerBound, range.lowerBound * x.columns)
      kernels.pointee.layer_norm(
        range.count, x.columns, x.start + start, norm.gain.start, norm.bias.start, norm.epsilon,
        y.start + start, norm.means + row, norm.scales + row)
    }
  }

  /// y = the layer norm of x once more, by the statistics that it left.
  package func normalizeAgain(_ x: MatrixView, _ norm: NormView, into y: MatrixView) {
    precondition(x.rows == y.rows && x.columns == y.columns, "\(x.rows) rows into \(y.rows)")
    threads.split(x.rows, grain: rowGrain(x.columns)) { range in
      let (row, start) = (range.lowerBound, range.lowerBound * x.columns)
      kernels.pointee.layer_norm_again(
        range.count, x.columns, x.start + start, norm.gain.start, norm.bias.start,
        norm.means + row, norm.scales + row, y.start + start)
    }
  }

  /// dx from g, the gradient of a layer norm of x; dx may be g.
  package func normalizeBackward(
    _ x: MatrixView, _ norm: NormView, gradient g: MatrixView, into dx: MatrixView
  ) {
    threads.split(x.rows, grain: rowGrain(x.columns)) { range in
      let (row, start) = (range.lowerBound, range.lowerBound * x.columns)
      kernels.pointee.layer_norm_backward(
        range.count, x.columns, x.start + start, norm.gain.start, norm.means + row,
        norm.scales + row, g.start + start, dx.start + start)
    }
  }

  /// The gradients of gain and bias of a layer norm of x: chains over the rows.
  package func normParameters(
    _ x: MatrixView, _ norm: NormView, gradient g: MatrixView, gain: MatrixView, bias: MatrixView
  ) {
    threads.split(x.columns, grain: columnGrain(x.rows)) { range in
      let first = range.lowerBound
      kernels.pointee.layer_norm_parameters(
        x.rows, range.count, x.columns, x.start + first, norm.means, norm.scales, g.start + first,
        gain.start + first, bias.start + first)
    }
  }

  /// y = dropout(x), element by element of the rows at their places; y may be x.
  package func drop(
    _ x: MatrixView, _ dropout: Dropout?, at places: RowPlaces, into y: MatrixView
  ) {
    precondition(places.count == x.rows, "\(places.count) places of \(x.rows) rows")
    let setting = dropout?.setting() ?? Dropout.none
    places.withPlaces { places in
      threads.split(x.rows, grain: rowGrain(x.columns)) { range in
        let start = range.lowerBound * x.columns
        kernels.pointee.dropout_rows(
          range.count, x.columns, setting, places(range.lowerBound), x.start + start,
          y.start + start)
      }
    }
  }

  /// sum = residual + dropout(x) and y = layer norm of sum; sum may be x.
  package func normalizeResidual(
    _ x: MatrixView, residual: MatrixView, _ dropout: Dropout?, at places: RowPlaces,
    _ norm: NormView, sum: MatrixView, into y: MatrixView
  ) {
    precondition(places.count == x.rows, "\(places.count) places of \(x.rows) rows")
    let setting = dropout?.setting() ?? Dropout.none
    places.withPlaces { places in
      threads.split(x.rows, grain: rowGrain(x.columns)) { range in
        let (row, start) = (range.lowerBound, range.lowerBound * x.columns)
        kernels.pointee.residual_norm(
          range.count, x.columns, x.start + start, residual.start + start, setting, places(row),
          norm.gain.start, norm.bias.start, norm.epsilon, sum.start + start, y.start + start,
          norm.means + row, norm.scales + row)
      }
    }
  }

  /// The gradients of `residual` and of x in ``normalizeResidual(_:residual:_:at:_:sum:into:)``.
  package func normalizeResidualBackward(
    sum: MatrixView, _ dropout: Dropout?, at places: RowPlaces, _ norm: NormView,
    gradient g: MatrixView, residual: MatrixView, into dx: MatrixView
  ) {
    precondition(places.count == sum.rows, "\(places.count) places of \(sum.rows) rows")
    let setting = dropout?.setting() ?? Dropout.none
    let columns = sum.columns
    places.withPlaces { places in
      threads.split(sum.rows, grain: rowGrain(columns)) { range in
        let (row, start) = (range.lowerBound, range.lowerBound * columns)
        kernels.pointee.residual_norm_backward(
          range.count, columns, sum.start + start, norm.gain.start, norm.means + row,
          norm.scales + row, g.start + start, setting, places(row), residual.start + start,
          dx.start + start)
      }
    }
  }

  /// y = f(x) and g becomes g·f′(x), f one of relu, gelu and geluTanh; y may be x, all are dense.
  package func activationBackward(
    _ function: ElementFunction, _ x: MatrixView, gradient g: MatrixView, value y: MatrixView
  ) {
    precondition(x.count == g.count && x.count == y.count, "\(x.count) and \(g.count) elements")
    threads.split(x.count, grain: 1 << 13) { range in
      let start = range.lowerBound
      kernels.pointee.activation_backward(
        function.code, range.count, x.start + start, g.start + start, y.start + start,
        g.start + start)
    }
  }

  /// y[r] = (words[ids[r]] + types[segments[r]]) + positions[places[r]].
  package func embed(
    ids: ArraySlice<Int32>, segments: ArraySlice<UInt8>, places: RowPlaces,
    words: MatrixView, types: MatrixView, positions: MatrixView, into y: MatrixView
  ) {
    precondition(
      ids.count == y.rows && segments.count == y.rows && places.count == y.rows,
      "\(ids.count) ids for \(y.rows) rows")
    precondition(
      ids.allSatisfy { $0 >= 0 && $0 < words.rows } && segments.allSatisfy { $0 < types.rows }
        && places.positions.allSatisfy { $0 >= 0 && $0 < positions.rows },
      "an id, segment or position is outside its table")
    ids.withUnsafeBufferPointer { ids in
      segments.withUnsafeBufferPointer { segments in
        places.positions.withUnsafeBufferPointer { places in
          guard let ids = ids.baseAddress, let segments = segments.baseAddress,
            let places = places.baseAddress
          else { return }
          threads.split(y.rows, grain: rowGrain(y.columns)) { range in
            let row = range.lowerBound
            kernels.pointee.embedding_rows(
              range.count, y.columns, ids + row, segments + row, places + row, words.start,
              types.start, positions.start, y.start + row * y.columns)
          }
        }
      }
    }
  }

  /// Sums of rows of x that have one key, one chain over ascending rows (rule 3).
  ///
  /// - Parameter keys: one a row of x; rows with a negative one are left out.
  /// - Returns: the keys in ascending order, and a row for each.
  package func sumsOfRows(_ x: MatrixView, by keys: [Int32]) -> RowGradient {
    precondition(keys.count == x.rows && x.isDense, "\(keys.count) keys of \(x.rows) rows")
    let rows = keys.indices.filter { keys[$0] >= 0 }
      .map { UInt64(keys[$0]) << 32 | UInt64($0) }.sorted()
    var found: [Int32] = []
    var starts: [Int32] = []
    for (place, row) in rows.enumerated() where found.last != Int32(row >> 32) {
      found.append(Int32(row >> 32))
      starts.append(Int32(place))
    }
    starts.append(Int32(rows.count))
    let order = rows.map { Int32(truncatingIfNeeded: $0 & 0xffff_ffff) }
    var sums = Tensor(uninitialized: .matrix(found.count, x.columns))
    let target = sums.mutableElements
    starts.withUnsafeBufferPointer { starts in
      order.withUnsafeBufferPointer { order in
        guard let starts = starts.baseAddress, let order = order.baseAddress else { return }
        threads.split(found.count, grain: max(1, rowGrain(x.columns) / 2)) { range in
          kernels.pointee.sums_of_rows(
            range.count, x.columns, starts + range.lowerBound, order, x.start,
            target + range.lowerBound * x.columns)
        }
      }
    }
    return RowGradient(rows: found, values: sums)
  }
}
