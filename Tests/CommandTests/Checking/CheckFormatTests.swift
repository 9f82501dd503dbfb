import Foundation
import FoundationXML
import TestSupport
import Testing

/// The forms in which `assay check` prints.
@Suite struct CheckFormatTests {
  private static func outcome(
    _ format: String, _ change: (inout PublishedProject) throws -> Void = { _ in }
  ) throws -> Command.Outcome {
    var clean = try #require(PublishedProject.clean)
    try change(&clean)
    return try clean.written().assay("check", "--quiet", "--format", format)
  }

  @Test func textShowsPlaceDifferenceAndCommand() throws {
    let outcome = try Self.outcome("text") {
      try $0.moveLedgerValue(of: "fit", path: "test.mse", by: 2)
      try $0.changeResult(of: "fit")
      $0.markdown = $0.markdown.replacingOnce("Some prose", with: "Any prose")
    }
    #expect(outcome.status == 1)
    let text = outcome.output
    #expect(text.contains("notebooks/small.md:19:15: error[check.drifted]: `fit` no longer gives"))
    #expect(text.contains("  19 | ```experiment fit\n"))
    #expect(text.contains("note: test.mse ") && text.contains(", beyond abs 0.5"))
    #expect(text.contains("--- output/small.md\n+++ rendered\n@@"))
    #expect(text.contains("\n-Any prose stands") && text.contains("\n+Some prose stands"))
    #expect(text.contains("\naccept with: assay render notebooks/small.md --accept fit\n"))
    #expect(text.hasSuffix("8 identical, 1 drifted; 1 file not as published\n"), "\(text)")
  }

  @Test func textNamesTheCauseOfWhatIsStale() throws {
    let outcome = try Self.outcome("text") {
      $0.notebook = $0.notebook.replacingOnce("lr: 0.01}", with: "lr: 0.02}")
    }
    #expect(outcome.output.contains("note: optimizer.sgd.lr 0.01 → 0.02"), "\(outcome.output)")
    #expect(outcome.output.contains("accept with: assay render notebooks/small.md\n"))
  }

  @Test func junitIsWellFormedAndCounts() throws {
    let outcome = try Self.outcome("junit") {
      try $0.changeResult(of: "table")
      $0.notebook = $0.notebook.replacingOnce(
        "- test.mse >= 0", with: "- \"test.mse >= 1e9 and 1 < 2\"")
      $0.markdown = $0.markdown.replacingOnce("Some prose", with: "<A & \"B\">\u{7}")
    }
    let document = try XMLDocument(xmlString: outcome.output)
    let root = try #require(document.rootElement())
    #expect(root.name == "testsuites")
    let suite = try #require(root.elements(forName: "testsuite").first)
    let cases = suite.elements(forName: "testcase")
    let failed = cases.filter { !$0.elements(forName: "failure").isEmpty }
    // The ledger, nine blocks, two documents.
    #expect(cases.count == 12)
    #expect(suite.attribute(forName: "tests")?.stringValue == "12")
    #expect(suite.attribute(forName: "failures")?.stringValue == "\(failed.count)")
    let names = failed.compactMap { $0.attribute(forName: "name")?.stringValue }
    #expect(names == ["fit", "table", "small.md"])
    let types = failed.compactMap {
      $0.elements(forName: "failure").first?.attribute(forName: "type")?.stringValue
    }
    #expect(types == ["check.claim-broken", "check.drifted", "check.hand-edited"])
    #expect(failed[0].attribute(forName: "line")?.stringValue == "19")
    #expect(failed[2].stringValue?.contains("<A & \"B\">") == true)
    #expect(outcome.status == 2)
  }

  @Test func annotationsStandAtLinesOfTheNotebookAndAreEscaped() throws {
    let project = try TestProject([
      "notebooks/a,b: 100%/图.md": SampleNotebook.regression(expect: "test.mse >= 1e9")
    ])
    #expect(try project.assay("render", "--quiet").status == 2)
    let outcome = try project.assay("check", "--quiet", "--format", "github")
    #expect(outcome.status == 2)
    let line = try #require(outcome.output.split(separator: "\n").first)
    let expected =
      "::error file=notebooks/a%2Cb%3A 100%25/图.md,line=21,col=5,endColumn=20,"
      + "title=check.claim-broken::An expectation of `fit` does not hold: test.mse >= 1e9"
    #expect(line == expected, "\(outcome.output)")
    #expect(outcome.output.hasSuffix("1 notebook, 2 blocks: 1 identical, 1 claim broken\n"))
  }

  @Test func annotationsHoldNotesAndTheCommandOnOneLine() throws {
    let outcome = try Self.outcome("github") {
      $0.notebook = $0.notebook.replacingOnce("lr: 0.01}", with: "lr: 0.02}")
    }
    let first = outcome.output.split(separator: "\n").first ?? ""
    #expect(first.hasPrefix("::error file=notebooks/small.md,line=19,col=15,endColumn=18,"))
    #expect(first.contains("%0Aoptimizer.sgd.lr 0.01 → 0.02%0A"))
    #expect(first.hasSuffix("%0Aaccept with: assay render notebooks/small.md"))
    for line in outcome.output.split(separator: "\n").dropLast() {
      #expect(line.hasPrefix("::"), "\(line)")
    }
  }

  @Test func whatIsWithinToleranceIsANotice() throws {
    let outcome = try Self.outcome("github") {
      try $0.moveLedgerValue(of: "fit", path: "test.mse", by: 0.1)
      try $0.changeResult(of: "fit")
    }
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("::notice file=notebooks/small.md,line=19,"))
    #expect(!outcome.output.contains("::error"))
  }

  @Test func problemsOfNotebooksAreInEveryForm() throws {
    for format in ["json", "junit", "github"] {
      let outcome = try Self.outcome(format) {
        $0.notebook = $0.notebook.replacingOnce("epochs: 2", with: "epoch: 2")
      }
      #expect(outcome.status == 4)
      #expect(outcome.output.contains("experiment.unknown-key"), "\(format): \(outcome.output)")
    }
  }

  /// A path with a slip must not make a report without an error.
  @Test func problemsOfNoNotebookAreInEveryForm() throws {
    let project = try #require(PublishedProject.clean).written()
    try project.folder.write("{{#if", to: "bad/page.html")
    for arguments in [["nope"], ["nope\u{FFFF}]]>"], ["notebooks", "--templates", "bad"]] {
      for format in ["text", "json", "junit", "github"] {
        let outcome = try project.assay(
          ["check", "--quiet", "--no-run", "--format", format] + arguments)
        #expect(outcome.status == 4, "\(outcome.description)")
        let isPath = arguments.count == 1
        let cause = isPath ? "file.unreadable" : "error[template."
        #expect(outcome.errors.contains(cause), "\(outcome.description)")
        let id = isPath ? "file.unreadable" : "template."
        #expect(format == "text" || outcome.output.contains(id), "\(format): \(outcome.output)")
        if format == "junit" {
          let root = try #require(try XMLDocument(xmlString: outcome.output).rootElement())
          #expect(root.attribute(forName: "errors")?.stringValue == "1")
        }
        if format == "github" { #expect(outcome.output.hasPrefix("::error ")) }
      }
    }
  }

  @Test(arguments: ["unsound", "damaged", "a folder", "stopped"])
  func whatCouldNotBeCheckedPassesNoCase(_ fault: String) throws {
    var clean = try #require(PublishedProject.clean)
    if fault == "unsound" {
      clean.notebook = clean.notebook.replacingOnce("epochs: 2", with: "epoch: 2")
    }
    let project = try clean.written()
    let ledger = "output/small.ledger.json"
    if fault == "damaged" { try project.folder.write("{", to: ledger) }
    if fault == "a folder" {
      try FileManager.default.removeItem(at: project.folder.url(ledger))
      try project.folder.write("", to: ledger + "/x")
    }
    let limit = fault == "stopped" ? ["--limit", "memory=5MB"] : []
    let outcome = try project.assay(["check", "--quiet", "--format", "junit"] + limit)
    #expect(outcome.status != 0)
    let root = try #require(try XMLDocument(xmlString: outcome.output).rootElement())
    let suite = try #require(root.elements(forName: "testsuite").first)
    let cases = suite.elements(forName: "testcase")
    #expect(cases.count == 1, "\(outcome.output)")
    let kind = fault == "unsound" || fault == "stopped" ? "error" : "failure"
    #expect(cases.first?.elements(forName: kind).count == 1, "\(outcome.output)")
    #expect(suite.attribute(forName: kind + "s")?.stringValue == "1")
  }

  @Test func theSameCheckPrintsTheSameBytes() throws {
    for format in ["text", "json", "junit", "github"] {
      let outcomes = try (0..<2).map { _ in
        try Self.outcome(format) {
          try $0.changeResult(of: "table")
          $0.notebook = $0.notebook.replacingOnce("lr: 0.01}", with: "lr: 0.02}")
        }.outputBytes
      }
      #expect(outcomes[0] == outcomes[1])
    }
  }
}
