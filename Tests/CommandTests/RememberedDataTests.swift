import Foundation
import TestSupport
import Testing

/// What is remembered of data files: by `render` alone, and never instead of what is true.
@Suite struct RememberedDataTests {
  private static let memory = ".assay/store/v1/files"

  private func project() throws -> TestProject {
    try TestProject([
      "notebooks/a.md": SampleNotebook.table(), "data/table.csv": SampleNotebook.rows(24),
    ])
  }

  @Test func aRenderRemembersItsDataFilesAndNobodyElseDoes() throws {
    let project = try project()
    for words in [["lint"], ["plan"], ["check", "--no-run"], ["check"]] {
      _ = try Command.assay().run(words, in: project.folder.url)
      #expect(!project.folder.exists(".assay"), "\(words) has written something")
    }
    #expect(try project.assay("render").status == 0)
    let remembered = try project.folder.files(below: Self.memory)
    #expect(remembered.count == 1)
    let text = String(decoding: remembered.first?.value ?? Data(), as: UTF8.self)
    #expect(text.contains("\"data\": \"data/table.csv\"") && text.contains("\"bytes\": "))
    #expect(try project.assay("store", "verify").status == 0)
  }

  @Test func aFileThatWasChangedIsReadThoughItIsRemembered() throws {
    let project = try project()
    #expect(try project.assay("render").status == 0)
    // Long enough for the memory to be believed.
    Thread.sleep(forTimeInterval: 3.2)
    #expect(try project.assay("render").status == 0)
    let rows = SampleNotebook.rows(24).replacingOccurrences(of: "3.5,", with: "9.5,")
    try project.folder.write(rows, to: "data/table.csv")
    let outcome = try project.assay("render")
    #expect(outcome.status == 0 && outcome.errors.contains("fit.train#0"), "\(outcome.description)")
    let fresh = try TestProject([
      "notebooks/a.md": SampleNotebook.table(), "data/table.csv": rows,
    ])
    #expect(try fresh.assay("render").status == 0)
    #expect(differences(try fresh.outputs(), try project.outputs()) == [])
  }

  @Test func aMemoryThatIsDamagedIsNotBelieved() throws {
    let project = try project()
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()
    for name in try project.folder.files(below: Self.memory).keys {
      let path = "\(Self.memory)/\(name)"
      let text = try project.folder.text(path)
      try project.folder.write(
        text.replacingOccurrences(of: "\"features\": 2", with: "\"features\": 3"), to: path)
    }
    let outcome = try project.assay("render")
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(differences(before, try project.outputs()) == [])
  }
}
