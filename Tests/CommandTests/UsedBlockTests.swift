import Foundation
import TestSupport
import Testing

/// A number of another notebook, in prose or in a claim, is as much published as one's own.
@Suite struct UsedBlockTests {
  private static let library = SampleNotebook.regression()

  private static let notebook = """
    ---
    use: {lib: notebooks/lib.md}
    ---

    The library's error is `{= lib/fit.test.mse as fixed 3}`.

    ```experiment own
    dataset: {synthetic: friedman1, samples: 40}
    expect:
      - rows <= lib/friedman.rows
    ```

    """

  private func rendered() throws -> TestProject {
    let project = try TestProject([
      "notebooks/lib.md": Self.library, "notebooks/a.md": Self.notebook,
    ])
    #expect(try project.assay("render").status == 0)
    return project
  }

  private func edited(_ project: TestProject) throws {
    try project.folder.write(SampleNotebook.regression(lr: "0.02"), to: "notebooks/lib.md")
  }

  @Test(arguments: [["--no-run"], ["--sample", "100%"], ["--trust-store"], []], [true, false])
  func aChangeOfAUsedBlockIsSeen(_ mode: [String], _ hasStore: Bool) throws {
    let project = try rendered()
    #expect(try project.assay(["check", "notebooks/a.md"] + mode).status == 0)
    try edited(project)
    if !hasStore { try FileManager.default.removeItem(at: project.folder.url(".assay")) }
    let outcome = try project.assay(["check", "notebooks/a.md"] + mode)
    #expect(outcome.status == 1, "\(outcome.description)")
    #expect(outcome.output.contains("error[check.stale]"), "\(outcome.description)")
    #expect(
      outcome.output.contains("notebooks/lib.md:12:")
        && outcome.output.contains("optimizer.sgd.lr 0.01 → 0.02"), "\(outcome.description)")
    #expect(
      outcome.output.contains("accept with: assay render notebooks/a.md\n"),
      "\(outcome.description)")
    #expect(try project.assay("render", "notebooks/a.md").status == 0)
    #expect(try project.assay(["check", "notebooks/a.md"] + mode).status == 0)
  }

  @Test(arguments: [true, false]) func thePlanNamesTheField(_ hasStore: Bool) throws {
    let project = try rendered()
    try edited(project)
    if !hasStore { try FileManager.default.removeItem(at: project.folder.url(".assay")) }
    let plan = try project.assay("plan", "notebooks/a.md")
    #expect(plan.output.contains("optimizer.sgd.lr 0.01 → 0.02"), "\(plan.description)")
  }

  @Test func aUsedValueThatDriftedNeedsToBeAccepted() throws {
    let project = try rendered()
    let ledger = try project.folder.text("output/a.ledger.json")
    let value = try #require(ledger.firstMatch(of: /"mean": ([0-9.]+),\n\s*"path": "test.mse"/))
    let before = try project.outputs()
    try project.replaceStored("\"mean\": \(value.1)", with: "\"mean\": 0.125")
    let refused = try project.assay("render", "notebooks/a.md")
    #expect(refused.status == 1, "\(refused.description)")
    #expect(refused.errors.contains("`lib/fit`"), "\(refused.description)")
    #expect(differences(before, try project.outputs()) == [])
    #expect(
      try project.assay("render", "notebooks/a.md", "--accept", "lib/fit").status == 0)
    #expect(try project.folder.text("output/a.md").contains("`0.125`"))
  }

  /// Ledgers of before say nothing of used blocks.
  @Test func aLedgerOfAnEarlierFormatIsReadAndNothingVouchesForWhatItLacks() throws {
    let project = try rendered()
    let text = try project.folder.text("output/lib.ledger.json")
    let earlier = text.replacing(/\n {6}"digest": "[0-9a-f]{64}",(?=\n {6}"fields")/, with: "")
      .replacingOccurrences(of: "\"format\": 3", with: "\"format\": 2")
    try project.folder.write(earlier, to: "output/lib.ledger.json")
    for mode in [["--no-run"], []] {
      let outcome = try project.assay(["check", "notebooks/lib.md"] + mode)
      #expect(outcome.status == 0, "\(outcome.description)")
    }
    #expect(try project.assay("render", "notebooks/lib.md").status == 0)
    #expect(try project.folder.text("output/lib.ledger.json") == text)

    let own = try project.folder.text("output/a.ledger.json")
    let start = try #require(own.range(of: ",\n    {\n      \"claims\": [],", options: .backwards))
    let end = try #require(own.range(of: "\n  ],\n  \"documents\""))
    try #require(own[start.lowerBound..<end.lowerBound].contains("lib/fit"))
    try project.folder.write(
      own.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: ""),
      to: "output/a.ledger.json")
    let outcome = try project.assay("check", "notebooks/a.md", "--no-run")
    #expect(outcome.status == 1, "\(outcome.description)")
    #expect(outcome.output.contains("error[check.new]"), "\(outcome.description)")
  }

  /// A claim shows another block's value: that this one moved is no fault of the claim's block.
  @Test func whatDependsOnAChangeIsNotCalledDrifted() throws {
    let project = try rendered()
    try project.folder.write(
      Self.library.replacingOccurrences(of: "samples: 60", with: "samples: 50"),
      to: "notebooks/lib.md")
    let outcome = try project.assay("check", "--quiet", "notebooks/a.md")
    #expect(outcome.status == 1, "\(outcome.description)")
    #expect(!outcome.output.contains("drifted"), "\(outcome.description)")
    #expect(!outcome.output.contains("--accept"), "\(outcome.description)")
  }

  /// `like` copies `show`, and no fingerprint has it.
  @Test(arguments: [["--no-run"], []]) func howACopiedBlockIsPrintedIsPublishedToo(
    _ mode: [String]
  ) throws {
    let text = Self.notebook + "```experiment copy\nlike: lib/fit\n```\n"
    let project = try TestProject(["notebooks/lib.md": Self.library, "notebooks/a.md": text])
    #expect(try project.assay("render").status == 0)
    try project.folder.write(
      Self.library.replacingOccurrences(of: "caption:", with: "show: [metrics]\ncaption:"),
      to: "notebooks/lib.md")
    let outcome = try project.assay(["check", "--quiet", "notebooks/a.md"] + mode)
    #expect(outcome.status == 1, "\(outcome.description)")
    #expect(outcome.output.contains("`copy` is to be printed otherwise"), "\(outcome.description)")
    #expect(outcome.output.contains("show default → [metrics]"), "\(outcome.description)")
    #expect(!outcome.output.contains("drifted"), "\(outcome.description)")
    #expect(try project.assay("render", "notebooks/a.md").status == 0)
    #expect(try project.assay(["check", "--quiet", "notebooks/a.md"] + mode).status == 0)
  }

  @Test func oneBlockIsRenderedWhereProseSpeaksOfAUsedOneThatIsNot() throws {
    let project = try TestProject([
      "notebooks/lib.md": Self.library, "notebooks/a.md": Self.notebook,
    ])
    let outcome = try project.assay("render", "notebooks/a.md", "--only", "own")
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(outcome.errors.contains("warning[expression.no-result]"), "\(outcome.description)")
  }

  /// A comparison of used runs has no seed of its own in the ledger.
  @Test func aKeptComparisonIsPrintedAsItWas() throws {
    let text =
      Self.notebook
      + "```experiment copy\nlike: lib/fit\ntrain: {data: own}\n```\n\n"
      + "```experiment both\ncompare: {runs: [lib/fit, copy]}\n```\n"
    let project = try TestProject(["notebooks/lib.md": Self.library, "notebooks/a.md": text])
    #expect(try project.assay("render").status == 0)
    let before = try project.folder.text("output/a.md")
    try edited(project)
    #expect(try project.assay("render", "notebooks/a.md", "--only", "own").status == 0)
    #expect(try project.folder.text("output/a.md") == before)
  }

  /// A comparison draws nothing, so that its seed is neither printed nor part of its fingerprint.
  @Test func theSeedOfAComparisonIsNotPrinted() throws {
    let compare = "```experiment both\ncompare: {runs: [fit, other]}\nseed: 5\n```\n"
    let library =
      Self.library + "```experiment other\nlike: fit\ntrain: {epochs: 1}\n```\n\n"
    let project = try TestProject([
      "notebooks/lib.md": library + compare,
      "notebooks/a.md": Self.notebook + "```experiment copy\nlike: lib/both\n```\n",
    ])
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()
    #expect(try project.folder.text("output/a.md").contains("· numerics 1*"))
    try project.folder.write(
      library + compare.replacingOccurrences(of: "seed: 5", with: "seed: 6"),
      to: "notebooks/lib.md")
    #expect(try project.assay("check", "--quiet", "notebooks/a.md").status == 0)
    #expect(try project.assay("render", "notebooks/a.md").status == 0)
    #expect(before["a.md"] == (try project.outputs()["a.md"]))
  }
}
