/// An array of float32 with a shape: a value that is copied only when a shared one is written.
package struct Tensor: @unchecked Sendable {
  // Unchecked: the storage is written only while this tensor alone holds it.
  package let shape: Shape
  private var storage: TensorStorage

  private init(shape: Shape, storage: TensorStorage) {
    self.shape = shape
    self.storage = storage
  }

  /// A tensor whose elements are undefined until written.
  package init(uninitialized shape: Shape) {
    self.init(shape: shape, storage: TensorStorage(capacity: shape.count))
  }

  /// A tensor with every element equal to `value`.
  package init(repeating value: Float, shape: Shape) {
    self.init(uninitialized: shape)
    storage.elements.initialize(repeating: value, count: shape.count)
  }

  /// A tensor of zeros.
  package init(zeros shape: Shape) {
    self.init(repeating: 0, shape: shape)
  }

  /// A tensor of the given elements in row-major order; the counts must agree.
  package init(_ values: [Float], shape: Shape) {
    precondition(
      values.count == shape.count, "\(values.count) values for shape \(shape)")
    self.init(uninitialized: shape)
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress {
        storage.elements.initialize(from: base, count: source.count)
      }
    }
  }

  /// A vector of the given elements.
  package init(_ values: [Float]) {
    self.init(values, shape: .vector(values.count))
  }

  /// Floats of a file, little-endian as they lie there: nothing is read before it is needed, and
  /// the first write copies them.
  ///
  /// The file stays mapped while the tensor, or one that shares its elements, lives.
  /// - Parameter offset: of the first element in the file, a multiple of four; all must be there.
  package init(_ file: MappedFile, at offset: Int, shape: Shape) {
    self.init(shape: shape, storage: TensorStorage(file, at: offset, count: shape.count))
  }

  /// The same elements in memory that no file's fate can change: a piece of a file is copied.
  package func detached() -> Tensor {
    if storage.isWritable { return self }
    var copy = self
    copy.makeUnique()
    return copy
  }

  /// Number of elements.
  package var count: Int { shape.count }

  /// All dimensions but the last, flattened.
  package var rows: Int { shape.rows }

  /// Size of the last dimension.
  package var columns: Int { shape.columns }

  /// The elements in row-major order.
  package var values: [Float] {
    withElements { Array($0) }
  }

  /// The element at a row-major index.
  package subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "element \(index) of \(count)")
      return storage.elements[index]
    }
    set {
      precondition(index >= 0 && index < count, "element \(index) of \(count)")
      makeUnique()
      storage.elements[index] = newValue
    }
  }

  /// The element of a matrix.
  package subscript(row: Int, column: Int) -> Float {
    get {
      precondition(column >= 0 && column < columns, "column \(column) of \(columns)")
      return self[row * columns + column]
    }
    set {
      precondition(column >= 0 && column < columns, "column \(column) of \(columns)")
      self[row * columns + column] = newValue
    }
  }

  /// Reads all elements in place.
  package func withElements<Result>(
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(storage) {
      try body(UnsafeBufferPointer(start: storage.elements, count: count))
    }
  }

  /// Writes elements in place; a shared buffer is copied first.
  package mutating func withMutableElements<Result>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    makeUnique()
    return try withExtendedLifetime(storage) {
      try body(UnsafeMutableBufferPointer(start: storage.elements, count: count))
    }
  }

  /// The rows of a matrix (all dimensions after the first form a row) at the given indices.
  package func gatheringRows(_ indices: some Collection<Int>) -> Tensor {
    let size = shape[0] == 0 ? 0 : count / shape[0]
    let result = Tensor(uninitialized: shape.replacingFirst(indices.count))
    var target = result.storage.elements
    for index in indices {
      precondition(index >= 0 && index < shape[0], "row \(index) of \(shape[0])")
      target.update(from: storage.elements + index * size, count: size)
      target += size
    }
    return result
  }

  /// The elements; valid while the tensor lives (see `withExtendedLifetime`).
  var elements: UnsafePointer<Float> { UnsafePointer(storage.elements) }

  /// The elements for writing, after the copy that a shared buffer needs.
  var mutableElements: UnsafeMutablePointer<Float> {
    mutating get {
      makeUnique()
      return storage.elements
    }
  }

  private mutating func makeUnique() {
    if isKnownUniquelyReferenced(&storage), storage.isWritable { return }
    let copy = TensorStorage(capacity: count)
    copy.elements.initialize(from: storage.elements, count: count)
    storage = copy
  }
}

extension Tensor {
  /// Whether both have the same shape and the same bits (NaN equals the same NaN, −0 is not +0).
  package func hasSameBits(as other: Tensor) -> Bool {
    guard shape == other.shape else { return false }
    return withElements { mine in
      other.withElements { theirs in
        mine.indices.allSatisfy { mine[$0].bitPattern == theirs[$0].bitPattern }
      }
    }
  }
}
