import Foundation
import TestSupport
import Testing

/// `assay diff` of ledgers on disk and in git.
@Suite struct DiffCommandTests {
  private static func git(_ project: TestProject, _ words: String...) throws {
    let outcome = try Command(path: "/usr/bin/env").run(
      [
        "git", "-c", "user.name=A", "-c", "user.email=a@example.com", "-c",
        "commit.gpgsign=false",
      ] + words, in: project.folder.url)
    #expect(outcome.status == 0, "\(outcome.description)")
  }

  /// A project with a commit of its rendered documents, edited and rendered again.
  private static func edited() throws -> TestProject {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression(),
      "notebooks/b.md": SampleNotebook.regression(lr: "0.03"),
    ])
    #expect(try project.assay("render", "--quiet").status == 0)
    try git(project, "init", "-q")
    try git(project, "add", "-A")
    try git(project, "commit", "-qm", "first")
    try project.folder.write(SampleNotebook.regression(lr: "0.02"), to: "notebooks/a.md")
    #expect(try project.assay("render", "--quiet").status == 0)
    return project
  }

  @Test func aRevisionIsComparedWithTheDocuments() throws {
    let project = try Self.edited()
    let outcome = try project.assay("diff", "HEAD")
    #expect(outcome.status == 1, "\(outcome.description)")
    #expect(outcome.errors == "")
    let mismatch = try GoldenFile("diff/revision.md").mismatch(
      of: outcome.output, filter: "DiffCommandTests")
    if let mismatch { Issue.record("\(mismatch)") }
    #expect(outcome.output.contains("| fit   | optimizer.sgd.lr 0.01 → 0.02 |"))
    #expect(outcome.output.contains("### `b.md`\n\nNo difference in "))
  }

  @Test func sidesAreNamedInManyWays() throws {
    let project = try Self.edited()
    let ledger = "output/a.ledger.json"
    try project.folder.write(
      String(decoding: try #require(project.outputs()["a.ledger.json"]), as: UTF8.self),
      to: "copy.ledger.json")
    for sides in [
      ["HEAD", ledger], ["HEAD:\(ledger)", ledger], ["HEAD:\(ledger)", "copy.ledger.json"],
      ["HEAD:./\(ledger)", "./\(ledger)"],
    ] {
      let outcome = try project.assay("diff", sides[0], sides[1])
      #expect(outcome.status == 1, "\(sides): \(outcome.description)")
      #expect(outcome.output.contains("optimizer.sgd.lr 0.01 → 0.02"), "\(sides)")
      let back = try project.assay("diff", sides[1], sides[0])
      #expect(back.output.contains("optimizer.sgd.lr 0.02 → 0.01"), "\(sides)")
    }
    for sides in [
      ["HEAD", "HEAD"], ["HEAD:\(ledger)", "HEAD:\(ledger)"], [ledger, "copy.ledger.json"],
      ["output", "output"], ["HEAD", "HEAD:\(ledger)"],
    ] {
      let outcome = try project.assay("diff", sides[0], sides[1])
      #expect(outcome.status == 0, "\(sides): \(outcome.description)")
      #expect(outcome.output.contains("No difference in "))
    }
    let inside = try project.assay("diff", "HEAD", "a.ledger.json", in: "output")
    #expect(inside.status == 1, "\(inside.description)")
  }

  @Test func foldersAreComparedAtRevisions() throws {
    let project = try Self.edited()
    try FileManager.default.removeItem(at: project.folder.url("output/b.ledger.json"))
    try Self.git(project, "add", "-A")
    try Self.git(project, "commit", "-qm", "second")
    for sides in [
      ["HEAD~1:output", "HEAD:output"], ["HEAD~1:output/", "HEAD:./output"],
      ["HEAD~1:output", "output"], ["HEAD~1", "HEAD:output"], ["HEAD~1:output", "HEAD"],
      ["HEAD~1:", "HEAD:"],
    ] {
      let outcome = try project.assay("diff", sides[0], sides[1])
      #expect(outcome.status == 1, "\(sides): \(outcome.description)")
      #expect(outcome.output.contains("optimizer.sgd.lr 0.01 → 0.02"), "\(sides)")
      #expect(outcome.output.contains("### `b.md`\n\nGone.\n"), "\(sides)")
    }
    let inside = try project.assay("diff", "HEAD~1:output", "HEAD:./", in: "output")
    #expect(inside.status == 1, "\(inside.description)")
    #expect(inside.output.contains("optimizer.sgd.lr 0.01 → 0.02"), "\(inside.output)")
    #expect(try project.assay("diff", "HEAD:output", "HEAD:output").status == 0)
    for (sides, status) in [
      (["HEAD~1:nowhere", "HEAD:output"], 4), (["HEAD~9:output", "HEAD:output"], 4),
      (["HEAD:notebooks", "HEAD:notebooks"], 4), (["HEAD:output", "output/a.ledger.json"], 64),
      (["HEAD:output", "HEAD:output/a.ledger.json"], 64),
    ] as [([String], Int32)] {
      let outcome = try project.assay("diff", sides[0], sides[1])
      #expect(outcome.status == status, "\(sides): \(outcome.description)")
    }
  }

  @Test func aProseEditIsNoDifference() throws {
    let project = try Self.edited()
    try Self.git(project, "add", "-A")
    try Self.git(project, "commit", "-qm", "second")
    try project.folder.write(
      SampleNotebook.regression(lr: "0.02", prose: "Other prose."), to: "notebooks/a.md")
    #expect(try project.assay("render", "--quiet").status == 0)
    #expect(try project.assay("diff", "HEAD").status == 0)
    #expect(try project.assay("diff", "HEAD~1", "HEAD").status == 1)
  }

  @Test func differencesArePrintedForPrograms() throws {
    let project = try Self.edited()
    let outcome = try project.assay("diff", "HEAD", "--format", "json")
    #expect(outcome.status == 1)
    let list = try #require(
      try JSONSerialization.jsonObject(with: outcome.outputBytes) as? [[String: Any]])
    #expect(list.map { $0["notebook"] as? String } == ["a.md", "b.md"])
    let difference = try #require(list[0]["difference"] as? [String: Any])
    let values = try #require(difference["values"] as? [[String: Any]])
    let error = try #require(values.first { $0["path"] as? String == "test.mse" })
    let (before, after) = (error["before"] as? Double, error["after"] as? Double)
    #expect(before != nil && after != nil && before != after)
    #expect(error["delta"] as? Double == after.flatMap { after in before.map { after - $0 } })
  }

  @Test func whatIsNotThereIsNamed() throws {
    let project = try Self.edited()
    for (sides, id) in [
      (["nothing", "output"], "diff.revision"), (["HEAD:nothing", "HEAD"], "diff.revision"),
      (["missing.ledger.json", "HEAD"], "file.unreadable"),
      (["notebooks", "notebooks"], "diff.no-ledgers"),
      (["notebooks/a.md", "notebooks/a.md"], "json.syntax"),
    ] {
      let outcome = try project.assay("diff", sides[0], sides[1])
      #expect(outcome.status == 4, "\(sides): \(outcome.description)")
      #expect(outcome.output == "")
      #expect(outcome.errors.contains("error[\(id)]"), "\(sides): \(outcome.errors)")
    }
    for sides in [["--", "--upload-pack=x", "HEAD"], ["output/a.ledger.json", "output"], [""]] {
      let outcome = try Command.assay().run(["diff"] + sides, in: project.folder.url)
      #expect(outcome.status == 64, "\(sides): \(outcome.description)")
    }
  }

  @Test func aNewDocumentAndOneThatIsGone() throws {
    let project = try Self.edited()
    try project.folder.write(SampleNotebook.regression(), to: "notebooks/c.md")
    #expect(try project.assay("render", "--quiet", "notebooks/c.md").status == 0)
    try FileManager.default.removeItem(at: project.folder.url("output/b.ledger.json"))
    let outcome = try project.assay("diff", "HEAD")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("### `c.md`\n\nNew.\n"))
    #expect(outcome.output.contains("### `b.md`\n\nGone.\n"))
  }
}
