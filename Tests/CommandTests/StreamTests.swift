import Foundation
import TestSupport
import Testing

/// Which stream says what, and how.
@Suite struct StreamTests {
  @Test func resultsGoToStandardOutputAndProgressToStandardError() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    let rendered = try project.assay("render")
    #expect(rendered.output == "")
    #expect(rendered.errors.contains("fit"))
    #expect(rendered.errors.contains("output/a.md"))
    let linted = try project.assay("lint")
    #expect(linted.output != "")
    #expect(linted.errors == "")
    let planned = try project.assay("plan")
    #expect(planned.output.contains("fit"))
    #expect(planned.errors == "")
  }

  @Test func quietIsSilent() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    let outcome = try project.assay("render", "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.output == "")
    #expect(outcome.errors == "")
    #expect(try project.outputs().count == 3)
  }

  @Test func quietStillNamesProblems() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression(expect: "test.mse < 0")
    ])
    let outcome = try project.assay("render", "--quiet")
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("notebooks/a.md:"))
  }

  @Test func awayFromATerminalThereAreNoEscapes() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression(), "b.md": "```experiment\nx: y\n```\n",
    ])
    for arguments in [
      ["render"], ["render", "b.md"], ["lint", "."], ["plan"], ["doctor"], ["explain", "train"],
      ["--help"], ["nonsense"],
    ] {
      let outcome = try Command.assay().run(
        arguments, in: project.folder.url, environment: ["TERM": "xterm-256color", "COLUMNS": "80"])
      #expect(!(outcome.output + outcome.errors).unicodeScalars.contains("\u{1B}"))
      #expect(!(outcome.output + outcome.errors).unicodeScalars.contains("\r"))
    }
  }

  @Test func aReaderThatGoesAwayIsNoCrash() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    let shell = Command(path: "/bin/sh")
    let assay = try Command.assay().path
    let outcome = try shell.run(
      ["-c", "{ \"$0\" explain train; echo $? >status; } | true", assay], in: project.folder.url)
    #expect(outcome.errors == "")
    let status = try project.folder.text("status")
    #expect(Int(status.dropLast()).map { $0 < 128 } == true, "ended with \(status)")
  }

  @Test func closedStreamsDoNotSpoilDocuments() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let expected = try project.outputs()
    let shell = Command(path: "/bin/sh")
    let assay = try Command.assay().path
    _ = try shell.run(
      ["-c", "\"$0\" render -o closed <&- >&- 2>&-", assay], in: project.folder.url)
    #expect(differences(expected, try project.outputs(in: "closed")) == [])
  }
}
