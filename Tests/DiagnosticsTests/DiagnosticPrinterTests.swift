import Diagnostics
import Testing

@Suite struct DiagnosticPrinterTests {
  private func printed(_ text: String, _ marked: String, tabs: Bool = false) -> [String] {
    let file = SourceFile(path: "notebooks/a.md", text: text)
    let bytes = Array(text.utf8)
    let needle = Array(marked.utf8)
    let start = bytes.indices.first { bytes[$0...].starts(with: needle) } ?? bytes.count
    let diagnostic = Diagnostic(
      .error, "experiment.unknown-key", "no field is called so",
      at: SourceRange(file, start..<start + needle.count), suggestion: "lr")
    return DiagnosticPrinter().text(for: [diagnostic]).split(separator: "\n").map(String.init)
  }

  @Test func headlineNamesPathLineColumnSeverityAndIdentifier() {
    let lines = printed("first\nlearning_rate: 1\n", "learning_rate")
    #expect(
      lines[0] == "notebooks/a.md:2:1: error[experiment.unknown-key]: no field is called so")
    #expect(lines.last == "  did you mean `lr`?")
  }

  @Test func caretStandsUnderTheMarkedTextByDisplayWidth() {
    let lines = printed("中文：bad x\n", "bad")
    #expect(lines[0].hasPrefix("notebooks/a.md:1:4:"))
    #expect(lines[1] == "  1 | 中文：bad x")
    #expect(lines[2] == "    |       ^^^")
  }

  @Test func aTabIsShownAsFourColumns() {
    let lines = printed("\tbad\n", "bad")
    #expect(lines[1] == "  1 |     bad")
    #expect(lines[2] == "    |     ^^^")
  }

  @Test func controlCharactersAreSpelledOut() {
    let lines = printed("a\u{202E}b bad\n", "bad")
    #expect(lines[1] == "  1 | a\\u{202E}b bad")
  }

  @Test func anEndlessLineIsCutAroundTheCaret() {
    let text = String(repeating: "x,", count: 500_000) + "bad" + String(repeating: ",y", count: 9)
    let lines = printed(text, "bad")
    #expect(lines[1].utf8.count < 400)
    #expect(lines[1].contains("bad"))
    #expect(lines[2].hasSuffix("^^^"))
  }

  @Test func diagnosticsAreSortedByPlace() {
    let file = SourceFile(path: "a.md", text: "one\ntwo\n")
    let later = Diagnostic(.error, "b.b", "later", at: SourceRange(file, 4..<7))
    let earlier = Diagnostic(.error, "a.a", "earlier", at: SourceRange(file, 0..<3))
    let text = DiagnosticPrinter().text(for: [later, earlier])
    let ranges = ["earlier", "later"].compactMap { text.firstRange(of: $0)?.lowerBound }
    #expect(ranges.count == 2 && ranges[0] < ranges[1])
  }

  @Test func positionsPastTheEndAreClamped() {
    let file = SourceFile(path: "a.md", text: "one")
    let diagnostic = Diagnostic(.error, "a.a", "gone", at: SourceRange(file, 90..<99))
    #expect(DiagnosticPrinter().text(for: [diagnostic]).hasPrefix("a.md:1:4: "))
  }
}

@Suite struct SourceFileTests {
  @Test(arguments: [
    ("", [0]), ("a", [0]), ("a\n", [0, 2]), ("a\r\nb", [0, 3]), ("a\rb", [0, 2]),
    ("a\r\rb\n\n", [0, 2, 3, 5, 6]), ("a\r", [0, 2]),
  ])
  func linesEndAsInCommonMark(text: String, starts: [Int]) {
    #expect(SourceFile(path: "", text: text).lineStarts == starts)
  }

  @Test func columnsCountScalars() {
    let file = SourceFile(path: "", text: "é中x\ny")
    #expect(file.position(at: 5) == SourcePosition(line: 1, column: 3))
    #expect(file.position(at: 7) == SourcePosition(line: 2, column: 1))
  }
}

@Suite struct NearestNameTests {
  private let fields = ["batch_size", "hidden_dropout_prob", "lr", "momentum", "weight_decay"]

  @Test(arguments: [
    ("batchsize", "batch_size"), ("momentun", "momentum"), ("Weight-Decay", "weight_decay"),
    ("weigth_decay", "weight_decay"),
  ])
  func aSlipOfTheKeyboardIsRecognised(word: String, meant: String) {
    #expect(nearestName(to: word, among: fields) == meant)
  }

  @Test func somethingElseIsNotTakenForAName() {
    #expect(nearestName(to: "epochs", among: fields) == nil)
    #expect(nearestName(to: "", among: fields) == nil)
  }
}

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("abc", 3), ("中文", 4), ("：", 2), ("é", 1), ("e\u{301}", 1), ("👨‍👩‍👧", 2), ("한국", 4), ("±", 1),
    ("❤️", 2), ("", 0), ("ｱ", 1),
  ])
  func widthsFollowEastAsianWidth(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }
}
