import Digests
import Learning
import Tensors
import Testing

/// Sets of labels from JSON Lines, tables, folders and grammars.
@Suite struct LabelSetReaderTests {
  private typealias Place = CorpusError.Place

  private static let fields = TextFields(text: "t", target: .label("l"))

  private func corpus(_ text: String) throws -> TextCorpus {
    try TextCorpus(jsonLines: TextBytes(Array(text.utf8)), fields: Self.fields)
  }

  private func fault(_ text: String) -> CorpusError? {
    do {
      _ = try corpus(text)
      return nil
    } catch { return error as? CorpusError }
  }

  @Test("lists of labels are sets, in the order of their names; a list may be empty")
  func lists() throws {
    let read = try corpus(
      """
      {"t": "a", "l": ["b", "a"]}
      {"t": "b", "l": []}
      {"t": "c", "l": ["c", "b"]}
      """)
    #expect(read.targets == .labels(LabelSets([[0, 1], [], [1, 2]]), names: ["a", "b", "c"]))
    let part = read.selecting([2, 1])
    #expect(part.targets == .labels(LabelSets([[1, 2], []]), names: ["a", "b", "c"]))
    let numbers = try corpus("{\"t\": \"a\", \"l\": [10, 9]}\n{\"t\": \"a\", \"l\": [true]}")
    #expect(numbers.classNames == ["10", "9", "true"])
    #expect(try corpus("{\"t\": \"a\", \"l\": [10, 9]}").classNames == ["9", "10"])
  }

  @Test("every fault of a list is named with line, column and byte")
  func faults() {
    let list = "{\"t\": \"a\", \"l\": [\"x\"]}\n"
    let single = "{\"t\": \"a\", \"l\": \"x\"}\n"
    let expected: [(String, CorpusError.Rule, Place?)] = [
      (list + single, .mixedLabels("l"), Place(line: 2, column: 17, offset: 39)),
      (single + list, .mixedLabels("l"), Place(line: 2, column: 17, offset: 37)),
      (
        "{\"t\": \"a\", \"l\": [\"x\", \"y\", \"x\"]}", .repeatedLabel("l", label: "x"),
        Place(line: 1, column: 28, offset: 27)
      ),
      (
        "{\"t\": \"a\", \"l\": [\"x\", \"\"]}", .notALabel("l"),
        Place(line: 1, column: 23, offset: 22)
      ),
      (
        "{\"t\": \"a\", \"l\": [\"x\", [\"y\"]]}", .notALabel("l"),
        Place(line: 1, column: 23, offset: 22)
      ),
      (
        "{\"t\": \"a\", \"l\": [null]}", .notALabel("l"), Place(line: 1, column: 18, offset: 17)
      ),
      ("{\"t\": \"a\", \"l\": [0.5]}", .notALabel("l"), Place(line: 1, column: 18, offset: 17)),
      ("{\"t\": \"a\", \"l\": []}\n{\"t\": \"b\", \"l\": []}", .noLabels("l"), nil),
    ]
    for (text, rule, place) in expected {
      #expect(fault(text) == CorpusError(rule, at: place), "\(text.debugDescription)")
    }
  }

  // MARK: Tables

  private func dataset(_ text: String, _ target: Dataset.Target) throws -> Targets {
    try Dataset(table: Table(csv: Array(text.utf8)), features: ["x"], target: target).targets
  }

  private func tableFault(_ text: String, _ target: Dataset.Target) -> DatasetError? {
    do {
      _ = try dataset(text, target)
      return nil
    } catch { return error as? DatasetError }
  }

  @Test("cells are divided by their separator, without the space around labels")
  func separators() throws {
    let text = "x,l\n1,b | a\n2,\n3,\"c|b\"\n"
    #expect(
      try dataset(text, .labelSet("l", separator: "|"))
        == .labels(LabelSets([[0, 1], [], [1, 2]]), names: ["a", "b", "c"]))
    #expect(
      try dataset("x,l\n1,b::a\n", .labelSet("l", separator: "::"))
        == .labels(LabelSets([[0, 1]]), names: ["a", "b"]))
    #expect(
      try dataset("x,l\n1,体育、财经\n2,财经\n", .labelSet("l", separator: "、"))
        == .labels(LabelSets([[0, 1], [1]]), names: ["体育", "财经"]))
    let place = CSVError.Place(record: 3, line: 3, column: 2, offset: 10)
    for (cell, rule) in [
      ("a||b", CSVError.Rule.emptyLabel(column: "l")), ("a|", .emptyLabel(column: "l")),
      ("a|b|a", .repeatedLabel(column: "l", label: "a")),
    ] {
      let found = tableFault("x,l\n1,a\n2,\(cell)\n", .labelSet("l", separator: "|"))
      #expect(found == .csv(CSVError(rule, at: place)), "\(cell)")
    }
    #expect(tableFault("x,l\n1,\n2,\n", .labelSet("l", separator: "|")) == .noLabels)
  }

  @Test("columns of 0 and 1 are labels")
  func columns() throws {
    let text = "x,b,a\n1,1,0\n2,0,0\n3,1,1.0\n"
    #expect(
      try dataset(text, .labelColumns(["b", "a"]))
        == .labels(LabelSets([[1], [], [0, 1]]), names: ["a", "b"]))
    for (cell, text) in [("2", "2"), ("", ""), ("yes", "yes"), ("0.5", "0.5")] {
      let rule = CSVError.Rule.notAFlag(column: "b", text: text)
      let place = CSVError.Place(record: 2, line: 2, column: 2, offset: 8)
      #expect(
        tableFault("x,b,a\n1,\(cell),0\n", .labelColumns(["b", "a"]))
          == .csv(CSVError(rule, at: place)), "\(cell)")
    }
    #expect(tableFault("x,b\n1,0\n", .labelColumns(["b"])) == .noLabels)
    #expect(tableFault("x,b\n1,0\n", .labelColumns(["b", "b"])) == .repeatedColumn("b"))
  }

  @Test("all folders of a file are its labels")
  func folders() throws {
    let files = ["b/a/1.txt", "a/2.txt", "3.txt", "b/b/4.txt"].map {
      TextFile(name: $0, bytes: TextBytes(Array("text of \($0)".utf8)))
    }
    let corpus = try TextCorpus(files: files, unit: .file, labels: .folders)
    #expect(corpus.text(of: 0) == "text of 3.txt")
    #expect(corpus.targets == .labels(LabelSets([[], [0], [0, 1], [1]]), names: ["a", "b"]))
    #expect(throws: CorpusError(.noLabels("folders"))) {
      try TextCorpus(files: [files[2]], unit: .file, labels: .folders)
    }
  }

  // MARK: Grammars

  private func tags(
    _ language: TextLanguage, _ edit: (inout SyntheticCorpus) -> Void = { _ in }
  ) throws -> (texts: [String], sets: LabelSets) {
    var settings = SyntheticCorpus(.tags, language)
    settings.documents = 300
    edit(&settings)
    let corpus = try settings.corpus(key: .test)
    #expect(try settings.targets(key: .test) == corpus.targets)
    #expect(corpus.classNames == settings.classNames)
    guard case .labels(let sets, _)? = corpus.targets else { return ([], LabelSets()) }
    return ((0..<corpus.count).map(corpus.text), sets)
  }

  @Test(
    "tagged texts are the same for ever",
    arguments: [(TextLanguage.chinese, "8d35dfc0443683c5"), (.english, "12a329f8a7948438")])
  func goldens(_ language: TextLanguage, _ expected: String) throws {
    let (texts, sets) = try tags(language)
    let lines = texts.indices.map { "\(Array(sets[$0]))\t\(texts[$0])\n" }
    #expect(SHA256Digest(of: lines.joined()).prefix(16) == expected)
  }

  @Test("a tagged text does not depend on how many there are, nor its words on noise in labels")
  func stability() throws {
    for language in TextLanguage.allCases {
      func spoiled(_ documents: Int, _ labelNoise: Double) throws -> ([String], LabelSets) {
        try tags(language) {
          $0.documents = documents
          ($0.noise, $0.duplication, $0.labelNoise) = (0.1, 0.2, labelNoise)
        }
      }
      let (few, many) = (try spoiled(60, 0.1), try spoiled(100, 0.1))
      #expect(few.0 == Array(many.0.prefix(60)))
      #expect(few.1 == many.1.gathering(0..<60))
      let (clean, wrong) = (try spoiled(60, 0), try spoiled(60, 1))
      #expect(clean.0 == wrong.0)
      // Every set lost a label or gained one.
      #expect((0..<60).allSatisfy { abs(clean.1[$0].count - wrong.1[$0].count) == 1 })
    }
  }

  @Test("texts speak of as many topics as were asked for, all equally often, a part for each")
  func counts() throws {
    let (texts, sets) = try tags(.english) { $0.documents = 2000 }
    #expect(Set((0..<2000).map { sets[$0].count }) == [0, 1, 2, 3])
    let counts = sets.counts(of: 0..<2000, labels: 4)
    #expect(counts.allSatisfy { abs($0 - 750) < 90 }, "\(counts)")
    let all = try tags(.english) { ($0.minLabels, $0.maxLabels) = (4, 4) }
    #expect((0..<300).allSatisfy { all.sets[$0].count == 4 })
    // Four parts are longer than one or two.
    func length(_ texts: [String]) -> Int {
      texts.reduce(0) { $0 + $1.utf8.count } / max(1, texts.count)
    }
    #expect(length(all.texts) > 2 * length(texts))
    for (parameter, low, high) in [
      ("max_labels", 0, 5), ("max_labels", 0, 0), ("min_labels", 3, 2),
    ] {
      do {
        _ = try tags(.chinese) { ($0.minLabels, $0.maxLabels) = (low, high) }
        Issue.record("\(low) to \(high) labels were taken")
      } catch DatasetError.outOfRange(let found, _) { #expect(found == parameter) }
    }
  }
}
