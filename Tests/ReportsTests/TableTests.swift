import Diagnostics
import Experiments
import Reports
import Testing

@Suite struct TableTests {
  private func region(_ result: RunResult, show: [ShownPart]) -> String {
    var common = CommonSpec()
    common.show = show
    let file = SourceFile(path: "a.md", text: "")
    let experiment = Experiment(
      name: "a", origin: .block, spec: .train(TrainSpec(), evaluate: nil), common: common, seed: 0,
      nameRange: SourceRange(file, 0..<0))
    let (report, _) = Report.make(
      of: experiment, outcome: BlockOutcome(work: .result(result), provenance: nil), verdicts: [],
      labels: Labels(.en))
    return report.markdown(labels: Labels(.en), charset: .ascii)
  }

  @Test func rowsOfAPipeTableAreEquallyWide() {
    let seed: UInt64 = 31
    var generator = SeededGenerator(seed: seed)
    for round in 0..<200 {
      let columns = Int.random(in: 1...5, using: &generator)
      let rows = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
        (0..<columns).map { column -> Table.Cell in
          switch (column + round) % 4 {
          case 0: .number(anyDouble(&generator), .loss)
          case 1: .text(Hostile.text(using: &generator))
          case 2: .statistic(Samples.statistic([0.1, 0.2, 0.4]), .ratio)
          default: .empty
          }
        }
      }
      let table = Table(
        "t", columns: (0..<columns).map { _ in .text(Hostile.text(using: &generator)) },
        rows: rows)
      let text = region(RunResult(tables: [table]), show: [.summary])
      let lines = text.split(separator: "\n").filter { $0.hasPrefix("|") }
      #expect(lines.count == rows.count + 2, "seed \(seed) round \(round)")
      #expect(Set(lines.map { String($0).displayWidth }).count == 1, "\(text)")
      for line in lines {
        var borders = 0
        var backslashes = 0
        for byte in line.utf8 {
          if byte == UInt8(ascii: "|"), backslashes % 2 == 0 { borders += 1 }
          backslashes = byte == UInt8(ascii: "\\") ? backslashes + 1 : 0
        }
        #expect(borders == columns + 1, "\(line)")
      }
    }
  }

  @Test func metricsSayOnWhatAndHowOften() {
    let classes = ["a", "b"]
    let repeated = region(Samples.training(runs: 3, classes: classes), show: [.metrics])
    #expect(
      repeated.contains("Metrics on the test split (mean ± 95 % interval over 3 seeds)"))
    #expect(repeated.contains("| accuracy |    93.1 ± 0.1 % |"), "\(repeated)")
    let single = region(Samples.training(runs: 1, classes: classes), show: [.metrics])
    #expect(single.contains("Metrics on the test split (one seed)"))
    #expect(!single.contains("±"))
  }

  @Test func aPartThatIsNotThereIsAWarningAtTheBlock() {
    let document = SampleDocument("```experiment a\nsingle: x\n```\n")
    #expect(document.rendered().diagnostics.isEmpty)
    var common = CommonSpec()
    common.show = [.histogram]
    let file = SourceFile(path: "a.md", text: "")
    let experiment = Experiment(
      name: "a", origin: .block, spec: .train(TrainSpec(), evaluate: nil), common: common, seed: 0,
      nameRange: SourceRange(file, 0..<0))
    let (_, diagnostics) = Report.make(
      of: experiment, outcome: BlockOutcome(work: .result(RunResult()), provenance: nil),
      verdicts: [], labels: Labels(.en))
    #expect(diagnostics.map(\.id) == ["report.nothing-to-show"])
  }
}
