internal import Tensors

/// The Q of a QR decomposition whose R has a positive diagonal, in double.
///
/// That decomposition is unique, so Gram–Schmidt, done twice to be orthogonal to rounding, gives
/// what PyTorch's `orthogonal_` gets from Householder's Q times the signs of R's diagonal.
enum OrthonormalRows {
  /// `factor · Q` for a matrix `[rows, columns]`: orthonormal columns when it is at least as high
  /// as wide, orthonormal rows otherwise.
  static func scaled(_ matrix: Tensor, by factor: Double) -> Tensor {
    let (rows, columns) = (matrix.rows, matrix.columns)
    let isTall = rows >= columns
    let (count, length) = isTall ? (columns, rows) : (rows, columns)
    var vectors = matrix.withElements { elements in
      (0..<count).map { vector in
        (0..<length).map { index in
          Double(elements[isTall ? index * columns + vector : vector * columns + index])
        }
      }
    }
    orthonormalize(&vectors)
    var result = Tensor(uninitialized: matrix.shape)
    result.withMutableElements { elements in
      for (vector, values) in vectors.enumerated() {
        for (index, value) in values.enumerated() {
          let place = isTall ? index * columns + vector : vector * columns + index
          elements[place] = Float(factor * value)
        }
      }
    }
    return result
  }

  private static func orthonormalize(_ vectors: inout [[Double]]) {
    for current in vectors.indices {
      var vector = vectors[current]
      for _ in 0..<2 {
        for earlier in 0..<current {
          let share = Statistics.dot(vectors[earlier], vector)
          let basis = vectors[earlier]
          for index in vector.indices { vector[index] -= share * basis[index] }
        }
      }
      let norm = Statistics.dot(vector, vector).squareRoot()
      if norm > 0 {
        for index in vector.indices { vector[index] /= norm }
      }
      vectors[current] = vector
    }
  }
}
