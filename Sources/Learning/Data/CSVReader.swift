/// One pass over the bytes of a CSV file.
struct CSVReader {
  private let bytes: [UInt8]
  private let limits: CSVLimits
  private var offset = 0
  /// Record and field being read, from 1.
  private var record = 1
  private var column = 1
  private var cells: [Table.Cell] = []

  private enum Byte {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
  }

  init(bytes: [UInt8], limits: CSVLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func read() throws(CSVError) -> Table {
    if bytes.count > limits.bytes { throw error(.tooManyBytes(limit: limits.bytes), at: 0) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    if offset == bytes.count { throw error(.emptyFile, at: offset) }
    let names = try readHeader()
    while offset < bytes.count {
      record += 1
      column = 1
      if DeadlineInterval.includes(record), limits.deadline.hasPassed {
        throw error(.outOfTime, at: offset)
      }
      if record - 1 > limits.rows { throw error(.tooManyRows(limit: limits.rows), at: offset) }
      let start = offset
      let count = try readRecord()
      if count != names.count {
        column = min(count, names.count + 1)
        throw error(.raggedRow(expected: names.count, found: count), at: start)
      }
      if cells.count > limits.cells {
        throw error(.tooManyCells(limit: limits.cells), at: start)
      }
    }
    column = 1
    if cells.isEmpty { throw error(.noRows, at: offset) }
    return Table(columnNames: names, bytes: bytes, cells: cells)
  }

  private mutating func readHeader() throws(CSVError) -> [String] {
    _ = try readRecord()
    var seen: [String: Int] = [:]
    var names: [String] = []
    for (index, cell) in cells.enumerated() {
      let name = String(
        decoding: Self.unquoted(bytes[cell.range], escaped: cell.escaped), as: UTF8.self)
      column = index + 1
      if let first = seen.updateValue(index + 1, forKey: name) {
        throw error(.duplicateColumn(name: name, first: first), at: cell.range.lowerBound)
      }
      names.append(name)
    }
    cells.removeAll(keepingCapacity: true)
    return names
  }

  /// Reads to the end of a record and returns how many fields it had.
  private mutating func readRecord() throws(CSVError) -> Int {
    var count = 0
    while true {
      column = count + 1
      if count >= limits.columns {
        throw error(.tooManyColumns(limit: limits.columns), at: offset)
      }
      let start = offset
      let isQuoted = offset < bytes.count && bytes[offset] == Byte.quote
      cells.append(isQuoted ? try readQuoted() : try readPlain())
      if offset - start > limits.fieldBytes {
        throw error(.fieldTooLong(limit: limits.fieldBytes), at: start)
      }
      count += 1
      guard offset < bytes.count else { return count }
      switch bytes[offset] {
      case Byte.comma:
        offset += 1
      case Byte.lineFeed:
        offset += 1
        return count
      case Byte.carriageReturn where offset + 1 == bytes.count:
        offset += 1
        return count
      case Byte.carriageReturn:
        guard bytes[offset + 1] == Byte.lineFeed else {
          throw error(.bareCarriageReturn, at: offset)
        }
        offset += 2
        return count
      default:
        throw error(.textAfterClosingQuote, at: offset)
      }
    }
  }

  private mutating func readPlain() throws(CSVError) -> Table.Cell {
    let start = offset
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == Byte.comma || byte == Byte.lineFeed || byte == Byte.carriageReturn { break }
      if byte == Byte.quote { throw error(.quoteInUnquotedField, at: offset) }
      try advanceScalar(byte)
    }
    return Table.Cell(start..<offset, escaped: false)
  }

  private mutating func readQuoted() throws(CSVError) -> Table.Cell {
    let opening = offset
    var escaped = false
    offset += 1
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte == Byte.quote else {
        try advanceScalar(byte)
        continue
      }
      offset += 1
      guard offset < bytes.count, bytes[offset] == Byte.quote else {
        return Table.Cell(opening + 1..<offset - 1, escaped: escaped)
      }
      escaped = true
      offset += 1
    }
    throw error(.unclosedQuote, at: opening)
  }

  /// Steps over one UTF-8 scalar that begins with `lead`.
  private mutating func advanceScalar(_ lead: UInt8) throws(CSVError) {
    if lead < 0x80 {
      offset += 1
      return
    }
    let length = UTF8Sequence.length(at: offset, in: bytes)
    if length == 0 { throw error(.invalidUTF8, at: offset) }
    offset += length
  }

  private func error(_ rule: CSVError.Rule, at offset: Int) -> CSVError {
    CSVError(
      rule,
      at: CSVError.Place(
        record: record, line: Self.line(at: offset, in: bytes), column: column, offset: offset))
  }

  /// The line number, from 1, of a byte.
  static func line(at offset: Int, in bytes: [UInt8]) -> Int {
    bytes[..<min(offset, bytes.count)].reduce(1) { $1 == Byte.lineFeed ? $0 + 1 : $0 }
  }

  /// A field's bytes with doubled quotation marks made single.
  static func unquoted(_ field: ArraySlice<UInt8>, escaped: Bool) -> [UInt8] {
    guard escaped else { return Array(field) }
    var result: [UInt8] = []
    result.reserveCapacity(field.count)
    var skip = false
    for byte in field {
      if skip {
        skip = false
        continue
      }
      result.append(byte)
      skip = byte == Byte.quote
    }
    return result
  }
}
