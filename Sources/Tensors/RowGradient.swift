internal import CKernels

/// The gradient of a table of which a grain looked up some rows: the other rows are zero.
///
/// Skipping zeros changes no bit (rule 4).
package struct RowGradient: Sendable {
  /// The rows, ascending.
  package let rows: [Int32]
  /// [rows.count, columns].
  package let values: Tensor

  init(rows: [Int32], values: Tensor) {
    precondition(rows.count == values.rows, "\(rows.count) rows of \(values.shape)")
    self.rows = rows
    self.values = values
  }

  /// Adds the rows to those of a whole table.
  fileprivate func add(to table: inout Tensor, _ compute: Compute) {
    let columns = values.columns
    let (source, target) = (values.elements, table.mutableElements)
    compute.threads.split(rows.count, grain: compute.rowGrain(columns)) { range in
      for row in range {
        let sum = target + Int(rows[row]) * columns
        compute.kernels.pointee.add(columns, sum, source + row * columns, sum)
      }
    }
    withExtendedLifetime(values) {}
  }

  /// The rows of both, each once, in ascending order; `other`'s is added to a row that both have.
  fileprivate func joined(with other: RowGradient, _ compute: Compute) -> RowGradient {
    var (mine, theirs) = (0, 0)
    var found: [Int32] = []
    var sources: [(mine: Int?, theirs: Int?)] = []
    found.reserveCapacity(rows.count + other.rows.count)
    sources.reserveCapacity(rows.count + other.rows.count)
    while mine < rows.count || theirs < other.rows.count {
      let left = mine < rows.count ? rows[mine] : .max
      let right = theirs < other.rows.count ? other.rows[theirs] : .max
      found.append(min(left, right))
      sources.append((left <= right ? mine : nil, right <= left ? theirs : nil))
      if left <= right { mine += 1 }
      if right <= left { theirs += 1 }
    }
    let columns = values.columns
    var sums = Tensor(uninitialized: .matrix(found.count, columns))
    let target = sums.mutableElements
    let (left, right) = (values.elements, other.values.elements)
    compute.threads.split(found.count, grain: compute.rowGrain(columns)) { range in
      for row in range {
        let sum = target + row * columns
        switch sources[row] {
        case (let mine?, let theirs?):
          compute.kernels.pointee.add(columns, left + mine * columns, right + theirs * columns, sum)
        case (let mine?, nil): sum.update(from: left + mine * columns, count: columns)
        case (nil, let theirs?): sum.update(from: right + theirs * columns, count: columns)
        case (nil, nil): break
        }
      }
    }
    withExtendedLifetime((values, other.values)) {}
    return RowGradient(rows: found, values: sums)
  }
}

/// The gradient of one parameter over some grains.
enum GrainGradient {
  case dense(Tensor)
  case rows(RowGradient)

  /// The sum of two.
  consuming func joined(with other: consuming GrainGradient, _ compute: Compute) -> GrainGradient {
    // Consumed, so that a sum is written in place.
    switch consume self {
    case .dense(var sum):
      switch consume other {
      case .dense(let right): compute.add(right, to: &sum)
      case .rows(let rows): rows.add(to: &sum, compute)
      }
      return .dense(sum)
    case .rows(let left):
      switch consume other {
      case .dense(var sum):
        left.add(to: &sum, compute)
        return .dense(sum)
      case .rows(let right): return .rows(left.joined(with: right, compute))
      }
    }
  }

  /// All rows, those without a gradient being zero.
  func tensor(shape: Shape) -> Tensor {
    switch self {
    case .dense(let tensor): return tensor
    case .rows(let rows):
      var table = Tensor(zeros: shape)
      let columns = rows.values.columns
      let target = table.mutableElements
      rows.values.withElements { source in
        guard let source = source.baseAddress else { return }
        for (place, row) in rows.rows.enumerated() {
          (target + Int(row) * columns).update(from: source + place * columns, count: columns)
        }
      }
      return table
    }
  }
}
