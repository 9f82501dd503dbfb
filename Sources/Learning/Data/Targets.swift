/// What a data set's rows are to be predicted as.
package enum Targets: Sendable, Hashable {
  /// Class indices, one a row, and the class names in index order.
  case classes([Int32], names: [String])
  /// `width` real values a row, row-major, and the names of the target columns.
  case values([Double], names: [String])
  /// The labels that hold, a set a row, and the labels' names in index order.
  case labels(LabelSets, names: [String])

  /// The names of classes, or of labels, in index order; nil for regression.
  package var classNames: [String]? {
    switch self {
    case .classes(_, let names), .labels(_, let names): names
    case .values: nil
    }
  }

  /// Real values a row; nil for classes and labels.
  package var valueWidth: Int? {
    if case .values(_, let names) = self { names.count } else { nil }
  }

  /// Class names in the order of their indices: by number when all are numbers, else by scalars.
  package static func ordered(_ names: some Sequence<String>) -> [String] {
    let keyed = names.map { (name: $0, number: DecimalNumber(parsing: Array($0.utf8)[...])?.value) }
    if keyed.allSatisfy({ $0.number?.isFinite == true }) {
      return
        keyed
        .sorted {
          let (a, b) = ($0.number ?? 0, $1.number ?? 0)
          return a != b ? a < b : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        .map(\.name)
    }
    // UTF-8 order is the order of Unicode scalars; String's own order depends on normalisation.
    return keyed.map(\.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
