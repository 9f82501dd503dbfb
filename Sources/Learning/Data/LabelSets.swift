/// Which labels hold for each row: as many numbers as labels that hold, however many there are.
///
/// The labels of a row are indices, ascending and each once; a row may have none.
package struct LabelSets: Sendable, Hashable {
  /// Of all rows, end to end.
  private var codes: [Int32] = []
  /// Where each row's begin, and the end of the last's.
  private var offsets = [0]

  package init() {}

  /// Takes the labels of rows, in any order.
  package init(_ rows: some Sequence<[Int32]>) {
    for row in rows { append(row) }
  }

  /// How many rows there are.
  package var count: Int { offsets.count - 1 }

  /// Labels of all rows together.
  package var labelCount: Int { codes.count }

  /// The labels of a row.
  package subscript(row: Int) -> ArraySlice<Int32> { codes[offsets[row]..<offsets[row + 1]] }

  /// Appends a row, its labels in any order.
  package mutating func append(_ labels: [Int32]) {
    let start = codes.count
    for label in labels.sorted() where codes.count == start || codes.last != label {
      codes.append(label)
    }
    offsets.append(codes.count)
  }

  /// Rows in the order of the indices.
  package func gathering(_ rows: some Collection<Int>) -> LabelSets {
    var gathered = LabelSets()
    gathered.offsets.reserveCapacity(rows.count + 1)
    for row in rows {
      gathered.codes += self[row]
      gathered.offsets.append(gathered.codes.count)
    }
    return gathered
  }

  /// How many of some rows have each label.
  ///
  /// - Parameter labels: how many labels there are.
  package func counts(of rows: some Sequence<Int>, labels: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: labels)
    for row in rows {
      for label in self[row] { counts[Int(label)] += 1 }
    }
    return counts
  }
}
