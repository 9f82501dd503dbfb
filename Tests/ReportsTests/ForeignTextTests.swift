import Diagnostics
import Experiments
import Notebooks
import Reports
import Testing

@Suite struct ForeignTextTests {
  private func shown(_ markdown: String) -> String {
    let file = SourceFile(path: "a.md", text: markdown)
    return Notebook.parse(file).notebook.html(
      allowHTML: true, block: { _ in nil }, inline: { _ in nil }, anchors: [])
  }

  @Test func escapedTextIsShownAsItIsByTheReferenceParser() {
    let seed: UInt64 = 21
    var generator = SeededGenerator(seed: seed)
    for round in 0..<800 {
      let text = Hostile.text(using: &generator)
      // The x keeps blanks at the ends and marks of blocks away from the line's ends.
      let html = shown("x\(text.escapedForMarkdown)x\n")
      let expected = "<p>x\(text.escapedForHTML.replacing("&#39;", with: "'"))x</p>\n"
      #expect(html == expected, "seed \(seed) round \(round): \(text.debugDescription)")
    }
  }

  @Test func codeSpansShowAnyText() {
    let seed: UInt64 = 22
    var generator = SeededGenerator(seed: seed)
    for round in 0..<800 {
      let text = "a" + Hostile.text(using: &generator) + "b`"
      let html = shown("x \(text.markdownCodeSpan) x\n")
      let content = text.escapedForHTML.replacing("&#39;", with: "'")
      let expected = "<p>x <code>\(content)</code> x</p>\n"
      #expect(html == expected, "seed \(seed) round \(round): \(text.debugDescription)")
    }
  }

  @Test func cellsCannotHoldABorderALineOrAComment() {
    let seed: UInt64 = 23
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let escaped = Hostile.text(using: &generator).escapedForMarkdown
      var backslashes = 0
      for scalar in escaped.unicodeScalars {
        if "|`<>".unicodeScalars.contains(scalar) { #expect(backslashes % 2 == 1, "\(escaped)") }
        #expect(scalar.value >= 0x20)
        backslashes = scalar == "\\" ? backslashes + 1 : 0
      }
    }
  }
}
