extension TextCorpus {
  /// Takes text and target columns out of a table; each row is a document.
  ///
  /// Space around a text is no part of it; a text cell that holds nothing else is an error, since
  /// its row may not be left out.
  /// - Parameter deadline: when that is given up.
  /// - Complexity: O(bytes)
  package init(
    table: Table, fields: TextFields, deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) {
    let columns = try Dataset.columns(named: fields.names, of: table, taken: [])
    let textCount = fields.textPair == nil ? 1 : 2
    var builder = CorpusBuilder(of: TextBytes(table.bytes))
    builder.reserve(table.rowCount)
    for row in 0..<table.rowCount {
      if DeadlineInterval.includes(row), deadline.hasPassed { throw .outOfTime }
      let text = try Self.text(row, columns[0], of: table, in: &builder)
      let second =
        textCount == 2 ? try Self.text(row, columns[1], of: table, in: &builder) : nil
      builder.append(text, second: second)
    }
    var targets: Targets?
    if let target = fields.target {
      targets = try Dataset.targets(target, in: Array(columns[textCount...]), of: table, deadline)
    }
    self = builder.corpus(targets: targets)
  }

  private static func text(
    _ row: Int, _ column: Int, of table: Table, in builder: inout CorpusBuilder
  ) throws(DatasetError) -> Range<Int> {
    let text: Range<Int>?
    if let span = table.span(row: row, column: column) {
      text = builder.solid(span)
    } else {
      text = builder.keep(table.cellBytes(row: row, column: column))
    }
    if let text { return text }
    throw .csv(
      CSVError(
        .missingValue(column: table.columnNames[column]),
        at: table.place(row: row, column: column)))
  }
}
