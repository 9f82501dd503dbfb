import Foundation
import TestSupport
import Testing

/// A result that drifted replaces a published one when somebody says so, and by the command that is
/// printed.
@Suite struct AcceptTests {
  private struct Drifted {
    let project: TestProject
    /// As published, and as they are with the result that came in its place.
    let outputs: [String: Data]
    let old: String
    let new: String
  }

  /// A published project whose store holds another result of `fit` under the same fingerprint.
  private func drifted() throws -> Drifted {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let ledger = try project.folder.text("output/a.ledger.json")
    let value = try #require(ledger.firstMatch(of: /"mean": ([0-9.]+),\n\s*"path": "test.mse"/))
    let (old, new) = ("\"mean\": \(value.1)", "\"mean\": 0.125")
    let outputs = try project.outputs()
    try project.replaceStored(old, with: new)
    return Drifted(project: project, outputs: outputs, old: old, new: new)
  }

  @Test func whatTheStoreHoldsNowIsNotCalledUnchanged() throws {
    let drifted = try drifted()
    for _ in 0..<2 {
      let outcome = try drifted.project.assay("render")
      #expect(outcome.status == 1, "\(outcome.description)")
      #expect(outcome.errors.contains("error[result.drifted]"), "\(outcome.description)")
      #expect(outcome.errors.contains("from `output/a.ledger.json`"), "\(outcome.description)")
      #expect(differences(drifted.outputs, try drifted.project.outputs()) == [])
    }
    #expect(try drifted.project.assay("render", "--accept", "fit").status == 0)
    let ledger = try drifted.project.folder.text("output/a.ledger.json")
    #expect(ledger.contains(drifted.new) && !ledger.contains(drifted.old))
    #expect(try drifted.project.assay("render").status == 0)
  }

  @Test func theCommandOfACheckPublishesWhatItFoundThoughTheStoreHoldsSomethingElse() throws {
    let drifted = try drifted()
    // Published is what the store holds, and nothing computes it.
    #expect(try drifted.project.assay("render", "--accept", "fit").status == 0)
    let inVain = try drifted.project.assay("render", "--accept", "fit")
    #expect(inVain.status == 0)
    #expect(inVain.errors.contains("note[result.as-published]"), "\(inVain.description)")
    #expect(try drifted.project.assay("check", "--no-run").status == 0)
    for sample in [[], ["--sample", "100%"]] {
      let check = try drifted.project.assay(["check", "--quiet"] + sample)
      #expect(check.status == 1, "\(check.description)")
      let command = try #require(check.output.firstMatch(of: /accept with: assay (.*)\n/)).1
      #expect(command == "render notebooks/a.md --force --accept fit")
    }
    let command = ["render", "notebooks/a.md", "--force", "--accept", "fit"]
    #expect(try drifted.project.assay(command).status == 0)
    #expect(differences(drifted.outputs, try drifted.project.outputs()) == [])
    #expect(try drifted.project.assay("check", "--quiet").status == 0)
    #expect(try drifted.project.assay("render").status == 0)
  }

  @Test func aCheckThatTrustsTheStoreNeedsNoForce() throws {
    let drifted = try drifted()
    let check = try drifted.project.assay("check", "--quiet", "--trust-store")
    #expect(check.status == 1, "\(check.description)")
    #expect(
      check.output.contains("accept with: assay render notebooks/a.md --accept fit\n"),
      "\(check.description)")
  }

  @Test(arguments: ["<<<<<<< ours\n", "\u{FF}", ""])
  func nothingIsWrittenOverALedgerThatCannotBeRead(_ damage: String) throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let ledger = try project.folder.text("output/a.ledger.json")
    try project.folder.write(
      damage.isEmpty ? Data() : Data((ledger + damage).utf8), to: "output/a.ledger.json")
    let before = try project.outputs()
    for words in [["render"], ["render", "--force"], ["render", "--accept", "fit"]] {
      let outcome = try project.assay(words)
      #expect(outcome.status == 1, "\(outcome.description)")
      #expect(outcome.errors.contains("error[ledger.damaged]"), "\(outcome.description)")
      #expect(differences(before, try project.outputs()) == [])
    }
    for mode in [["--no-run"], []] {
      let check = try project.assay(["check"] + mode)
      #expect(check.status == 1 && !check.output.contains("accept with"), "\(check.description)")
      let remedy = damage.hasPrefix("<") ? "git checkout --ours" : "restore it"
      #expect(check.output.contains(remedy), "\(check.description)")
    }
    try FileManager.default.removeItem(at: project.folder.url("output/a.ledger.json"))
    #expect(try project.assay("render").status == 0)
    #expect(try project.folder.text("output/a.ledger.json") == ledger)
  }

  @Test(arguments: [("The end.", "The End."), ("lr: 0.01", "lr: 0.02")])
  func whateverIsMendedTheStoreIsNotBelievedAgainstACheck(_ old: String, _ new: String) throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    try project.folder.write(
      SampleNotebook.regression().replacingOnce(old, with: new), to: "notebooks/a.md")
    #expect(try project.assay("render", "-o", "other").status == 0)
    let ledger = try project.folder.text("other/a.ledger.json")
    let value = try #require(ledger.firstMatch(of: /"mean": ([0-9.]+),\n\s*"path": "test.mse"/))
    try project.replaceStored("\"mean\": \(value.1)", with: "\"mean\": 0.125")
    let check = try project.assay("check", "--quiet")
    #expect(
      check.output.contains("accept with: assay render notebooks/a.md --force\n"),
      "\(check.description)")
    #expect(try project.assay("render", "notebooks/a.md", "--force").status == 0)
    #expect(try project.assay("check", "--quiet").status == 0)
  }

  @Test func anEditedRegionIsNamedThoughTheLedgerIsLost() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()
    try project.folder.write(
      try project.folder.text("output/a.md").replacingOnce("| MSE ", with: "| mse "),
      to: "output/a.md")
    try FileManager.default.removeItem(at: project.folder.url("output/a.ledger.json"))
    let check = try project.assay("check", "--no-run")
    #expect(
      check.output.contains("accept with: assay render notebooks/a.md --accept fit\n"),
      "\(check.description)")
    #expect(try project.assay("render", "notebooks/a.md", "--accept", "fit").status == 0)
    #expect(differences(before, try project.outputs()) == [])
  }

  @Test func theRegionOfABlockThatIsGoneCanBeAccepted() throws {
    let text = SampleNotebook.regression()
    let more = text + "```experiment more\ndataset: {synthetic: friedman1, samples: 40}\n```\n"
    let project = try TestProject(["notebooks/a.md": more])
    #expect(try project.assay("render").status == 0)
    try project.folder.write(text, to: "notebooks/a.md")
    let document = try project.folder.text("output/a.md")
    let end = try #require(document.range(of: "<!-- /assay -->", options: .backwards))
    try project.folder.write(
      document.replacingCharacters(in: end, with: "mine\n<!-- /assay -->"), to: "output/a.md")
    let check = try project.assay("check", "--no-run")
    #expect(
      check.output.contains("accept with: assay render notebooks/a.md --accept more\n"),
      "\(check.description)")
    #expect(try project.assay("render").status == 1)
    #expect(try project.assay("render", "notebooks/a.md", "--accept", "more").status == 0)
    #expect(try project.assay("check", "--no-run").status == 0)
    #expect(try project.assay("render", "--accept", "nobody").status == 64)
  }
}
