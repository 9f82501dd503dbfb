/// A matrix in memory that somebody else owns, rows `stride` floats apart.
///
/// Valid while its owner lives: a ``FloatArena`` until it is laid out anew, a tensor until it is
/// written or dies. Nothing checks that.
package struct MatrixView: @unchecked Sendable {
  // Unchecked: whoever shares a view sees to it that threads write to different places.
  let start: UnsafeMutablePointer<Float>
  package let rows: Int
  package let columns: Int
  /// Floats from one row to the next.
  let stride: Int

  init(_ start: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
    self.start = start
    self.rows = rows
    self.columns = columns
    self.stride = stride ?? columns
  }

  /// Elements, of a matrix without gaps.
  package var count: Int { rows * columns }

  var isDense: Bool { stride == columns || rows <= 1 }

  /// The same columns of some rows.
  package func rows(_ range: Range<Int>) -> MatrixView {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    return MatrixView(
      start + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  /// The same rows of some columns.
  package func columns(_ range: Range<Int>) -> MatrixView {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) of \(columns)")
    return MatrixView(
      start + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  /// The memory of this matrix as one of another shape that fits.
  package func reshaped(rows: Int, columns: Int) -> MatrixView {
    precondition(isDense && rows * columns <= count, "\(rows)×\(columns) in \(count) floats")
    return MatrixView(start, rows: rows, columns: columns)
  }

  /// Writes zeros.
  package func clear() {
    for row in 0..<rows { (start + row * stride).update(repeating: 0, count: columns) }
  }

  /// The elements as a tensor.
  package var tensor: Tensor {
    var copy = Tensor(uninitialized: .matrix(rows, columns))
    let target = copy.mutableElements
    for row in 0..<rows {
      (target + row * columns).update(from: start + row * stride, count: columns)
    }
    return copy
  }

  /// The elements of a row.
  package func values(row: Int) -> [Float] {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    return Array(UnsafeBufferPointer(start: start + row * stride, count: columns))
  }
}

extension Tensor {
  /// The elements for reading only, all dimensions but the last flattened.
  package var view: MatrixView {
    MatrixView(UnsafeMutablePointer(mutating: elements), rows: rows, columns: columns)
  }

  /// The elements for writing, after the copy that a shared buffer needs.
  package var mutableView: MatrixView {
    mutating get { MatrixView(mutableElements, rows: rows, columns: columns) }
  }
}
