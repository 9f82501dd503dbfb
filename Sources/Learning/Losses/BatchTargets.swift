package import Tensors

/// The targets of the rows of a batch, part or grain.
package enum BatchTargets: Sendable {
  /// A class index a row; the cross-entropy also takes its ignored index.
  case classes([Int32])
  /// `[rows, width]` real values.
  case values(Tensor)

  /// Rows of a slice, in the order of the indices.
  func gatheringRows(_ indices: some Collection<Int>) -> BatchTargets {
    switch self {
    case .classes(let codes): .classes(indices.map { codes[$0] })
    case .values(let values): .values(values.gatheringRows(indices))
    }
  }

  /// Contiguous rows.
  func rows(_ range: Range<Int>) -> BatchTargets {
    switch self {
    case .classes(let codes): .classes(Array(codes[range]))
    case .values(let values): .values(values.gatheringRows(range))
    }
  }
}
