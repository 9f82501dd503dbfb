import Diagnostics
import Foundation
import Reports
import Testing

@Suite struct TemplateTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("templates")

  @Test(arguments: TemplateSet.names)
  func embeddedTemplatesAreTheFiles(_ name: String) throws {
    let text = try String(
      contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    #expect(TemplateSet.builtInText(of: name) == text, "run templates/embed")
  }

  private func faults(_ name: String, _ text: String) -> [String] {
    TemplateSet.overriding([SourceFile(path: "mine/\(name)", text: text)]).diagnostics.map {
      "\($0.range.map { "\($0.start.line):\($0.start.column)" } ?? "-") \($0.id)"
    }
  }

  @Test func brokenTemplatesAreNamedAtTheirPlace() {
    #expect(faults("table.md", "{{{table}}}\n{{#anchors}}x") == ["2:1 template.syntax"])
    #expect(faults("table.md", "a {{{tabel}}}") == ["1:3 template.unknown-variable"])
    #expect(faults("table.md", "{{> figure.md}}") == ["1:1 template.syntax"])
    #expect(faults("table.md", "{{= | | =}}") == ["1:1 template.syntax"])
    #expect(faults("table.md", "{{$x}}{{/x}}").first == "1:1 template.syntax")
    #expect(faults("table.md", "{{table") == ["1:1 template.syntax"])
    #expect(faults("table.md", "{{{table}}") == ["1:1 template.syntax"])
    #expect(faults("table.md", "{{#table}}{{/anchors}}") == ["1:11 template.syntax"])
    #expect(faults("tables.md", "") == ["1:1 template.unknown-name"])
    let (begin, end) = ("{{#table}}", "{{/table}}")
    let deep = String(repeating: begin, count: 30) + String(repeating: end, count: 30)
    #expect(faults("table.md", deep) == ["1:161 template.depth"])
    #expect(faults("table.md", String(repeating: "x", count: 300_000)) == ["1:1 template.size"])
    #expect(faults("table.md", "{{! a note }}{{{table}}}") == [])
    #expect(faults("page.css", "a { b: c }") == [])
  }

  @Test func anotherTemplateChangesTheDocument() {
    let file = SourceFile(path: "t/provenance.md", text: "made with {{{fingerprint}}}\n")
    var options = DocumentOptions()
    options.templates = TemplateSet.overriding([file]).set
    let document = SampleDocument("```experiment a\ndataset: x\n```\n").rendered(options)
    #expect(document.markdown.contains("\nmade with 3f9a0c77b1d2\n"))
  }

  @Test func aTemplateThatForgesARegionIsRefused() {
    let file = SourceFile(path: "t/provenance.md", text: "<!-- /assay -->\n")
    var options = DocumentOptions()
    options.templates = TemplateSet.overriding([file]).set
    let document = SampleDocument("```experiment a\ndataset: x\n```\n").rendered(options)
    #expect(document.diagnostics.map(\.id) == ["template.region-comment"])
    #expect(document.markdown == "```experiment a\ndataset: x\n```\n")
  }

  @Test func randomTemplatesNeverTrap() {
    var generator = SeededGenerator(seed: 51)
    let pieces = [
      "{{", "}}", "{{{", "}}}", "#", "^", "/", "!", ">", "<", "$", "=", "%", "&", "*", "table",
      "number",
      "anchors", ".", " ", "\n", "x", "(", ")",
    ]
    for _ in 0..<400 {
      let text = (0..<Int.random(in: 0...14, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }.joined()
      _ = TemplateSet.overriding([SourceFile(path: "table.md", text: text)])
    }
  }
}
