import Diagnostics
import Digests
import Experiments
import Testing

struct ResultEncodingTests {
  static let seeds: [UInt64] = Array(1...60)

  @Test(arguments: seeds)
  func decodingGivesBackWhatWasEncoded(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    let result = RandomResult.result(&random)
    let text = result.encoded()
    let (decoded, diagnostics) = RunResult.decode(SourceFile(path: "r.json", text: text))
    #expect(diagnostics.isEmpty, "seed \(seed)")
    // Equal texts, because NaN differs from itself; equal values where there is none.
    #expect(decoded?.encoded() == text, "seed \(seed)")
    if !text.contains("\"NaN\"") { #expect(decoded == result, "seed \(seed)") }
    #expect(result.digest == SHA256Digest(of: text))
  }

  @Test func eachValueStandsOnItsOwnLine() {
    let result = RunResult(
      scalars: [Scalar("test.accuracy", .ratio, Statistic(0.1))],
      series: [
        Series(
          "lr", axis: .step, .real, x: [1, 2], runs: [[1e-3, .nan]], mean: [1e-3, -.infinity])
      ])
    let lines = result.encoded().split(separator: "\n").map(String.init)
    #expect(lines.contains("        \"mean\": 0.1,"))
    #expect(lines.contains("        0.001,"))
    #expect(lines.contains("        \"-Infinity\""))
    #expect(lines.contains("          \"NaN\""))
  }

  @Test(arguments: [
    "", "{", "[]", "nul", "{\"format\": 1}", "{\"format\": 2}", "{\"format\": 1e99}",
    "{\"a\": 1, \"a\": 2}", "{\"a\": \"\\ud800\"}", "{\"a\": 01}", "[1,]", "{\"a\" 1}", "1 2",
    "\"\u{1}\"", "\"\\x\"", "-", "1.", "1e",
  ])
  func wrongFilesGiveOneDiagnostic(_ text: String) {
    let (result, diagnostics) = RunResult.decode(SourceFile(path: "r.json", text: text))
    #expect(result == nil)
    #expect(diagnostics.count == 1)
    #expect(diagnostics.allSatisfy { $0.isError && $0.range != nil })
  }

  @Test func deepNestingIsRefusedNotFollowed() {
    let text = String(repeating: "[", count: 100_000)
    let (_, diagnostics) = RunResult.decode(SourceFile(path: "r.json", text: text))
    #expect(diagnostics.map(\.id) == ["json.syntax"])
  }

  @Test func shapesAreChecked() {
    let matrix = RunResult(matrices: [Matrix("m", labels: ["a"], counts: [[1]])]).encoded()
    let wrong = matrix.replacingFirst("\"a\"", with: "\"a\", \"b\"")
    #expect(wrong != matrix)
    let (result, diagnostics) = RunResult.decode(SourceFile(path: "r.json", text: wrong))
    #expect(result == nil)
    #expect(diagnostics.map(\.id) == ["json.shape"])
  }

  @Test func mutatedFilesNeverTrap() {
    var random = SplitMix(state: 7)
    let original = Array(RandomResult.result(&random).encoded().utf8)
    for _ in 0..<400 {
      var bytes = original
      for _ in 0..<(1 + random.below(4)) where !bytes.isEmpty {
        let position = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes.remove(at: position)
        case 1: bytes.insert(bytes[random.below(bytes.count)], at: position)
        default: bytes[position] = UInt8(truncatingIfNeeded: random.next())
        }
      }
      let file = SourceFile(path: "r.json", text: String(decoding: bytes, as: UTF8.self))
      let (result, diagnostics) = RunResult.decode(file)
      #expect((result == nil) == diagnostics.hasErrors)
    }
  }

  @Test(arguments: seeds)
  func ledgerSurvivesItsFile(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    let notebook = PlanFixture.notebook()
    let (plan, _) = PlanFixture.plan(notebook)
    let result = RandomResult.result(&random)
    let claim = Experiments.Expectation(
      text: "1 < 2", range: SourceRange(SourceFile(path: "n", text: "1 < 2"), 0..<5),
      isVerbatim: true)
    let scope = ResultScope(blockNames: ["a"], results: [:])
    let ledger = Ledger(
      numericsVersion: 1, notebook: "notebooks/损失.md", options: ["profile": "smoke"],
      blocks: [
        Ledger.Block(
          name: "fit", kind: "train", steps: plan.steps(of: "fit"), result: result,
          verdicts: [claim.judged(in: scope, own: "a")]),
        Ledger.Block(name: "bad", kind: "train", steps: [], result: nil, verdicts: []),
      ],
      documents: [Ledger.Document(name: "损失.md", digest: SHA256Digest(of: "x"))])
    let text = ledger.encoded()
    let (decoded, diagnostics) = Ledger.decode(SourceFile(path: "l.json", text: text))
    #expect(diagnostics.isEmpty)
    #expect(decoded?.encoded() == text)
    #expect(decoded?.blocks.first?.claims.first?.outcome == .holds)
  }

  @Test func ledgerOfAnotherFormatIsNamed() {
    let (_, diagnostics) = Ledger.decode(
      SourceFile(path: "l.json", text: "{\"format\": 99, \"numerics\": 1}"))
    #expect(diagnostics.map(\.id) == ["ledger.format"])
  }
}

extension String {
  fileprivate func replacingFirst(_ part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}

/// Results with awkward names and numbers.
enum RandomResult {
  static func result(_ random: inout SplitMix) -> RunResult {
    RunResult(
      scalars: many(&random) { random in
        Scalar(
          name(&random), key: random.below(2) == 0 ? nil : name(&random), quantity(&random),
          statistic(&random))
      },
      series: many(&random) { random in series(&random) },
      matrices: many(&random) { random in
        let labels = (0..<random.below(4)).map { "c\($0)" }
        return Matrix(
          name(&random), labels: labels,
          counts: labels.map { _ in labels.map { _ in random.below(1000) } })
      },
      charts: many(&random) { random in chart(&random) },
      tables: many(&random) { random in table(&random) })
  }

  private static func many<Element>(
    _ random: inout SplitMix, _ make: (inout SplitMix) -> Element
  ) -> [Element] {
    var items: [Element] = []
    for _ in 0..<random.below(4) { items.append(make(&random)) }
    return items
  }

  private static func name(_ random: inout SplitMix) -> String {
    let names = [
      "test.accuracy", "类", "a\"b\\c", "line\nbreak", "\u{2028}", "\u{1F600}", "", "\u{7F}\t",
      "<!-- -->",
    ]
    return names[random.below(names.count)]
  }

  private static func quantity(_ random: inout SplitMix) -> Quantity {
    Quantity.allCases[random.below(Quantity.allCases.count)]
  }

  private static func double(_ random: inout SplitMix) -> Double {
    switch random.below(8) {
    case 0: 0
    case 1: -0.0
    case 2: .nan
    case 3: random.below(2) == 0 ? .infinity : -.infinity
    case 4: Double(random.below(1000)) / 1000
    case 5: .leastNonzeroMagnitude
    default:
      Double(bitPattern: random.next()).isNaN ? 1 : Double(bitPattern: random.next() & ~(1 << 62))
    }
  }

  private static func statistic(_ random: inout SplitMix) -> Statistic {
    guard random.below(2) == 0 else { return Statistic(double(&random)) }
    return Statistic(
      values: many(&random) { random in double(&random) }, mean: double(&random),
      std: double(&random),
      interval: Statistic.Interval(low: double(&random), high: double(&random)))
  }

  private static func series(_ random: inout SplitMix) -> Series {
    let count = random.below(5)
    let x = (0..<count).map(Double.init)
    return Series(
      name(&random), axis: random.below(2) == 0 ? .step : .epoch, quantity(&random), x: x,
      runs: many(&random) { random in
        (0..<random.below(count + 1)).map { _ in double(&random) }
      },
      mean: x.map { _ in double(&random) })
  }

  private static func chart(_ random: inout SplitMix) -> Chart {
    let count = random.below(4)
    if random.below(2) == 0 {
      return Chart(
        name(&random), quantity(&random),
        .categories((0..<count).map { _ in Chart.Category(name(&random), double(&random)) }))
    }
    return Chart(
      name(&random), quantity(&random),
      .histogram(
        edges: (0...count).map(Double.init), counts: (0..<count).map { _ in random.below(9) }))
  }

  private static func table(_ random: inout SplitMix) -> Table {
    let width = 1 + random.below(3)
    func cell(_ random: inout SplitMix) -> Table.Cell {
      switch random.below(5) {
      case 0: .text(name(&random))
      case 1: .term("accuracy")
      case 2: .number(double(&random), quantity(&random))
      case 3: .statistic(statistic(&random), quantity(&random))
      default: .empty
      }
    }
    return Table(
      name(&random), columns: (0..<width).map { _ in cell(&random) },
      rows: many(&random) { random in (0..<width).map { _ in cell(&random) } })
  }
}
