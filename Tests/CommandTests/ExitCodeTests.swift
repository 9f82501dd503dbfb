import Foundation
import TestSupport
import Testing

/// The exit codes of design §7, and what each leaves on disk.
@Suite struct ExitCodeTests {
  @Test func aRegionEditedByHandIsShownAndKeptUnlessAccepted() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let rendered = try project.folder.text("output/a.md")
    let edited = rendered.replacingOccurrences(
      of: "| epochs     |     2 |", with: "| epochs     |   999 |")
    try #require(edited != rendered)
    try project.folder.write(edited, to: "output/a.md")
    let before = try project.outputs()

    for arguments in [["render"], ["render", "output/a.md"], ["render", "--accept", "friedman"]] {
      let outcome = try Command.assay().run(arguments, in: project.folder.url)
      #expect(outcome.status == 1, "\(outcome.description)")
      #expect(outcome.output.contains("999"), "the difference is a result, so on standard output")
      #expect(outcome.output.contains("\n-") && outcome.output.contains("\n+"))
      #expect((outcome.output + outcome.errors).contains("--accept fit"))
      #expect(differences(before, try project.outputs()) == [])
    }
    #expect(try project.assay("render", "--accept", "fit").status == 0)
    #expect(try project.folder.text("output/a.md") == rendered)
  }

  @Test func aRegionEditedInTheNotebookItselfIsKeptToo() throws {
    let project = try TestProject(["a.md": SampleNotebook.regression()])
    #expect(try project.assay("render", "--in-place", "a.md").status == 0)
    let rendered = try project.folder.text("a.md")
    let edited = rendered.replacingOccurrences(
      of: "| epochs     |     2 |", with: "| epochs     |   999 |")
    try #require(edited != rendered)
    try project.folder.write(edited, to: "a.md")
    #expect(try project.assay("render", "--in-place", "a.md").status == 1)
    #expect(try project.folder.text("a.md") == edited)
    #expect(try project.assay("render", "--in-place", "a.md", "--accept", "fit").status == 0)
    #expect(try project.folder.text("a.md") == rendered)
  }

  @Test func aValueThatMovedUnderTheSameFingerprintIsNotOverwritten() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let good = try project.outputs()
    let ledger = try project.folder.text("output/a.ledger.json")
    let moved = ledger.replacing(/"result": "[0-9a-f]{8}/, maxReplacements: 1) { _ in
      "\"result\": \"00000000"
    }
    try #require(moved != ledger)
    try project.folder.write(moved, to: "output/a.ledger.json")
    let before = try project.outputs()
    let outcome = try project.assay("render")
    #expect(outcome.status == 1, "\(outcome.description)")
    #expect(differences(before, try project.outputs()) == [])
    #expect(try project.assay("render", "--accept", "friedman").status == 0)
    #expect(differences(good, try project.outputs()) == [])
  }

  @Test func aChangedNotebookIsStaleAndWrittenFreely() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()
    try project.folder.write(SampleNotebook.regression(lr: "0.02"), to: "notebooks/a.md")
    #expect(try project.assay("render").status == 0)
    #expect(differences(before, try project.outputs()).count == 3)
  }

  @Test func anExpectationThatFailsExitsTwoWithTheDocumentWritten() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression(expect: "test.mse < 0")
    ])
    let outcome = try project.assay("render")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("notebooks/a.md:21:5: error[expect.fails]"))
    let text = try project.folder.text("output/a.md")
    #expect(text.contains("✗"))
    #expect(text.contains("test.mse < 0"))
    #expect(try project.assay("render").status == 2, "it stays broken")
    #expect(try project.folder.text("output/a.md") == text)
  }

  @Test func aRunThatDivergesExitsThreeWithTheFailureInPlace() throws {
    let text =
      SampleNotebook.regression(lr: "1e10")
      .replacingOccurrences(of: "epochs: 2", with: "epochs: 20") + """

        ```experiment sound
        like: fit
        train: {optimizer: {sgd: {lr: 0.01}}}
        caption: The sound one
        ```

        ```experiment both
        compare: {runs: [fit, sound], metrics: [test.mse]}
        ```

        """
    let project = try TestProject(["notebooks/a.md": text])
    let outcome = try project.assay("render")
    #expect(outcome.status == 3, "\(outcome.description)")
    #expect(outcome.errors.contains("notebooks/a.md:"))
    #expect(outcome.errors.contains("run.diverged"))
    #expect(outcome.errors.contains("step "))
    #expect(outcome.errors.contains("learning rate"))
    let document = try project.folder.text("output/a.md")
    let regions = document.components(separatedBy: "<!-- assay:").dropFirst()
    #expect(regions.count == 4)
    let region = Dictionary(
      regions.map { ($0.prefix { $0 != " " }.description, $0) }, uniquingKeysWith: { a, _ in a })
    #expect(region["friedman"]?.contains("rows (train)") == true)
    #expect(region["fit"]?.contains("diverged at step") == true)
    #expect(region["sound"]?.contains("| MSE") == true)
    #expect(region["both"]?.contains("fit") == true)
    #expect(try project.folder.text("output/a.html").contains("diverged at step"))
    // Deterministic, and a notebook as any other document.
    let again = try project.assay("render", "output/a.md", "-o", "elsewhere")
    #expect(again.status == 3)
    #expect(try project.folder.text("elsewhere/a.md") == document)
  }

  @Test func ofSeveralEndingsTheGraverOneIsReported() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression(expect: "test.mse < 0"),
      "notebooks/b.md": SampleNotebook.regression(lr: "1e10")
        .replacingOccurrences(of: "epochs: 2", with: "epochs: 20"),
    ])
    #expect(try project.assay("render").status == 3)
    #expect(try project.outputs().count == 6)
    let before = try project.outputs()
    try project.folder.write("```experiment x\nkind: none\n```\n", to: "notebooks/c.md")
    #expect(try project.assay("render").status == 4)
    #expect(differences(before, try project.outputs()) == [])
  }

  @Test(arguments: [
    "linear: {out_features: 1000000}, linear: {out_features: 10000}, linear: {out_features: 1}",
    "linear: {out_features: 100000}, linear: {out_features: 100000}, linear: {out_features: 1}",
  ])
  func aModelOfABillionParametersExitsFive(_ layers: String) throws {
    let text = SampleNotebook.regression().replacingOccurrences(
      of: "linear: {out_features: 4}, relu, linear: {out_features: 1}", with: layers)
    try Self.expectRefusal(text, status: 5, id: "limit.")
  }

  @Test func workBeyondTheLimitExitsFiveBeforeItBegins() throws {
    let text = SampleNotebook.regression()
      .replacingOccurrences(of: "out_features: 4}", with: "out_features: 100000}")
      .replacingOccurrences(of: "epochs: 2", with: "epochs: 10000000")
    try Self.expectRefusal(text, status: 5, id: "limit.")
  }

  @Test(arguments: [
    ["render", "--threads", "0"], ["render", "--threads", "257"], ["render", "--threads", "two"],
    ["render", "--nonsense"], ["render", "--to", "pdf"], ["render", "-P", "novalue"],
    ["render", "--profile", "../x"], ["render", "-o", ""],
    ["render", "--in-place", "-o", "x"], ["lint", "--format", "xml"], ["plan", "--threads", "1"],
    ["nonsense"], ["explain"], ["doctor", "x"],
    ["render", "-P", "lr=1", "-P", "lr=2"], ["check", "-P", "lr=1", "--param", "lr=1"],
    ["lint", "-P", "lr=1", "-P", "x=1", "-P", "lr=2"],
    ["render", "--in-place", "--to", "html"], ["render", "--in-place", "--to", "md,html"],
    ["render", "--checkpoint", "nan"], ["render", "--checkpoint", "inf"],
    ["render", "--checkpoint", "1e999"], ["render", "--checkpoint=-1"],
  ])
  func wrongUsageExits64AndWritesNothing(_ arguments: [String]) throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    try project.folder.write(SampleNotebook.regression(lr: "0.02"), to: "notebooks/a.md")
    let before = try project.folder.files()
    let outcome = try Command.assay().run(arguments, in: project.folder.url)
    #expect(outcome.status == 64, "\(arguments): \(outcome.description)")
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("Error: "))
    #expect(differences(before, try project.folder.files()) == [])
  }

  @Test func wrongUsageIsNamed() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    let twice = try project.assay("plan", "-P", "lr=1", "-P", "lr=2").errors
    #expect(twice.contains("`lr` is set to '1', '2'"), "\(twice)")
    let page = try project.assay("render", "--in-place", "--to", "html").errors
    #expect(page.contains("--in-place writes no page"), "\(page)")
    let seconds = try project.assay("render", "--checkpoint", "nan").errors
    #expect(seconds.contains("--checkpoint takes a number of seconds from 0"), "\(seconds)")
    #expect(try project.assay("render", "--in-place", "--to", "md").status == 0)
    #expect(try project.assay("render", "--checkpoint", "0").status == 0)
  }

  @Test(arguments: ["sse9", "neon", "AVX2 ", "avx2,scalar"])
  func anInstructionSetThatIsNotThereExits64(_ name: String) throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    guard try !ShippedNotebookTests.instructionSets(project).contains(name) else { return }
    let outcome = try project.assay("render", environment: ["ASSAY_ISA": name])
    #expect(outcome.status == 64, "'\(name)': \(outcome.description)")
    #expect(outcome.errors.contains("scalar"), "the known ones are named")
    #expect(try project.outputs().isEmpty)
  }

  @Test func theMachineObeysTheLaw() throws {
    let project = try TestProject()
    for set in try ShippedNotebookTests.instructionSets(project) {
      let outcome = try project.assay("doctor", environment: ["ASSAY_ISA": set])
      #expect(outcome.status == 0, "\(outcome.description)")
      #expect(outcome.output.contains(set))
    }
  }

  /// A notebook that is refused, over documents of an earlier one that must not change.
  static func expectRefusal(
    _ text: String, status: Int32, id: String, files: [String: String] = [:],
    at place: String = "notebooks/a.md:", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()
    for (path, contents) in files { try project.folder.write(contents, to: path) }
    try project.folder.write(text, to: "notebooks/a.md")
    for verb in ["lint", "plan", "render"] {
      let outcome = try project.assay(verb)
      let said = outcome.output + outcome.errors
      #expect(
        outcome.status == status, "\(verb): \(outcome.description)", sourceLocation: sourceLocation)
      #expect(said.contains("error[\(id)"), "\(said)", sourceLocation: sourceLocation)
      #expect(said.contains(place), "\(said)", sourceLocation: sourceLocation)
      #expect(
        differences(before, try project.outputs()) == [], sourceLocation: sourceLocation)
    }
  }
}
