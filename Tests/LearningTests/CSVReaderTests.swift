import Learning
import Testing

@Suite struct CSVReaderTests {
  private func rule(_ text: String, limits: CSVLimits = CSVLimits()) -> CSVError? {
    error(Array(text.utf8), limits: limits)
  }

  private func error(_ bytes: [UInt8], limits: CSVLimits = CSVLimits()) -> CSVError? {
    do {
      _ = try Table(csv: bytes, limits: limits)
      return nil
    } catch { return error }
  }

  private func cells(_ text: String) throws -> [[String]] {
    let table = try Table(csv: Array(text.utf8))
    return [table.columnNames]
      + (0..<table.rowCount).map { row in
        table.columnNames.indices.map { table.text(row: row, column: $0) }
      }
  }

  @Test(
    "quotes, line ends and a byte order mark are RFC 4180's",
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
      ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2\r", [["a", "b"], ["1", "2"]]),
      ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      ("a,b\n\"x,y\",\"1\n2\"\n", [["a", "b"], ["x,y", "1\n2"]]),
      ("\"a \"\"q\"\"\",b\n\"\",\"\"\"\"\n", [["a \"q\"", "b"], ["", "\""]]),
      ("a,b\n,\n", [["a", "b"], ["", ""]]),
      ("名,β\n数,é\n", [["名", "β"], ["数", "é"]]),
      ("a\n\n1\n", [["a"], [""], ["1"]]),
    ])
  func wellFormed(_ text: String, _ expected: [[String]]) throws {
    #expect(try cells(text) == expected)
  }

  @Test("every fault is named with record, line, column and byte")
  func faults() {
    typealias Place = CSVError.Place
    let expected: [(String, CSVError.Rule, Place)] = [
      ("", .emptyFile, Place(record: 1, line: 1, column: 1, offset: 0)),
      ("\u{FEFF}", .emptyFile, Place(record: 1, line: 1, column: 1, offset: 3)),
      ("a,b\n", .noRows, Place(record: 1, line: 2, column: 1, offset: 4)),
      (
        "a,b\n1,2\n1,2,3\n", .raggedRow(expected: 2, found: 3),
        Place(record: 3, line: 3, column: 3, offset: 8)
      ),
      (
        "a,b\n\"x\ny\",2\n1\n", .raggedRow(expected: 2, found: 1),
        Place(record: 3, line: 4, column: 1, offset: 12)
      ),
      (
        "a,b,a\n1,2,3\n", .duplicateColumn(name: "a", first: 1),
        Place(record: 1, line: 1, column: 3, offset: 4)
      ),
      ("a,b\n1,x\"y\n", .quoteInUnquotedField, Place(record: 2, line: 2, column: 2, offset: 7)),
      ("a,b\n1,\"y\"z\n", .textAfterClosingQuote, Place(record: 2, line: 2, column: 2, offset: 9)),
      ("a,b\n1,\"y\n", .unclosedQuote, Place(record: 2, line: 2, column: 2, offset: 6)),
      ("a,b\r1,2\n", .bareCarriageReturn, Place(record: 1, line: 1, column: 2, offset: 3)),
    ]
    for (text, rule, place) in expected {
      #expect(self.rule(text) == CSVError(rule, at: place), "\(text.debugDescription)")
    }
  }

  @Test("text that is not UTF-8 is refused at its first bad byte")
  func invalidUTF8() {
    let bad: [[UInt8]] = [
      [0xFF], [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ]
    for bytes in bad {
      let file = Array("a,b\n1,".utf8) + bytes
      #expect(error(file)?.rule == .invalidUTF8, "\(bytes)")
      #expect(error(file)?.place.offset == 6)
      #expect(error(Array("a,b\n1,\"".utf8) + bytes + Array("\"".utf8))?.place.offset == 7)
    }
  }

  @Test("limits stop a file that is too wide, long or large")
  func limits() {
    let wide = String(repeating: ",", count: 1_000_000) + "\n"
    #expect(rule(wide)?.rule == .tooManyColumns(limit: 16_384))
    #expect(rule("a\n1\n2\n3\n", limits: CSVLimits(rows: 2))?.rule == .tooManyRows(limit: 2))
    #expect(rule("a,b\n1,2\n3,4\n", limits: CSVLimits(cells: 3))?.rule == .tooManyCells(limit: 3))
    #expect(rule("a\n123456\n", limits: CSVLimits(fieldBytes: 5))?.rule == .fieldTooLong(limit: 5))
    #expect(rule("a\n1\n", limits: CSVLimits(bytes: 3))?.rule == .tooManyBytes(limit: 3))
  }

  @Test("no bytes trap the reader, and what it accepts it gives back")
  func fuzz() throws {
    let seed: UInt64 = 7
    var random = SplitMix(state: seed)
    let alphabet = Array("ab,\"\n\r\u{E9} 1".utf8) + [0xFF, 0x00]
    for round in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
        alphabet[Int.random(in: alphabet.indices, using: &random)]
      }
      guard let table = try? Table(csv: bytes) else { continue }
      let records =
        [table.columnNames]
        + (0..<table.rowCount).map { row in
          table.columnNames.indices.map { table.text(row: row, column: $0) }
        }
      let text = records.map { fields in
        fields.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
      }.joined(separator: "\r\n")
      let again = try cells(text)
      #expect(again == records, "seed \(seed) round \(round): \(bytes)")
    }
  }

  @Test("time grows with the bytes: a quoted megabyte cell in a row of its own")
  func longCell() throws {
    let long = String(repeating: "\"\"", count: 500_000)
    let text = "a\n\"\(long)\"\n"
    let table = try Table(csv: Array(text.utf8), limits: CSVLimits(fieldBytes: 2_000_000))
    #expect(table.text(row: 0, column: 0).utf8.count == 500_000)
  }
}
