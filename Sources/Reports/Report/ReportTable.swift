package import Experiments

/// A table with words already in the document's language and numbers not yet printed.
package struct ReportTable: Sendable, Hashable {
  /// What a cell holds.
  package enum Cell: Sendable, Hashable {
    case text(String)
    case number(Double, Quantity)
    case statistic(Statistic, Quantity)
    case empty
  }

  package var heading: ItemHeading
  package let columns: [String]
  /// Rows may be shorter than the head: missing cells are empty; surplus cells are not shown.
  package let rows: [[Cell]]

  package init(heading: ItemHeading, columns: [String], rows: [[Cell]]) {
    self.heading = heading
    self.columns = columns
    self.rows = rows
  }
}
