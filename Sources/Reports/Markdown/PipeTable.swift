internal import Diagnostics

/// A table in GitHub's pipe syntax, padded so that it reads as a table in any editor too.
enum PipeTable {
  /// The lines of the table; cells are foreign text and escaped here.
  ///
  /// - Complexity: O(cells · their length)
  static func text(_ table: PrintedTable) -> String {
    let head = table.columns.map(\.escapedForMarkdown)
    let rows = table.rows.map { $0.map(\.escapedForMarkdown) }
    let widths = head.indices.map { column in
      rows.reduce(max(3, head[column].displayWidth)) { max($0, $1[column].displayWidth) }
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        table.isNumeric[column]
          ? cells[column].leftPadded(to: widths[column]) : cells[column].padded(to: widths[column])
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = widths.indices.map { column in
      String(repeating: "-", count: widths[column] + 1) + (table.isNumeric[column] ? ":" : "-")
    }
    return ([line(head), "|" + rule.joined(separator: "|") + "|"] + rows.map(line))
      .joined(separator: "\n")
  }
}
