import Foundation
import Learning
import Tensors
import TestSupport
import Testing

@Suite struct TextCorpusTests {
  private func texts(
    _ text: String, _ unit: TextUnit, limits: CorpusLimits = CorpusLimits()
  ) throws -> [String] {
    let corpus = try TextCorpus(
      textFile: TextBytes(Array(text.utf8)), unit: unit, limits: limits)
    return (0..<corpus.count).map(corpus.text)
  }

  private func error(_ bytes: [UInt8], _ unit: TextUnit = .line, _ limits: CorpusLimits = .init())
    -> CorpusError?
  {
    do {
      _ = try TextCorpus(textFile: TextBytes(bytes), unit: unit, limits: limits)
      return nil
    } catch { return error }
  }

  @Test("a document is a paragraph, a line or the file, without the space around it")
  func units() throws {
    for end in ["\n", "\r\n"] {
      let text = ["\u{FEFF} 一行。", "two ", "", " \t\u{3000}", "three", ""].joined(separator: end)
      #expect(try texts(text, .paragraph) == ["一行。\(end)two", "three"])
      #expect(try texts(text, .line) == ["一行。", "two", "three"])
      let whole = ["一行。", "two ", "", " \t\u{3000}", "three"].joined(separator: end)
      #expect(try texts(text, .file) == [whole])
    }
    #expect(try texts("\n\n\na", .paragraph) == ["a"])
    #expect(try texts("a\n\n\n\nb\n\n", .paragraph) == ["a", "b"])
    #expect(try texts("a", .paragraph) == ["a"])
  }

  @Test("every fault is named with line, column and byte")
  func faults() {
    typealias Place = CorpusError.Place
    #expect(
      error([]) == CorpusError(.emptyFile, at: Place(line: 1, column: 1, offset: 0)))
    #expect(
      error([0xEF, 0xBB, 0xBF])
        == CorpusError(.emptyFile, at: Place(line: 1, column: 1, offset: 3)))
    for unit in TextUnit.allCases {
      #expect(error(Array(" \n\t\r\n\u{3000}".utf8), unit) == CorpusError(.noDocuments))
      #expect(
        error(Array("一二\n三四".utf8) + [0xFF, 0x41], unit)
          == CorpusError(.invalidUTF8, at: Place(line: 2, column: 3, offset: 13)))
    }
    let file = Array("abc\nde\nf".utf8)
    #expect(error(file, .line, CorpusLimits(bytes: 7)) == CorpusError(.tooManyBytes(limit: 7)))
    #expect(
      error(file, .line, CorpusLimits(documents: 2))
        == CorpusError(.tooManyDocuments(limit: 2), at: Place(line: 3, column: 1, offset: 7)))
    #expect(
      error(file, .line, CorpusLimits(documentBytes: 2))
        == CorpusError(.documentTooLong(limit: 2), at: Place(line: 1, column: 1, offset: 0)))
  }

  @Test("no bytes trap the reader, and lines hold all text but space")
  func fuzz() {
    let seed: UInt64 = 9
    var random = SplitMix(state: seed)
    let alphabet = Array("ab\n\r \t\u{3000}。é😀".utf8) + [0xFF, 0x00, 0xC2, 0xE3]
    for round in 0..<200_000 {
      let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
        alphabet[Int.random(in: alphabet.indices, using: &random)]
      }
      let isText = String(validating: bytes, as: UTF8.self) != nil
      for unit in TextUnit.allCases {
        guard let corpus = try? TextCorpus(textFile: TextBytes(bytes), unit: unit) else {
          continue
        }
        #expect(isText, "seed \(seed) round \(round): \(bytes)")
        let all = (0..<corpus.count).map(corpus.text).joined()
        func solid(_ text: String) -> String.UnicodeScalarView {
          String.UnicodeScalarView(
            text.unicodeScalars.filter { !$0.properties.isWhitespace })
        }
        let isWhole = solid(all).elementsEqual(solid(String(decoding: bytes, as: UTF8.self)))
        #expect(isWhole, "seed \(seed) round \(round): \(bytes)")
      }
    }
  }

  @Test("many blank lines take no more time than their bytes")
  func blankLines() throws {
    let text = String(repeating: "\n", count: 2_000_000) + "a"
    #expect(try texts(text, .paragraph) == ["a"])
    #expect(try texts(text, .line) == ["a"])
  }

  @Test("a mapped file is the corpus of its bytes, also after it is closed")
  func mapping() throws {
    let folder = try TemporaryFolder("corpus")
    let text = "第一段。\n\nSecond.\n"
    let url = folder.url("corpus.txt")
    try Data(text.utf8).write(to: url)
    let file = try FileHandle(forReadingFrom: url)
    let bytes = TextBytes(try #require(MappedFile(descriptor: file.fileDescriptor)))
    try file.close()
    let corpus = try TextCorpus(textFile: bytes, unit: .paragraph)
    #expect((0..<corpus.count).map(corpus.text) == ["第一段。", "Second."])
    #expect(corpus.isUnchanged)
    let writer = try FileHandle(forWritingTo: url)
    try writer.truncate(atOffset: 4)
    try writer.close()
    #expect(!corpus.isUnchanged)
  }

  @Test("parts share the text and keep order; statistics count what they hold")
  func parts() throws {
    let lines = (0..<50).map { "第\($0)句。And one more." }
    let corpus = try TextCorpus(
      textFile: TextBytes(Array(lines.joined(separator: "\n").utf8)), unit: .line)
    let split = try SplitCorpus(
      corpus, shares: Partition.Shares(train: 0.6, validation: 0.4), key: .test)
    #expect(split.train.count == 30 && split.validation?.count == 20 && split.test == nil)
    for (index, row) in split.partition.train.enumerated() {
      #expect(split.train.text(of: index) == lines[row])
    }
    let statistics = try corpus.statistics()
    #expect(statistics.documents == 50 && statistics.sentences == 100)
    #expect(statistics.bytes == lines.reduce(0) { $0 + $1.utf8.count })
    #expect(statistics.characters == lines.reduce(0) { $0 + $1.unicodeScalars.count })
    #expect(corpus.sentences(of: 3).count == 2)
    #expect(!corpus.isPair && corpus.secondText(of: 0) == nil && corpus.classNames == nil)
  }

  @Test("a corpus is split as a table of the same labels")
  func partition() throws {
    let codes = (0..<200).map { $0 * 7 % 3 }
    let rows = codes.enumerated().map { "\($0.offset),c\($0.element)" }
    let table = try Dataset(
      table: Table(csv: Array(("x,y\n" + rows.joined(separator: "\n")).utf8)), features: nil,
      target: .label("y"))
    let shares = Partition.Shares(train: 0.5, validation: 0.2, test: 0.3)
    for stratify in [true, false] {
      let ofTable = try Partition(
        splitting: table, shares: shares, stratify: stratify, key: .test)
      let ofRows = try Partition(
        of: 200, targets: table.targets, shares: shares, stratify: stratify, key: .test)
      #expect(ofTable == ofRows)
      if !stratify {
        #expect(try Partition(of: 200, targets: nil, shares: shares, key: .test) == ofRows)
      }
    }
    #expect(throws: DatasetError.emptyPart(.validation, rows: 1)) {
      try Partition(of: 1, targets: nil, shares: shares, key: .test)
    }
  }
}
