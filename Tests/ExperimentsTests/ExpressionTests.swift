import Diagnostics
import Experiments
import Notebooks
import Testing

struct ExpressionTests {
  private func parse(_ text: String) -> (expression: Expression?, diagnostics: [Diagnostic]) {
    let file = SourceFile(path: "n.md", text: text)
    return Expression.parse(MappedText(file, 0..<file.byteCount))
  }

  private func expectation(_ text: String) -> Experiments.Expectation {
    let file = SourceFile(path: "n.md", text: "expect: " + text)
    return Experiments.Expectation(
      text: text, range: SourceRange(file, 8..<file.byteCount), isVerbatim: true)
  }

  private let scope = ExpressionSpecificationTests.scope

  @Test(arguments: ["(", "not ", "-", "abs("])
  func deepNestingIsRefusedNotFollowed(_ opening: String) {
    let text = String(repeating: opening, count: 1000)
    #expect(parse(text).diagnostics.first?.id == "expression.too-deep")
  }

  @Test func longChainsNeedNoDepth() {
    let text = Array(repeating: "1", count: 1000).joined(separator: " + ")
    #expect(parse(text).expression?.evaluate(in: scope, own: nil).value == .number(1000, .real))
  }

  @Test func longTextIsRefused() {
    let text = String(repeating: "1 + ", count: 2000) + "1"
    #expect(parse(text).diagnostics.map(\.id) == ["expression.too-long"])
  }

  @Test func everyMissingSpaceIsReported() {
    let diagnostics = parse("1 +2 *3 >=4").diagnostics
    #expect(diagnostics.map(\.id) == Array(repeating: "expression.missing-space", count: 3))
    #expect(diagnostics.compactMap { $0.range?.start.column } == [3, 6, 9])
  }

  @Test func diagnosticsPointIntoTheNotebook() {
    let claim = expectation("tset.accuracy >= 0.9")
    let verdict = claim.judged(in: scope, own: "finetune")
    #expect(verdict.outcome == .cannotBeJudged)
    #expect(verdict.diagnostics.first?.range?.start == SourcePosition(line: 1, column: 9))
    #expect(verdict.diagnostics.first?.range?.text == "tset")
  }

  @Test func verdictCarriesBothSides() {
    let holds = expectation("test.accuracy - scratch.test.accuracy >= 0.05")
      .judged(in: scope, own: "finetune")
    #expect(holds.outcome == .holds)
    #expect(holds.comparisons.map(\.leftText) == ["6.5 %"])
    #expect(holds.comparisons.map(\.rightText) == ["5.0 %"])
    let fails = expectation("test.accuracy > 0.99 and test.accuracy < 1")
      .judged(in: scope, own: "finetune")
    #expect(fails.outcome == .fails)
    #expect(fails.comparisons.map(\.comparison.holds) == [false, true])
    #expect(
      fails.comparisons.map(\.comparison.text) == ["test.accuracy > 0.99", "test.accuracy < 1"])
  }

  @Test func sidesThatDifferArePrintedDifferently() {
    let verdict = expectation("test.accuracy > 0.9399").judged(in: scope, own: "finetune")
    #expect(verdict.comparisons.map(\.rightText) == ["93.99 %"])
  }

  @Test func numberIsNoExpectation() {
    let verdict = expectation("test.accuracy").judged(in: scope, own: "finetune")
    #expect(verdict.outcome == .cannotBeJudged)
    #expect(verdict.diagnostics.map(\.id) == ["expression.type"])
  }

  @Test func failedBlockCannotBeJudged() {
    let verdict = expectation("failed.test.accuracy > 0.5").judged(in: scope, own: "finetune")
    #expect(verdict.outcome == .cannotBeJudged)
    #expect(verdict.diagnostics.map(\.id) == ["expression.no-result"])
  }

  /// Mutations of every example of the specification: no trap, and a diagnostic lies in the text.
  @Test func mutatedExpressionsNeverTrap() {
    var random = SplitMix(state: 20_240_601)
    let pieces = [
      " ", "-", "(", ")", "[", "]", "\"", ".", "%", "＞", "微", "e9", "/", ",", "as", "\u{301}",
    ]
    for example in ExpressionSpecificationTests.examples {
      for _ in 0..<40 {
        var scalars = Array(example.expression.unicodeScalars)
        for _ in 0..<(1 + random.below(3)) {
          let position = random.below(scalars.count + 1)
          if random.below(3) == 0, position < scalars.count {
            scalars.remove(at: position)
          } else {
            scalars.insert(
              contentsOf: Array(pieces[random.below(pieces.count)].unicodeScalars), at: position)
          }
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        let (expression, diagnostics) = parse(String(text))
        #expect((expression == nil) == diagnostics.hasErrors, "seed 20240601: \(String(text))")
        let evaluation = expression?.evaluate(in: scope, own: "finetune")
        if let evaluation {
          #expect((evaluation.value == nil) == evaluation.diagnostics.hasErrors, "\(String(text))")
        }
      }
    }
  }
}

/// A small seeded generator (Steele, Lea and Flood 2014), so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }
}
