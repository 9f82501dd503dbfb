import Foundation
import TestSupport
import Testing

/// Rendering again computes what changed and nothing else, and gives the bytes of a fresh render.
@Suite struct IncrementalRenderTests {
  /// Names of the steps that a render computed, from its lines on standard error.
  private func computed(_ outcome: Command.Outcome) -> [String] {
    outcome.errors.split(separator: "\n").compactMap { line in
      guard line.hasSuffix(" s)"), let colon = line.firstRange(of: ": ") else { return nil }
      return line[colon.upperBound...].split(separator: " ").first.map(String.init)
    }
  }

  @Test func renderingAgainComputesNothing() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    let first = try project.assay("render")
    #expect(computed(first) == ["friedman", "fit.train#0", "fit.evaluate#0", "fit"])
    let before = try project.outputs()
    let second = try project.assay("render")
    #expect(second.status == 0 && computed(second) == [], "\(second.description)")
    #expect(second.errors.contains("nothing to compute"))
    #expect(try project.outputs() == before)
  }

  @Test func aChangedFieldComputesWhatDependsOnItAndAMetricOnlyEvaluates() throws {
    let text = SampleNotebook.regression()
    let project = try TestProject(["notebooks/a.md": text])
    #expect(try project.assay("render").status == 0)
    try project.folder.write(
      text.replacingOccurrences(of: "metrics: [mse]", with: "metrics: [mse, mae]"),
      to: "notebooks/a.md")
    #expect(computed(try project.assay("render")) == ["fit.evaluate#0", "fit"])
    try project.folder.write(
      text.replacingOccurrences(of: "lr: 0.01", with: "lr: 0.02"), to: "notebooks/a.md")
    #expect(computed(try project.assay("render")) == ["fit.train#0", "fit.evaluate#0", "fit"])
    try project.folder.write(
      text.replacingOccurrences(of: "caption:", with: "repeat: 2\ncaption:"), to: "notebooks/a.md")
    #expect(computed(try project.assay("render")) == ["fit.train#1", "fit.evaluate#1", "fit"])
  }

  @Test(arguments: ["1", "3"])
  func theNumberOfJobsChangesNoByte(_ jobs: String) throws {
    var text = SampleNotebook.regression()
    for index in 0..<6 { text += "\n```experiment copy\(index)\nlike: fit\nseed: 1\(index)\n```\n" }
    let project = try TestProject(["notebooks/a.md": text])
    #expect(try project.assay("render", "-j", "2").status == 0)
    let expected = try project.outputs()
    let outcome = try project.assay("render", "--force", "-j", jobs)
    #expect(outcome.status == 0 && computed(outcome).count == 22, "\(outcome.description)")
    #expect(differences(expected, try project.outputs()) == [])
  }

  @Test func aTrainingThatWasKilledGoesOnFromItsCheckpoint() throws {
    let text = SampleNotebook.regression()
      .replacingOccurrences(of: "epochs: 2", with: "epochs: 200000")
    let project = try TestProject(["notebooks/a.md": text])
    let undisturbed = try TestProject(["notebooks/a.md": text])
    #expect(try undisturbed.assay("render").status == 0)
    var killed = 0
    let checkpoints = "\(project.folder.url.path)/.assay/store/v1/checkpoints"
    var kept: [String] = []
    // Longer where nothing was kept in time.
    for seconds in [0.4, 0.8, 1.6] where kept.isEmpty || killed < 2 {
      let outcome = try project.assay(
        "render", "--checkpoint", "0.05", killedAfter: seconds)
      if outcome.status == 128 + SIGKILL { killed += 1 }
      kept = ((try? FileManager.default.contentsOfDirectory(atPath: checkpoints)) ?? [])
        .filter { $0.hasSuffix(".safetensors") }
    }
    #expect(killed < 3 || !kept.isEmpty)
    #expect(killed > 0, "no render was killed in time")
    #expect(try project.assay("render").status == 0)
    #expect(differences(try undisturbed.outputs(), try project.outputs()) == [])
    let left = try? FileManager.default.contentsOfDirectory(atPath: checkpoints)
    #expect((left ?? []).isEmpty)
  }
}
