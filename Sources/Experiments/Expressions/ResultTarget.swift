/// A path after its names have been found: which number of which block it means.
struct ResultTarget: Sendable, Hashable {
  /// Suffixes of a path.
  enum Suffix: String, Sendable, Hashable, CaseIterable {
    case mean, std, min, max, low, high, count, first, last
  }

  enum Number: Sendable, Hashable {
    /// A scalar, by name and class, and which of its moments.
    case scalar(name: String, key: String?, Suffix)
    /// A point of a series, negative from the end.
    case point(series: String, index: Int, Suffix)
    /// Something over a whole series: `first`, `last`, `min`, `max`, `mean`, `count`.
    case over(series: String, Suffix)
    /// A count of a confusion matrix.
    case cell(matrix: String, row: String, column: String)
  }

  /// The block, by its name in the notebook.
  let block: String
  let number: Number
}
