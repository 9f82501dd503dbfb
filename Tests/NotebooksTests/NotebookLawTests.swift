import Diagnostics
import Foundation
import Notebooks
import Testing

@Suite struct NotebookLawTests {
  @Test(arguments: 0..<500)
  func generatedNotebooksObeyLaws(seed: Int) {
    var generator = NotebookGenerator(seed: UInt64(seed))
    let text = generator.notebook()
    let (notebook, diagnostics) = Notebook.parse(SourceFile(path: "n.md", text: text))
    #expect(
      !diagnostics.hasErrors, "seed \(seed): \(diagnostics.map(\.id)) in \(text.debugDescription)")
    #expect(notebook.blocks.count == generator.blocks, "seed \(seed): \(text.debugDescription)")
    #expect(notebook.inlines.count == generator.inlines, "seed \(seed): \(text.debugDescription)")
    #expect(NotebookLaws.violation(text) == nil, "seed \(seed): \(text.debugDescription)")
  }

  @Test func everyNotebookShippedObeysLaws() throws {
    let folder = TestFiles.root.appending(path: "notebooks")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "md" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(NotebookLaws.violation(text) == nil, "\(file.lastPathComponent)")
    }
  }

  @Test func regionBodyIsReadBackWithLineFeeds() throws {
    let file = SourceFile(path: "n.md", text: "```experiment a\r\n```\r\n")
    let content = RegionContent(digest: "00", body: "a\r\n\rb")
    #expect(content.body == "a\n\nb\n")
    let woven = Notebook.parse(file).notebook.woven(region: { _ in content }, inline: { _ in nil })
    let region = try #require(
      Notebook.parse(SourceFile(path: "n.md", text: woven)).notebook.regions.first)
    #expect(region.body == content.body)
  }

  @Test func regionCommentsAreUnlawfulInRegions() {
    #expect(RegionContent.isLawful("<!-- x -->\n text <!-- /assay -->\n"))
    #expect(!RegionContent.isLawful("a\n  <!-- /assay --> \n"))
    #expect(!RegionContent.isLawful("<!-- assay:b 00 -->"))
    #expect(!RegionContent.isLawful("x\r<!-- assay:b 00 -->\ry"))
  }

  @Test func shownTextIsReadBack() {
    let file = SourceFile(path: "n.md", text: "`{= a }` and [](#b)\n")
    for shown in ["93.2 %", "[x] *y* <z>", "a\\b", "<!-- -->", "图 1"] {
      let woven = Notebook.parse(file).notebook.woven(region: { _ in nil }, inline: { _ in shown })
      let again = Notebook.parse(SourceFile(path: "n.md", text: woven)).notebook
      #expect(again.inlines.last?.shown == shown)
    }
  }
}
