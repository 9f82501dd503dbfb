import Foundation
import TestSupport
import Testing

/// What lies outside of blocks comes out as it went in, whatever its size and shape.
@Suite struct ProseTests {
  static let cmark = ["/usr/bin/cmark", "/usr/local/bin/cmark"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  static let documents = [
    "", "\n", "No final newline", "# A\r\n\r\nCRLF *there*\r\n", "\u{FEFF}# After a mark\n",
    "Tabs\tand\u{A0}spaces  \nbreak\\\nhere\n\n    code\n",
    "<div onclick=\"x()\">raw</div>\n\n<script>alert(1)</script>\n\n[l](javascript:alert)\n",
    "---\n\nA rule, no front matter.\n\n---\n", "* a\n\n  > b\n  > c\n\n1. d\n2. e\n",
    "```python\nprint(1)\n```\n\n~~~\nopen to the end\n",
    "``{= not.a.value }`` and <!-- a comment --> and &amp; &#0; entity\n",
    "中文，标点。English mixed `代码`\n\n![图](a.png \"题\")\n", "[a]: /u 'v'\n\n[a] [b][a] \\[c\\]\n",
    "\u{0}\u{1}\u{7F}\u{200B}\n", "a" + String(repeating: "*b", count: 300) + "\n",
  ]

  @Test(arguments: documents.indices)
  func aNotebookWithoutBlocksComesBackByteForByte(_ index: Int) throws {
    let text = Self.documents[index]
    let project = try TestProject(["notebooks/a.md": text])
    let outcome = try project.assay("render")
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(try project.folder.bytes("output/a.md") == Data(text.utf8))
    #expect(try project.assay("render", "--in-place").status == 0)
    #expect(try project.folder.bytes("notebooks/a.md") == Data(text.utf8))
  }

  @Test(
    .enabled(if: cmark != nil, "the cmark command is missing"), arguments: documents.indices)
  func thePageIsWhatTheReferenceCommandGives(_ index: Int) throws {
    let text = Self.documents[index]
    let project = try TestProject(["notebooks/a.md": text])
    let reference = Command(path: try #require(Self.cmark))
    for (flags, reading) in [([], []), (["--allow-html"], ["--unsafe"])] {
      let outcome = try Command.assay().run(["render"] + flags, in: project.folder.url)
      #expect(outcome.status == 0, "\(outcome.description)")
      let page = try project.folder.text("output/a.html")
      let body = try reference.run(reading + ["notebooks/a.md"], in: project.folder.url).output
      #expect(body.isEmpty || page.contains(body), "\(flags) \(text.debugDescription)")
      #expect(page.hasPrefix("<!DOCTYPE html>\n"))
    }
  }

  @Test func aFolderWithoutNotebooksAndAMissingPathExitFour() throws {
    let project = try TestProject(["data/x.csv": "a\n", ".hidden/a.md": "# A\n"])
    for path in ["data", "missing.md", "notebooks", "", "."] {
      for verb in ["lint", "plan", "render"] {
        let outcome = try project.assay(verb, path)
        #expect([4, 64].contains(outcome.status), "\(verb) '\(path)': \(outcome.description)")
        #expect((outcome.output + outcome.errors).contains("rror"))
      }
    }
    #expect(try project.outputs().isEmpty)
  }

  @Test func ninetyPercentOfTheSizeLimitIsReadAndMoreIsRefused() throws {
    let line = "Prose with *emphasis*, `code` and [a link](#there); 中文。\n\n"
    let lines = String(repeating: line, count: 900_000 / line.utf8.count)
    let project = try TestProject(["notebooks/a.md": lines])
    let outcome = try project.assay("render")
    #expect(outcome.status == 0, "\(outcome.errors.prefix(400))")
    #expect(try project.folder.bytes("output/a.md") == Data(lines.utf8))
    let before = try project.outputs()
    try project.folder.write(
      String(repeating: line, count: 1_100_000 / line.utf8.count), to: "notebooks/a.md")
    for verb in ["lint", "render"] {
      let refused = try project.assay(verb)
      #expect(refused.status == 5, "\(refused.description.prefix(400))")
      #expect((refused.output + refused.errors).contains("error[limit."))
    }
    #expect(differences(before, try project.outputs()) == [])
  }

  @Test(arguments: [
    "[", "![", "*a _", "`", "<", "> ", "- ", "((", "[](#", "{= ", "<!-- assay:", "|",
  ])
  func repeatedOpenersTakeNoQuadraticTime(_ opener: String) throws {
    let text = String(repeating: opener, count: 200_000 / opener.utf8.count)
    let project = try TestProject(["notebooks/a.md": text + "\n"])
    let watch = Stopwatch()
    let outcome = try project.assay("lint")
    #expect([0, 4, 5].contains(outcome.status), "\(outcome.description.prefix(400))")
    #expect(watch.seconds < 10)
  }
}
