/// How much of a CSV file the reader takes before it refuses.
package struct CSVLimits: Sendable, Hashable {
  /// Bytes of the whole file; default 1 GiB, at most 2³¹ − 1.
  package var bytes: Int
  /// Fields of a record; default 16 384.
  package var columns: Int
  /// Rows below the header; default 10⁷.
  package var rows: Int
  /// Rows times columns; default 10⁸ (each takes 8 bytes besides the text).
  package var cells: Int
  /// Bytes of one field; default 65 536.
  package var fieldBytes: Int
  /// When reading is given up; nil, the default: never.
  package var deadline: ContinuousClock.Instant?

  package init(
    bytes: Int = 1 << 30, columns: Int = 16_384, rows: Int = 10_000_000,
    cells: Int = 100_000_000, fieldBytes: Int = 65_536, deadline: ContinuousClock.Instant? = nil
  ) {
    self.bytes = min(bytes, Int(Int32.max))
    self.columns = columns
    self.rows = rows
    self.cells = cells
    self.fieldBytes = fieldBytes
    self.deadline = deadline
  }
}
