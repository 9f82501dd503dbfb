internal import Experiments

/// A table whose numbers are text: common digits per column, ready for either output.
struct PrintedTable: Sendable {
  let columns: [String]
  /// As many cells in each row as there are columns.
  let rows: [[String]]
  /// Whether a column holds numbers only, and is aligned on the right.
  let isNumeric: [Bool]

  /// Prints the numbers of a table.
  ///
  /// - Complexity: O(cells)
  init(_ table: ReportTable) {
    columns = table.columns
    var rows = table.rows.map { row in
      table.columns.indices.map { row.indices.contains($0) ? row[$0] : .empty }.map(Self.plain)
    }
    var isNumeric: [Bool] = []
    for column in columns.indices {
      let cells = table.rows.map { $0.indices.contains(column) ? $0[column] : .empty }
      let numbers = cells.compactMap(Self.number)
      let format = ColumnFormat(numbers: numbers)
      for (row, cell) in cells.enumerated() {
        switch cell {
        case .number(let value, let quantity): rows[row][column] = format.text(value, quantity)
        case .statistic(let statistic, let quantity):
          rows[row][column] = format.text(statistic, quantity)
        case .text, .empty: break
        }
      }
      isNumeric.append(!numbers.isEmpty && cells.allSatisfy { !Self.isText($0) })
    }
    self.rows = rows
    self.isNumeric = isNumeric
  }

  private static func plain(_ cell: ReportTable.Cell) -> String {
    if case .text(let text) = cell { text } else { "" }
  }

  private static func isText(_ cell: ReportTable.Cell) -> Bool {
    if case .text = cell { true } else { false }
  }

  private static func number(_ cell: ReportTable.Cell) -> (value: Double, quantity: Quantity)? {
    switch cell {
    case .number(let value, let quantity): (value, quantity)
    case .statistic(let statistic, let quantity): (statistic.mean, quantity)
    case .text, .empty: nil
    }
  }
}
