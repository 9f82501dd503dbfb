import Foundation
import TestSupport
import Testing

/// What is said before a run that is likely to take longer than it may.
@Suite struct TimeEstimateTests {
  private static let notebook = SampleNotebook.regression().replacingOccurrences(
    of: "linear: {out_features: 4}", with: "linear: {out_features: 20}")

  @Test func anEstimateBeyondTheTimeIsAWarning() throws {
    let text = Self.notebook.replacingOccurrences(of: "epochs: 2", with: "epochs: 100_000")
    let project = try TestProject(["notebooks/a.md": text])
    let outcome = try project.assay("lint", "--limit", "time=10ms")
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(outcome.output.contains("warning[limit.time]"))
    #expect(try !project.assay("lint", "--limit", "time=1h").output.contains("limit.time"))
    #expect(try !project.assay("lint").output.contains("limit.time"))
  }

  @Test func theEstimateCountsWhatWouldBeComputed() throws {
    let text = Self.notebook.replacingOccurrences(of: "epochs: 2", with: "epochs: 1000")
    let project = try TestProject(["notebooks/a.md": text])
    let limit = ["--limit", "time=1ms"]
    func isWarned(_ words: String...) throws -> Bool {
      let outcome = try project.assay(words + limit)
      return (outcome.output + outcome.errors).contains("warning[limit.time]")
    }
    for verb in ["lint", "plan"] { #expect(try isWarned(verb), "\(verb) of what is new") }
    #expect(try project.assay("render").status == 0)
    for words in [
      ["lint"], ["plan"], ["render"], ["check", "--no-run"], ["check", "--trust-store"],
    ] {
      let outcome = try project.assay(words + limit)
      #expect(outcome.status == 0, "\(words): \(outcome.description)")
      #expect(!outcome.description.contains("limit.time"), "\(words): \(outcome.description)")
    }
    #expect(try isWarned("check"), "everything is computed")
    #expect(try isWarned("render", "--force"))
    #expect(try !isWarned("render", "--only", "friedman"))
    try project.folder.write(
      text.replacingOccurrences(of: "lr: 0.01", with: "lr: 0.02"), to: "notebooks/a.md")
    for verb in ["lint", "plan", "render"] { #expect(try isWarned(verb), "\(verb) of a change") }
    #expect(try !isWarned("render", "--only", "friedman"))
  }
}
