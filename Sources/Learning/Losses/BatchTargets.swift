package import Tensors

/// The targets of the rows of a batch, part or grain.
package enum BatchTargets: Sendable {
  /// A class index a row; the cross-entropy also takes its ignored index.
  case classes([Int32])
  /// `[rows, width]` real values.
  case values(Tensor)
  /// The labels that hold for each row.
  case labels(LabelSets)

  /// Values are rounded to float once.
  init(_ targets: Targets) {
    switch targets {
    case .classes(let codes, _): self = .classes(codes)
    case .values(let values, let names):
      let rows = values.count / max(1, names.count)
      self = .values(Tensor(values.map(Float.init), shape: .matrix(rows, names.count)))
    case .labels(let sets, _): self = .labels(sets)
    }
  }

  /// Rows of a slice, in the order of the indices.
  func gatheringRows(_ indices: some Collection<Int>) -> BatchTargets {
    switch self {
    case .classes(let codes): .classes(indices.map { codes[$0] })
    case .values(let values): .values(values.gatheringRows(indices))
    case .labels(let sets): .labels(sets.gathering(indices))
    }
  }

  /// Contiguous rows.
  func rows(_ range: Range<Int>) -> BatchTargets {
    switch self {
    case .classes(let codes): .classes(Array(codes[range]))
    case .values(let values): .values(values.gatheringRows(range))
    case .labels(let sets): .labels(sets.gathering(range))
    }
  }
}
