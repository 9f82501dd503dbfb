import Foundation
import TestSupport
import Testing

/// Which documents belong to which notebook, and what mends it where they do not fit.
@Suite struct CheckPlacesTests {
  private static let text = SampleNotebook.regression()
  private static let withProfile = text.replacingOnce(
    "caption:", with: "profiles: {smoke: {train: {epochs: 1}}}\ncaption:")

  private func project(_ files: [String: String]) throws -> TestProject {
    let project = try TestProject(files)
    #expect(try project.assay("render", "--quiet").status == 0)
    return project
  }

  /// Runs the command that a check prints behind "accept with".
  private func follow(_ check: Command.Outcome, in project: TestProject) throws {
    let words = try #require(
      check.output.firstMatch(of: /accept with: (.*)\n/), "\(check.description)"
    ).1.split(separator: " ").map(String.init)
    if words[0] == "assay" {
      #expect(try project.assay(Array(words.dropFirst())).status == 0)
    } else {
      #expect(words[0] == "rm")
      for path in words.dropFirst() {
        try FileManager.default.removeItem(at: project.folder.url(path))
      }
    }
  }

  @Test func aDocumentThatTheLedgerDoesNotListIsMendedByTheCommand() throws {
    let project = try project(["notebooks/a.md": Self.text])
    #expect(try project.assay("render", "--to", "md").status == 0)
    for mode in [["--no-run"], []] {
      #expect(try project.assay(["check", "--quiet"] + mode).status == 1)
    }
    try follow(try project.assay("check", "--no-run"), in: project)
    #expect(try project.assay("check", "--no-run").status == 0)
  }

  @Test func documentsWhoseNotebookIsGoneAreNamed() throws {
    let project = try project([
      "notebooks/a.md": Self.text, "notebooks/sub/b.md": Self.text, "notebooks/c.md": Self.text,
    ])
    for name in ["sub/b.md", "c.md"] {
      try FileManager.default.removeItem(at: project.folder.url("notebooks/" + name))
    }
    for mode in [["--no-run"], [], ["--sample", "100%"]] {
      let outcome = try project.assay(["check", "--quiet"] + mode)
      #expect(outcome.status == 1, "\(outcome.description)")
      for name in ["sub/b", "c"] {
        #expect(
          outcome.output.contains("output/\(name).ledger.json:1:1: error[check.gone]"),
          "\(outcome.description)")
      }
    }
    // A check of one notebook speaks of nothing else.
    #expect(try project.assay("check", "--no-run", "notebooks/a.md").status == 0)
    let below = try project.assay("check", "--no-run", "notebooks/sub")
    #expect(!below.output.contains("output/c."), "\(below.description)")
    for _ in 0..<2 { try follow(try project.assay("check", "--no-run"), in: project) }
    #expect(try project.assay("check", "--no-run").status == 0)
    #expect(try project.outputs().keys.sorted() == ["a.html", "a.ledger.json", "a.md"])
  }

  @Test func documentsOfAProfileHaveTheirNotebook() throws {
    let project = try project(["notebooks/a.md": Self.withProfile])
    #expect(try project.assay("render", "--profile", "smoke").status == 0)
    #expect(try project.assay("check", "--no-run").status == 0)
    let other = try project.assay("check", "output", "--no-run")
    #expect(other.status == 0, "\(other.description)")
    #expect(
      other.errors.contains("output/a.smoke.md: left out; it is checked with --profile smoke"))
    #expect(other.output.contains("1 notebook, 2 blocks"), "\(other.description)")
    let own = try project.assay("check", "output/a.smoke.md", "--no-run", "--profile", "smoke")
    #expect(own.status == 0 && own.output.contains("1 notebook"), "\(own.description)")
  }

  @Test func theCommandForANotebookThatDoesNotKnowTheProfileIsNotRefused() throws {
    let project = try project(["notebooks/a.md": Self.withProfile, "notebooks/b.md": Self.text])
    #expect(try project.assay("render", "--profile", "smoke").status == 0)
    try FileManager.default.removeItem(at: project.folder.url("output/b.smoke.html"))
    let check = try project.assay("check", "--no-run", "--profile", "smoke")
    #expect(check.status == 1, "\(check.description)")
    try follow(check, in: project)
    #expect(try project.assay("check", "--no-run", "--profile", "smoke").status == 0)
  }

  @Test func parametersThatDifferHaveFilesThatDiffer() throws {
    let project = try TestProject([
      "notebooks/a.md": Self.text.replacingOnce("seed: 3", with: "seed: 3\nparams: {x: 2}")
    ])
    let long = String(repeating: "a", count: 70)
    let values = ["a/b", "a b", "a_b", long + "1", long + "2", "0.5"]
    for value in values {
      #expect(try project.assay("render", "--quiet", "-P", "x=\(value)").status == 0)
      #expect(try project.assay("check", "--no-run", "-P", "x=\(value)").status == 0)
    }
    #expect(try project.outputs().count == 3 * values.count)
    let names = try project.outputs().keys
    #expect(names.contains("a.x-0.5.md") && names.contains("a.x-a_b.md"))
  }

  @Test func aParameterThatOneNotebookLacksIsMissedThere() throws {
    let project = try TestProject([
      "notebooks/a.md": Self.text.replacingOnce("seed: 3", with: "seed: 3\nparams: {x: 2}"),
      "notebooks/b.md": Self.text,
    ])
    let outcome = try project.assay("render", "-P", "x=1")
    #expect(outcome.status == 4)
    #expect(
      outcome.errors.contains("notebooks/b.md:1:1: error[experiment.unknown-parameter]"),
      "\(outcome.description)")
    #expect(!outcome.errors.contains("notebooks/a.md:"), "\(outcome.description)")
  }

  @Test func whatIsRenderedInPlaceHasItsLedgerBesideIt() throws {
    let project = try project(["notebooks/a.md": Self.text])
    let before = try project.outputs()
    #expect(try project.assay("render", "--in-place").status == 0)
    #expect(try project.outputs(in: "notebooks").keys.sorted() == ["a.ledger.json", "a.md"])
    #expect(differences(before, try project.outputs()) == [])
    #expect(try project.assay("check", "--in-place", "--quiet").status == 0)
    #expect(try project.assay("check", "--quiet").status == 0)
    // Without other documents the plan knows the ledger beside the notebook.
    try FileManager.default.removeItem(at: project.folder.url("output"))
    try project.folder.write(
      try project.folder.text("notebooks/a.md").replacingOnce("lr: 0.01", with: "lr: 0.02"),
      to: "notebooks/a.md")
    let plan = try project.assay("plan")
    #expect(plan.output.contains("optimizer.sgd.lr 0.01 → 0.02"), "\(plan.description)")
  }
}
