import Learning
import Testing

/// Corpora read from JSON Lines, CSV and folders.
@Suite struct TextReaderTests {
  private typealias Place = CorpusError.Place

  private func texts(_ corpus: TextCorpus) -> [String] { (0..<corpus.count).map(corpus.text) }

  private func jsonLines(
    _ text: String, _ fields: TextFields = TextFields(text: "text"),
    limits: CorpusLimits = CorpusLimits()
  ) throws -> TextCorpus {
    try TextCorpus(jsonLines: TextBytes(Array(text.utf8)), fields: fields, limits: limits)
  }

  private func fault(
    _ text: String, _ fields: TextFields = TextFields(text: "text"),
    limits: CorpusLimits = CorpusLimits()
  ) -> CorpusError? {
    do {
      _ = try jsonLines(text, fields, limits: limits)
      return nil
    } catch { return error as? CorpusError }
  }

  // MARK: JSON Lines

  @Test("a line's object is a document; escapes are read, blank lines and other members skipped")
  func jsonLines() throws {
    let text = """
      \u{FEFF}{"text": " 第一 ", "n": [1, {"a": null}]}\r
      \u{20}
        {"id": 7, "text": "a\\n\\u4e8c\\ud83d\\ude00\\"", "text_pair": ""}

      {"text":"end"}
      """
    #expect(texts(try jsonLines(text)) == ["第一", "a\n二😀\"", "end"])
  }

  @Test("pairs, labels of every spelling and targets are read")
  func jsonTargets() throws {
    let text = """
      {"a": "x", "b": "y\\t", "l": 10, "t": 1.5, "u": -2}
      {"a": "z", "b": "\\u0077", "l": 9, "t": 2e3, "u": 0}
      {"a": "v", "b": "u", "l": 10, "t": 0, "u": 1}
      """
    let pairs = try jsonLines(
      text, TextFields(text: "a", textPair: "b", target: .label("l")))
    #expect(pairs.isPair)
    #expect((0..<3).map { pairs.secondText(of: $0) } == ["y", "w", "u"])
    #expect(pairs.targets == .classes([1, 0, 1], names: ["9", "10"]))
    let numbers = try jsonLines(text, TextFields(text: "a", target: .values(["t", "u"])))
    #expect(numbers.targets == .values([1.5, -2, 2000, 0, 0, 1], names: ["t", "u"]))
    let flags = try jsonLines(
      "{\"text\":\"a\",\"l\":true}\n{\"text\":\"b\",\"l\":false}",
      TextFields(text: "text", target: .label("l")))
    #expect(flags.classNames == ["false", "true"])
    let part = pairs.selecting([2, 0])
    #expect(texts(part) == ["v", "x"] && part.secondText(of: 1) == "y")
    #expect(part.targets == .classes([1, 1], names: ["9", "10"]))
  }

  @Test("every fault of a line is named with line, column and byte")
  func jsonFaults() {
    let label = TextFields(text: "text", target: .label("l"))
    let target = TextFields(text: "text", target: .values(["t"]))
    let good = "{\"text\": \"字\"}\n"
    let expected: [(String, TextFields, CorpusError.Rule, Place?)] = [
      ("", .init(text: "text"), .emptyFile, Place(line: 1, column: 1, offset: 0)),
      ("\n \n", .init(text: "text"), .noDocuments, nil),
      (
        good + "{\"txt\": 1}", .init(text: "text"), .missingMember("text"),
        Place(line: 2, column: 1, offset: 16)
      ),
      (
        good + " {\"text\": null}", .init(text: "text"), .missingMember("text"),
        Place(line: 2, column: 11, offset: 26)
      ),
      (
        "{\"a\": \"二\", \"text\": \" \\t\"}", .init(text: "text"), .blankText("text"),
        Place(line: 1, column: 20, offset: 21)
      ),
      (
        "{\"text\": \"a\", \"l\": 1.5}", label, .notALabel("l"),
        Place(line: 1, column: 20, offset: 19)
      ),
      (
        "{\"text\": \"a\", \"l\": \"\"}", label, .notALabel("l"),
        Place(line: 1, column: 20, offset: 19)
      ),
      (
        "{\"text\": \"a\", \"t\": 1e39}", target, .notFinite("t"),
        Place(line: 1, column: 20, offset: 19)
      ),
      (
        "{\"text\": \"a\", \"t\": \"NaN\"}", target, .notFinite("t"),
        Place(line: 1, column: 20, offset: 19)
      ),
      ("{\"text\": \"a\", \"l\": 1}\n", label, .oneClass("1"), nil),
      ("{}", .init(text: "t", textPair: "t"), .repeatedField("t"), nil),
    ]
    for (text, fields, rule, place) in expected {
      #expect(fault(text, fields) == CorpusError(rule, at: place), "\(text.debugDescription)")
    }
    // Faults of JSON itself carry the parser's words, at their own place.
    let syntax: [(String, Int, Int)] = [
      (good + "{\"text\": \"a\"} x", 2, 15), (good + "[1]", 2, 1), (good + "7", 2, 1),
      (good + "{\"text\": 7}", 2, 10), ("{\"text\": \"a", 1, 12),
      ("{\"text\": \"\\ud800\"}", 1, 17), ("{\"text\": \"a\", \"text\": \"b\"}", 1, 15),
      ("{\"text\": \"a\"}{\"text\": \"a\"}", 1, 14),
    ]
    for (text, line, column) in syntax {
      let found = fault(text)
      var isJSON = false
      if case .json? = found?.rule { isJSON = true }
      #expect(isJSON, "\(text.debugDescription): \(String(describing: found))")
      #expect(found?.place?.line == line, "\(text.debugDescription)")
      #expect(found?.place?.column == column, "\(text.debugDescription)")
    }
    #expect(fault(good + good, limits: .init(documents: 1))?.rule == .tooManyDocuments(limit: 1))
    #expect(fault(good, limits: .init(documentBytes: 2))?.rule == .documentTooLong(limit: 2))
    #expect(fault(good, limits: .init(bytes: 5))?.rule == .tooManyBytes(limit: 5))
    #expect(
      (try? TextCorpus(jsonLines: TextBytes([0x22, 0xFF]), fields: .init(text: "a"))) == nil)
  }

  @Test("no bytes trap the reader of JSON Lines, and texts are what the line says")
  func fuzzJSONLines() throws {
    let seed: UInt64 = 21
    var random = SplitMix(state: seed)
    let parts =
      [
        "{", "}", "\"text\"", ":", "\"", "a", "字", "\\n", "\\u00e9", "\\ud83d\\ude00", ",", " ",
        "\n",
        "\r\n", "1", "null", "[", "]", "\"l\"", "true", "\\", "{\"text\":\"", "\"}\n", "1e9",
        "{\"text\": \"b\", \"l\": 2}\n",
      ].map { Array($0.utf8) } + [[0xFF], [0xE5, 0xAD], [0x00], [0x1F]]
    var read = 0
    for _ in 0..<300_000 {
      let bytes = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
        parts[Int.random(in: parts.indices, using: &random)]
      }
      for fields in [
        TextFields(text: "text"), TextFields(text: "text", target: .label("l")),
      ] {
        guard let corpus = try? TextCorpus(jsonLines: TextBytes(bytes), fields: fields) else {
          continue
        }
        read += 1
        for document in 0..<corpus.count {
          let text = corpus.text(of: document)
          let isSolid =
            text.unicodeScalars.first?.properties.isWhitespace == false
            && text.unicodeScalars.last?.properties.isWhitespace == false
          #expect(isSolid, "seed \(seed): \(bytes)")
        }
      }
    }
    #expect(read > 1000, "\(read)")
  }

  // MARK: Tables

  private func table(_ text: String) throws -> Table { try Table(csv: Array(text.utf8)) }

  @Test("columns of a table are texts, pairs, labels and targets")
  func tables() throws {
    let table = try table(
      "id,first,second,y,z\r\n1,\" a \"\"b\"\" \",二,pos,1\r\n2,\"x\ny\",\"w\"\"\",neg,2.5\r\n")
    let single = try TextCorpus(table: table, fields: TextFields(text: "first"))
    #expect(texts(single) == ["a \"b\"", "x\ny"] && single.targets == nil)
    let pair = try TextCorpus(
      table: table, fields: TextFields(text: "second", textPair: "first", target: .label("y")))
    #expect(texts(pair) == ["二", "w\""])
    #expect(pair.secondText(of: 0) == "a \"b\"")
    #expect(pair.targets == .classes([1, 0], names: ["neg", "pos"]))
    let numbers = try TextCorpus(
      table: table, fields: TextFields(text: "first", target: .values(["z", "id"])))
    #expect(numbers.targets == .values([1, 1, 2.5, 2], names: ["z", "id"]))
  }

  @Test("a table without the columns, or with a blank text, makes no corpus")
  func tableFaults() throws {
    let table = try table("a,b\nx,1\n\"\u{3000}\n\",1\n")
    func error(_ fields: TextFields) -> DatasetError? {
      do throws(DatasetError) {
        _ = try TextCorpus(table: table, fields: fields)
        return nil
      } catch { return error }
    }
    #expect(error(.init(text: "c")) == .unknownColumn("c", available: ["a", "b"]))
    #expect(error(.init(text: "b", textPair: "b")) == .repeatedColumn("b"))
    #expect(error(.init(text: "b", target: .label("b"))) == .repeatedColumn("b"))
    #expect(error(.init(text: "b", target: .values([]))) == .noTargets)
    let blank = CSVError(
      .missingValue(column: "a"),
      at: CSVError.Place(record: 3, line: 3, column: 1, offset: 9))
    #expect(error(.init(text: "a")) == .csv(blank))
  }

  // MARK: Folders

  private func file(_ name: String, _ text: String) -> TextFile {
    TextFile(name: name, bytes: TextBytes(Array(text.utf8)))
  }

  @Test("a folder's files come in the order of their names, its first folders are labels")
  func folders() throws {
    let files = [
      file("体育/b.txt", "球。\n\n门。"), file("体育/a/x.txt", "赛。"), file("财经/a.txt", "钱。"),
      file("财经/empty.txt", ""), file("体育/0.txt", "\u{FEFF}一。"),
    ]
    for files in [files, files.reversed()] {
      let corpus = try TextCorpus(files: files, unit: .paragraph, labels: .folder)
      #expect(texts(corpus) == ["一。", "赛。", "球。", "门。", "钱。"])
      #expect(corpus.targets == .classes([0, 0, 0, 0, 1], names: ["体育", "财经"]))
    }
    let whole = try TextCorpus(files: files, unit: .file, labels: .none)
    #expect(whole.count == 4 && whole.targets == nil)
    #expect(texts(whole.selecting([3, 0])) == ["钱。", "一。"])
    #expect(try whole.statistics().sentences == 5)
  }

  @Test("faults of a folder name the file")
  func folderFaults() {
    func error(
      _ files: [TextFile], _ labels: FolderLabels = .none, _ limits: CorpusLimits = .init()
    ) -> CorpusError? {
      do {
        _ = try TextCorpus(files: files, unit: .line, labels: labels, limits: limits)
        return nil
      } catch { return error }
    }
    #expect(error([]) == CorpusError(.noFiles))
    #expect(error([file("a", " \n"), file("b", "")]) == CorpusError(.noDocuments))
    #expect(error([file("a/b", "x")], .folder) == CorpusError(.oneClass("a")))
    #expect(
      error([file("a/b", "x"), file("c", "x")], .folder)
        == CorpusError(.noLabelFolder, at: Place(file: "c", line: 1, column: 1, offset: 0)))
    let bad = TextFile(name: "z", bytes: TextBytes([0x61, 0x0A, 0x62, 0x80]))
    #expect(
      error([file("a", "x"), bad])
        == CorpusError(.invalidUTF8, at: Place(file: "z", line: 2, column: 2, offset: 3)))
    #expect(
      error([file("a", "xx"), file("b", "yy")], .none, .init(bytes: 3))?.rule
        == .tooManyBytes(limit: 3))
    #expect(
      error([file("a", "x\ny"), file("b", "z")], .none, .init(documents: 2))
        == CorpusError(
          .tooManyDocuments(limit: 2), at: Place(file: "b", line: 1, column: 1, offset: 0)))
  }
}
