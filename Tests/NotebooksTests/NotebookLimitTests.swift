import Diagnostics
import Notebooks
import Testing

/// Inputs made to be slow are refused or finish soon.
@Suite struct NotebookLimitTests {
  struct Input: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// The diagnostic that refuses it; nil when it is read.
    var refusal: String?
  }

  static let inputs: [Input] = [
    Input(
      testDescription: "images in front of links", text: repeated("![[]()", 150_000),
      refusal: "notebook.too-many-brackets"),
    Input(
      testDescription: "opening brackets", text: repeated("[", 900_000),
      refusal: "notebook.too-many-brackets"),
    Input(
      testDescription: "brackets below the limit",
      text: repeated(repeated("![[]()", 1600) + "\n\n", 90)),
    Input(
      testDescription: "quotes on one line", text: repeated("> ", 10_000) + "a",
      refusal: "notebook.too-deep"),
    Input(
      testDescription: "lists on one line",
      text: repeated("- ", 10_000) + "a" + repeated("\n", 10_000),
      refusal: "notebook.too-deep"),
    Input(
      testDescription: "lists line by line",
      text: (0..<700).map { repeated("  ", $0) + "- a\n" }.joined() + repeated("\n", 400_000),
      refusal: "notebook.too-deep"),
    Input(
      testDescription: "lists as deep as allowed",
      text: repeated("- ", 100) + "a" + repeated("\n", 200_000)),
    Input(testDescription: "thematic breaks", text: repeated(repeated("- ", 1000) + "\n", 100)),
    Input(testDescription: "emphasis", text: repeated("*a_ ", 200_000)),
    Input(
      testDescription: "backtick runs", text: (1..<1000).map { "e" + repeated("`", $0) }.joined()),
    Input(testDescription: "inline openers", text: repeated("`{= ", 200_000)),
    Input(testDescription: "inlines in one paragraph", text: repeated("`{= a }` ", 90_000)),
    Input(testDescription: "references in one paragraph", text: repeated("[](#a) ", 2400)),
    Input(testDescription: "rendered values", text: repeated("`1`<!--= a -->\n", 60_000)),
    Input(testDescription: "comment openers", text: repeated("`{= a }` <!--= ", 60_000)),
    Input(testDescription: "tags", text: "`{= a }`" + repeated("<a b=\"", 150_000)),
    Input(testDescription: "tags 2", text: "`{= a }`" + repeated("<a b='c' ", 100_000) + ">"),
    Input(testDescription: "instructions", text: "`{= a }`" + repeated("a<?", 300_000) + ">"),
    Input(testDescription: "declarations", text: "`{= a }`" + repeated("a<!A ", 190_000)),
    Input(testDescription: "character data", text: "`{= a }`" + repeated("<![CDATA[", 2000) + ">"),
    Input(testDescription: "region openers", text: repeated("<!-- assay:a 0 -->\n", 50_000)),
    Input(
      testDescription: "orphan regions",
      text: repeated("<!-- assay:a 0 -->\n<!-- /assay -->\n", 25_000)),
    Input(
      testDescription: "nested regions",
      text: repeated("<!-- assay:a 0 -->\n", 25_000) + repeated("<!-- /assay -->\n", 25_000)),
    Input(
      testDescription: "regions of one block",
      text: "```experiment a\n```\n" + repeated("<!-- assay:a 0 -->\n<!-- /assay -->\n", 25_000)),
    Input(testDescription: "blocks", text: repeated("```experiment a\n```\n", 45_000)),
    Input(
      testDescription: "blocks that look alike", text: repeated("    ```experiment a\n", 45_000)),
    Input(testDescription: "headings of one name", text: repeated("# a\n", 200_000)),
    Input(testDescription: "headings with numbers", text: repeated("# a\n# a-1\n", 80_000)),
    Input(testDescription: "long line", text: repeated("a", 900_000)),
    Input(testDescription: "empty lines", text: repeated("\r", 900_000)),
    Input(testDescription: "NUL", text: "```experiment a\n" + repeated("\0", 900_000)),
    Input(testDescription: "tabs", text: "- ```experiment a\n" + repeated("\t\t\t\n", 200_000)),
    Input(
      testDescription: "too large", text: repeated("a", 1_000_001), refusal: "limit.notebook"),
  ]

  @Test(.timeLimit(.minutes(5)), arguments: inputs)
  func slowInputIsReadOrRefused(_ input: Input) {
    let file = SourceFile(path: "n.md", text: input.text)
    let (notebook, diagnostics) = Notebook.parse(file)
    if let refusal = input.refusal {
      #expect(diagnostics.map(\.id) == [refusal])
    }
    #expect(notebook.isRefused == (input.refusal != nil), "\(diagnostics.prefix(3).map(\.id))")
    #expect(!notebook.isRendered || notebook.source.utf8.count < input.text.utf8.count)
    _ = notebook.woven(region: SampleResults.region, inline: SampleResults.inline)
    _ = notebook.html(allowHTML: true, block: { _ in "b" }, inline: { _ in "i" }, anchors: ["a"])
  }

  @Test func limitsAreParameters() {
    var limits = NotebookLimits()
    limits.bytes = 10
    let file = SourceFile(path: "n.md", text: "12345678901")
    #expect(Notebook.parse(file, limits: limits).diagnostics.map(\.id) == ["limit.notebook"])
    limits.bytes = 11
    #expect(Notebook.parse(file, limits: limits).diagnostics.isEmpty)
  }

  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }
}
