import Foundation
import TestSupport
import Testing

/// How documents lie on disk: names, links, permissions, times.
@Suite struct RenderedFileTests {
  @Test func aLinkIsWrittenThrough() throws {
    let project = try TestProject(["real/a.md": SampleNotebook.regression()])
    let link = project.folder.url("a.md")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: project.folder.url("real/a.md"))
    #expect(try project.assay("render", "--in-place", "a.md").status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) != "")
    #expect(try project.folder.text("real/a.md").contains("<!-- /assay -->"))
  }

  @Test(arguments: [0o600, 0o640, 0o664])
  func theModeOfAFileIsKept(_ mode: Int) throws {
    let project = try TestProject(["a.md": SampleNotebook.regression()])
    let path = project.folder.url("a.md").path
    chmod(path, mode_t(mode))
    #expect(try project.assay("render", "--in-place", "a.md").status == 0)
    let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(found == mode, "\(String(found ?? 0, radix: 8))")
  }

  @Test func aDocumentThatIsUpToDateIsNotTouched() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    func times() throws -> [Date?] {
      try ["a.md", "a.html", "a.ledger.json"].map {
        let path = project.folder.url("output/" + $0).path
        return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
      }
    }
    let before = try times()
    #expect(try project.assay("render").status == 0)
    #expect(try times() == before)
  }

  @Test func aNotebookNamedTwiceCountsOnce() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    let whole = project.folder.url("notebooks/a.md").path
    let outcome = try project.assay(
      "render", "notebooks/a.md", "./notebooks/a.md", whole, "notebooks")
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(try project.outputs().count == 3)
  }

  @Test(arguments: ["it's & <b>.md", "中文 名.md", "a\u{1B}[31m.md", "a\nb.md", "-o.md", "a.b.md"])
  func aFileNameOfAnyKindIsWrittenOrRefused(_ name: String) throws {
    let project = try TestProject(["notebooks/" + name: SampleNotebook.regression()])
    let outcome = try project.assay("render")
    #expect([0, 4].contains(outcome.status), "\(outcome.description)")
    let said = (outcome.output + outcome.errors).unicodeScalars
    #expect(!said.contains("\u{1B}"))
    #expect(!said.split(separator: "\n").contains { String($0).hasPrefix("b.md") })
    guard outcome.status == 0 else { return }
    let stem = String(name.dropLast(3))
    #expect(
      try project.outputs().keys.sorted()
        == [stem + ".html", stem + ".ledger.json", stem + ".md"].sorted())
    #expect(!(try project.folder.text("output/\(stem).html")).contains("& <b>.md"))
  }

  @Test func acceptingABlockThatIsNotThereIsWrongUsage() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    let outcome = try project.assay("render", "--accept", "fitt")
    #expect(outcome.status == 64, "\(outcome.description)")
    #expect(outcome.errors.contains("`fit`"))
  }

  @Test(arguments: ["nonsense", "limits: {parameters: many}", "{", "limits: {unknown: 1}"])
  func aConfigurationThatIsNotUnderstoodExitsFour(_ text: String) throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    try project.folder.write(text + "\n", to: "assay.yaml")
    let outcome = try project.assay("render")
    #expect(outcome.status == 4, "\(outcome.description)")
    #expect(outcome.errors.contains("assay.yaml:1:"))
  }

  @Test func templatesOfTheUserReplaceTheBuiltInOnesOneByOne() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()
    try project.folder.write("*by us*\n", to: "own/provenance.md")
    #expect(try project.assay("render", "--templates", "own").status == 0)
    let text = try project.folder.text("output/a.md")
    #expect(text.contains("*by us*"))
    #expect(!text.contains("fingerprint `"))
    #expect(try project.assay("render").status == 0)
    #expect(differences(before, try project.outputs()) == [])
    for bad in ["{{#x}", "{{> page}}", "{{unknown}}"] {
      try project.folder.write(bad, to: "bad/page.html")
      let outcome = try project.assay("render", "--templates", "bad")
      #expect(outcome.status == 4, "\(bad): \(outcome.description)")
      #expect(outcome.errors.contains("bad/page.html:1:"))
    }
    #expect(try project.assay("render", "--templates", "missing").status == 4)
    #expect(differences(before, try project.outputs()) == [])
  }
}
