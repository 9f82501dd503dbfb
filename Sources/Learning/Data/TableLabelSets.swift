// Sets of labels in the cells of a table.

extension Dataset {
  /// The labels of a column's cells, with a separator between them; space around one is no part of
  /// it, and an empty cell has none.
  static func labelSets(
    in column: Int, separator: String, of table: Table, _ deadline: ContinuousClock.Instant?
  ) throws(DatasetError) -> Targets {
    let separator = Array(separator.utf8)
    var sets = LabelSetCodes()
    sets.reserve(table.rowCount)
    for row in 0..<table.rowCount {
      if DeadlineInterval.includes(row), deadline.hasPassed { throw .outOfTime }
      func fault(_ rule: CSVError.Rule) -> DatasetError {
        .csv(CSVError(rule, at: table.place(row: row, column: column)))
      }
      var labels: [String] = []
      if !table.isBlank(row: row, column: column) {
        let cell = table.cellBytes(row: row, column: column)
        for piece in cell.split(separator: separator, omittingEmptySubsequences: false) {
          let label = piece.trimmed
          if label.isEmpty { throw fault(.emptyLabel(column: table.columnNames[column])) }
          labels.append(String(decoding: label, as: UTF8.self))
        }
      }
      if let repeated = sets.append(labels) {
        throw fault(.repeatedLabel(column: table.columnNames[column], label: repeated))
      }
    }
    if !sets.hasLabels { throw .noLabels }
    return sets.targets
  }

  /// The labels whose columns have 1; the others have 0.
  static func labelSets(
    in columns: [Int], names: [String], of table: Table, _ deadline: ContinuousClock.Instant?
  ) throws(DatasetError) -> Targets {
    let ordered = Targets.ordered(names)
    let ranks = names.map { name in Int32(ordered.firstIndex(of: name) ?? 0) }
    var sets = LabelSets()
    for row in 0..<table.rowCount {
      if DeadlineInterval.includes(row), deadline.hasPassed { throw .outOfTime }
      var labels: [Int32] = []
      for (column, rank) in zip(columns, ranks) {
        switch table.number(row: row, column: column)?.value {
        case 0: break
        case 1: labels.append(rank)
        default:
          throw .csv(
            CSVError(
              .notAFlag(
                column: table.columnNames[column], text: table.text(row: row, column: column)),
              at: table.place(row: row, column: column)))
        }
      }
      sets.append(labels)
    }
    if sets.labelCount == 0 { throw .noLabels }
    return .labels(sets, names: ordered)
  }
}

extension ArraySlice<UInt8> {
  /// Without ASCII space at either end.
  fileprivate var trimmed: ArraySlice<UInt8> {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    return drop(while: isSpace).dropLast(while: isSpace)
  }

  private func dropLast(while isDropped: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    var end = endIndex
    while end > startIndex, isDropped(self[end - 1]) { end -= 1 }
    return self[startIndex..<end]
  }
}
