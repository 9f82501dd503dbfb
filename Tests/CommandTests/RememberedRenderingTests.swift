import Foundation
import TestSupport
import Testing

/// A render of what has not changed prints nothing anew, and one of what has changed always does.
@Suite struct RememberedRenderingTests {
  private static let notebook = SampleNotebook.regression()

  private func rendered() throws -> (project: TestProject, outputs: [String: Data]) {
    let project = try TestProject(["notebooks/a.md": Self.notebook])
    #expect(try project.assay("render").status == 0)
    return (project, try project.outputs())
  }

  private func records(_ project: TestProject) throws -> [String: Data] {
    try project.outputs(in: ".assay/store/v1/renderings")
  }

  @Test func anUnchangedRenderSaysTheSameWithAndWithoutItsMemory() throws {
    let (project, first) = try rendered()
    #expect(try records(project).count == 1)
    let remembered = try project.assay("render")
    try FileManager.default.removeItem(at: project.folder.url(".assay/store/v1/renderings"))
    let printed = try project.assay("render")
    #expect(remembered.status == 0)
    #expect(remembered.errors == printed.errors)
    #expect(remembered.errors.contains("nothing to compute"))
    #expect(differences(first, try project.outputs()) == [])
  }

  @Test(arguments: ["a.md", "a.html", "a.ledger.json"])
  func aFileThatIsGoneIsWrittenAgain(_ name: String) throws {
    let (project, first) = try rendered()
    try FileManager.default.removeItem(at: project.folder.url("output/\(name)"))
    let again = try project.assay("render")
    #expect(again.status == 0, "\(again.description)")
    #expect(again.errors.contains("wrote output/\(name)"))
    #expect(differences(first, try project.outputs()) == [])
  }

  @Test func aPageThatWasChangedIsWrittenAgain() throws {
    let (project, first) = try rendered()
    try project.folder.write("<p>mine</p>", to: "output/a.html")
    #expect(try project.assay("render").status == 0)
    #expect(differences(first, try project.outputs()) == [])
  }

  @Test func aRegionThatWasEditedIsStillRefused() throws {
    let (project, _) = try rendered()
    let text = try project.folder.text("output/a.md")
    let edited = text.replacingOccurrences(of: "\n| ", with: "\n| mine ")
    #expect(edited != text)
    try project.folder.write(edited, to: "output/a.md")
    let again = try project.assay("render")
    #expect(again.status == 1, "\(again.description)")
    #expect(try project.folder.text("output/a.md") == edited)
  }

  @Test func proseIsPrintedAnewAndRemembered() throws {
    let (project, first) = try rendered()
    let prose = SampleNotebook.regression(prose: "Other prose.")
    try project.folder.write(prose, to: "notebooks/a.md")
    #expect(try project.assay("render").status == 0)
    #expect(try project.folder.text("output/a.md").contains("Other prose."))
    try project.folder.write(Self.notebook, to: "notebooks/a.md")
    #expect(try project.assay("render").status == 0)
    #expect(differences(first, try project.outputs()) == [])
  }

  @Test func optionsOfPrintingAndTemplatesAreNotForgotten() throws {
    let project = try TestProject(["notebooks/a.md": Self.notebook + "\n<b>bold</b>\n"])
    #expect(try project.assay("render").status == 0)
    let plain = try project.folder.text("output/a.html")
    #expect(try project.assay("render", "--allow-html").status == 0)
    #expect(try project.folder.text("output/a.html") != plain)
    try project.folder.write("p { color: red }\n", to: "mine/page.css")
    #expect(try project.assay("render", "--templates", "mine").status == 0)
    #expect(try project.folder.text("output/a.html").contains("color: red"))
    try project.folder.write("p { color: blue }\n", to: "mine/page.css")
    #expect(try project.assay("render", "--templates", "mine").status == 0)
    #expect(try project.folder.text("output/a.html").contains("color: blue"))
    #expect(try project.assay("render").status == 0)
    #expect(try project.folder.text("output/a.html") == plain)
  }

  @Test func aResultThatIsGoneFromTheStoreIsComputedAgain() throws {
    let (project, first) = try rendered()
    for name in try FileManager.default.contentsOfDirectory(
      atPath: project.folder.url(".assay/store/v1").path)
    where name.count == 2 {
      try FileManager.default.removeItem(at: project.folder.url(".assay/store/v1/\(name)"))
    }
    let again = try project.assay("render")
    #expect(again.status == 0)
    #expect(again.errors.contains("computed"), "\(again.description)")
    #expect(differences(first, try project.outputs()) == [])
  }

  @Test func aDamagedMemoryIsNotBelieved() throws {
    let (project, first) = try rendered()
    let name = try #require(try records(project).keys.first)
    let path = ".assay/store/v1/renderings/\(name)"
    var bytes = try project.folder.bytes(path)
    bytes[bytes.count / 2] ^= 1
    try Data(bytes).write(to: project.folder.url(path))
    let verified = try project.assay("store", "verify")
    #expect(verified.status == 1, "\(verified.description)")
    #expect(try project.assay("render").status == 0)
    #expect(differences(first, try project.outputs()) == [])
    #expect(try project.assay("store", "verify").status == 0)
  }

  @Test func aBrokenExpectationIsSaidEveryTime() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression(expect: "test.mse < 0")
    ])
    let first = try project.assay("render")
    let second = try project.assay("render")
    #expect(first.status == 2)
    #expect(second.status == 2)
    #expect(second.errors.contains("expect.fails"))
  }

  @Test func forceComputesWhatIsRemembered() throws {
    let (project, first) = try rendered()
    let forced = try project.assay("render", "--force")
    #expect(forced.status == 0)
    #expect(!forced.errors.contains("nothing to compute"))
    #expect(differences(first, try project.outputs()) == [])
  }

  /// Edits one upon the other; with each, some blocks are taken as they were printed and others not.
  @Test func whatIsTakenFromEarlierDocumentsIsWhatAFreshProjectPrints() throws {
    let whole = Self.notebook
    let block = """
      ```experiment more
      dataset: {synthetic: friedman1, samples: 40, split: {train: 0.5, test: 0.5}}
      ```

      """
    func edited(_ text: String, _ found: String, _ replacement: String) -> String {
      let result = text.replacingOccurrences(of: found, with: replacement)
      #expect(result != text, "\(found)")
      return result
    }
    let caption = edited(whole, "caption: A small run", "caption: Another")
    let numbered = edited(caption, "```experiment friedman", block + "```experiment friedman")
    let referred = edited(numbered, "The end.", "The end, see [](#friedman).")
    let versions = [
      whole, edited(whole, "Some *prose*", "Other words"), caption, numbered, referred,
      edited(referred, "seed: 3", "seed: 3\nlang: zh"),
      edited(referred, "test.mse >= 0", "test.mse >= 0.5"),
      edited(referred, "caption: Another", "caption: Another\necho: false"),
      edited(referred, "```experiment fit", "* In a list.\n\n```experiment fit"),
      edited(referred, "seed: 3", "seed: 4"),
      edited(referred, "\n", "\r\n"), whole,
    ]
    let project = try TestProject()
    for (index, version) in versions.enumerated() {
      let fresh = try TestProject(["notebooks/a.md": version])
      try project.folder.write(version, to: "notebooks/a.md")
      for project in [project, fresh] {
        let done = try project.assay("render")
        #expect(done.status == 0 || done.status == 2, "\(index): \(done.description)")
      }
      #expect(differences(try fresh.outputs(), try project.outputs()) == [], "version \(index)")
    }
    let record = try #require(try records(project).values.first)
    let keys = String(decoding: record, as: UTF8.self).components(separatedBy: "\"key\"")
    #expect(keys.count == 3, "both blocks are remembered")
  }

  /// An edited region of a notebook that is a rendered document stays in it, whatever was accepted.
  @Test func anAcceptedRegionIsReportedAsOftenAsItIsThere() throws {
    let (published, _) = try rendered()
    let text = try published.folder.text("output/a.md")
    let edited = text.replacingOccurrences(of: "\n| ", with: "\n| mine ")
    let project = try TestProject(["notebooks/a.md": edited])
    let refused = try project.assay("render")
    #expect(refused.status == 1, "\(refused.description)")
    #expect(try project.assay("render", "--accept", "friedman", "--accept", "fit").status == 0)
    let again = try project.assay("render")
    #expect(again.status == 1, "\(again.description)")
    #expect(again.errors.contains("error[region.edited]"), "\(again.description)")
    #expect(try project.assay("render").errors == again.errors)
  }

  /// Nothing is printed anew, so no record is written anew.
  @Test func whereTheProjectLiesAndFromWhereItIsRenderedDoesNotCount() throws {
    let (project, first) = try rendered()
    let before = try records(project)
    #expect(try project.assay("render", "a.md", in: "notebooks").status == 0)
    #expect(try project.assay("render", project.folder.url("notebooks").path).status == 0)
    let moved = try TestProject(name: "moved")
    for name in ["notebooks", "output", ".assay"] {
      try FileManager.default.copyItem(at: project.folder.url(name), to: moved.folder.url(name))
    }
    #expect(try moved.assay("render").status == 0)
    #expect(differences(before, try records(project)) == [])
    #expect(differences(before, try records(moved)) == [])
    #expect(differences(first, try moved.outputs()) == [])
  }
}
