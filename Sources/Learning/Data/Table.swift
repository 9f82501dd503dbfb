/// The text cells of a CSV file: a header and at least one row of as many fields.
///
/// Cells stay bytes of the file until somebody asks for them.
package struct Table: Sendable {
  /// A field's bytes; `escaped` when doubled quotation marks stand in it.
  struct Cell: Sendable {
    let start: UInt32
    let endAndFlag: UInt32

    init(_ range: Range<Int>, escaped: Bool) {
      start = UInt32(truncatingIfNeeded: range.lowerBound)
      endAndFlag = UInt32(truncatingIfNeeded: range.upperBound) | (escaped ? 1 << 31 : 0)
    }

    var range: Range<Int> { Int(start)..<Int(endAndFlag & 0x7FFF_FFFF) }
    var escaped: Bool { endAndFlag >> 31 == 1 }
  }

  /// The header, in order; no two alike.
  package let columnNames: [String]
  /// Rows below the header; at least 1.
  package let rowCount: Int
  /// The whole file.
  let bytes: [UInt8]
  /// Row after row, without the header.
  private let cells: [Cell]

  init(columnNames: [String], bytes: [UInt8], cells: [Cell]) {
    self.columnNames = columnNames
    self.bytes = bytes
    self.cells = cells
    self.rowCount = cells.count / max(1, columnNames.count)
  }

  /// Reads RFC 4180 text: commas, LF or CR LF, double quotes, an optional byte order mark.
  ///
  /// The first record is the header. Fields are taken as they stand, spaces included.
  /// - Complexity: O(bytes)
  package init(csv bytes: [UInt8], limits: CSVLimits = CSVLimits()) throws(CSVError) {
    var reader = CSVReader(bytes: bytes, limits: limits)
    self = try reader.read()
  }

  /// The text of a cell, quotation marks removed.
  package func text(row: Int, column: Int) -> String {
    String(decoding: cellBytes(row: row, column: column), as: UTF8.self)
  }

  /// The field number (from 0) of a column name.
  package func column(named name: String) -> Int? {
    columnNames.firstIndex(of: name)
  }

  /// The cell as a number, nil when it is none; spaces and tabs around it do not count.
  func number(row: Int, column: Int) -> DecimalNumber? {
    let cell = cells[row * columnNames.count + column]
    return cell.escaped ? nil : DecimalNumber(parsing: bytes[cell.range])
  }

  /// Where a cell stands in the file.
  ///
  /// - Complexity: O(bytes before the cell); meant for the one cell that an error names.
  package func place(row: Int, column: Int) -> CSVError.Place {
    let offset = cells[row * columnNames.count + column].range.lowerBound
    return CSVError.Place(
      record: row + 2, line: CSVReader.line(at: offset, in: bytes), column: column + 1,
      offset: offset)
  }

  /// Whether a cell holds nothing but spaces and tabs.
  func isBlank(row: Int, column: Int) -> Bool {
    let cell = cells[row * columnNames.count + column]
    return bytes[cell.range].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// Where a cell's text stands in ``bytes``; nil when it holds doubled quotation marks.
  func span(row: Int, column: Int) -> Range<Int>? {
    let cell = cells[row * columnNames.count + column]
    return cell.escaped ? nil : cell.range
  }

  func cellBytes(row: Int, column: Int) -> [UInt8] {
    let cell = cells[row * columnNames.count + column]
    return CSVReader.unquoted(bytes[cell.range], escaped: cell.escaped)
  }
}
