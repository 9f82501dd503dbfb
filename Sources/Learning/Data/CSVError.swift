/// A byte of a CSV file that breaks a rule, as a fact: where, and which rule.
package struct CSVError: Error, Sendable, Hashable {
  /// Where a cell (or the byte in it) stands in the file.
  package struct Place: Sendable, Hashable {
    /// Record number, the header being 1; quoted line breaks make records and lines differ.
    package let record: Int
    /// Line number from 1, counting LF bytes.
    package let line: Int
    /// Field number in the record, from 1.
    package let column: Int
    /// Byte offset in the file from 0, a byte order mark included.
    package let offset: Int

    package init(record: Int, line: Int, column: Int, offset: Int) {
      self.record = record
      self.line = line
      self.column = column
      self.offset = offset
    }
  }

  /// The rule that the file breaks.
  package enum Rule: Sendable, Hashable {
    /// The file holds no record.
    case emptyFile
    /// The file holds a header and no row.
    case noRows
    /// Text must be UTF-8.
    case invalidUTF8
    /// A quotation mark may only open a field or stand doubled inside a quoted one (RFC 4180, 2.5).
    case quoteInUnquotedField
    /// After a closing quotation mark a comma or the end of the record must follow.
    case textAfterClosingQuote
    /// A quoted field must be closed; the place is its opening mark.
    case unclosedQuote
    /// A record ends with LF or CR LF; a CR alone ends nothing.
    case bareCarriageReturn
    /// Every record has as many fields as the header.
    case raggedRow(expected: Int, found: Int)
    /// Column names differ; `first` is the field number of the earlier one.
    case duplicateColumn(name: String, first: Int)
    /// The file is larger than this reader takes.
    case tooManyBytes(limit: Int)
    /// A record has more fields than allowed.
    case tooManyColumns(limit: Int)
    /// The file has more rows than allowed.
    case tooManyRows(limit: Int)
    /// The file has more cells than allowed.
    case tooManyCells(limit: Int)
    /// The file was not read by the time at which that is given up.
    case outOfTime
    /// A field is longer than allowed.
    case fieldTooLong(limit: Int)
    /// A cell of this column must not be empty.
    case missingValue(column: String)
    /// A cell of this column must be a decimal number.
    case notANumber(column: String, text: String)
    /// A number must be finite and representable in float32.
    case notFinite(column: String, text: String)
    /// Between separators of a cell of labels stands a label.
    case emptyLabel(column: String)
    /// A cell of labels names each once.
    case repeatedLabel(column: String, label: String)
    /// A cell of a label's own column is 0 or 1.
    case notAFlag(column: String, text: String)
  }

  package let rule: Rule
  package let place: Place

  package init(_ rule: Rule, at place: Place) {
    self.rule = rule
    self.place = place
  }
}
