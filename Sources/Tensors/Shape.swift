/// Sizes of a tensor: up to four dimensions, row-major, the last one contiguous.
package struct Shape: Sendable, Hashable {
  /// Number of dimensions, 0 (a scalar) to 4.
  package let rank: Int
  private let sizes: SIMD4<Int>

  /// A shape of at most four dimensions, none negative.
  package init(_ dimensions: Int...) {
    self.init(dimensions)
  }

  /// A shape of at most four dimensions, none negative.
  package init(_ dimensions: [Int]) {
    precondition(dimensions.count <= 4, "rank \(dimensions.count) exceeds 4")
    var sizes = SIMD4<Int>(repeating: 1)
    for (index, size) in dimensions.enumerated() {
      precondition(size >= 0, "dimension \(index) is \(size)")
      sizes[index] = size
    }
    self.rank = dimensions.count
    self.sizes = sizes
  }

  private init(rank: Int, sizes: SIMD4<Int>) {
    self.rank = rank
    self.sizes = sizes
  }

  /// The two-dimensional shape `[rows, columns]`, without an intermediate array.
  package static func matrix(_ rows: Int, _ columns: Int) -> Shape {
    precondition(rows >= 0 && columns >= 0, "matrix of \(rows) by \(columns)")
    return Shape(rank: 2, sizes: SIMD4(rows, columns, 1, 1))
  }

  /// The one-dimensional shape `[count]`.
  package static func vector(_ count: Int) -> Shape {
    precondition(count >= 0, "vector of \(count)")
    return Shape(rank: 1, sizes: SIMD4(count, 1, 1, 1))
  }

  /// The size of one dimension.
  package subscript(dimension: Int) -> Int {
    precondition(dimension >= 0 && dimension < rank, "dimension \(dimension) of rank \(rank)")
    return sizes[dimension]
  }

  /// Number of elements; 1 for a scalar.
  package var count: Int { sizes[0] * sizes[1] * sizes[2] * sizes[3] }

  /// Size of the last dimension; 1 for a scalar.
  package var columns: Int { rank == 0 ? 1 : sizes[rank - 1] }

  /// Number of rows when all dimensions but the last are flattened.
  package var rows: Int {
    switch rank {
    case 0, 1: 1
    case 2: sizes[0]
    case 3: sizes[0] * sizes[1]
    default: sizes[0] * sizes[1] * sizes[2]
    }
  }

  /// All sizes in order.
  package var dimensions: [Int] { (0..<rank).map { sizes[$0] } }

  /// The shape with its last dimension replaced.
  package func replacingColumns(_ columns: Int) -> Shape {
    precondition(rank > 0, "a scalar has no columns")
    var changed = sizes
    changed[rank - 1] = columns
    return Shape(rank: rank, sizes: changed)
  }

  /// Sizes of the matrices that the last two dimensions are; a vector counts as one row.
  package var matrix: (rows: Int, columns: Int) { (rank < 2 ? 1 : sizes[rank - 2], columns) }

  /// Number of those matrices.
  package var batch: Int {
    switch rank {
    case 0, 1, 2: 1
    case 3: sizes[0]
    default: sizes[0] * sizes[1]
    }
  }

  /// The shape with its last two dimensions replaced.
  package func replacingMatrix(rows: Int, columns: Int) -> Shape {
    precondition(rank > 1, "\(self) has no matrices")
    var changed = sizes
    changed[rank - 2] = rows
    changed[rank - 1] = columns
    return Shape(rank: rank, sizes: changed)
  }

  /// The shape with its first dimension replaced.
  package func replacingFirst(_ size: Int) -> Shape {
    precondition(rank > 0, "a scalar has no dimensions")
    var changed = sizes
    changed[0] = size
    return Shape(rank: rank, sizes: changed)
  }
}

extension Shape: CustomStringConvertible {
  package var description: String {
    "[" + dimensions.map { "\($0)" }.joined(separator: ", ") + "]"
  }
}
