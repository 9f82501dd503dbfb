import Foundation
import TestSupport
import Testing

/// `render --only`: computes what is named and what it needs, and drops nothing of the others.
@Suite struct OnlyTests {
  /// Two runs on one data set; the prose speaks of both.
  private static func text(fit: String = "0.01", other: String = "0.03") -> String {
    SampleNotebook.regression(lr: fit)
      + """

      The other error is `{= other.test.mse as fixed 3}`.

      ```experiment other
      train:
        model: {sequential: [linear: {out_features: 1}]}
        data: friedman
        optimizer: {sgd: {lr: \(other)}}
        epochs: 2
        batch_size: 10
      evaluate: {split: test, metrics: [mse]}
      expect:
        - test.mse >= 0
      ```

      """
  }

  private static func rendered(_ text: String) throws -> [String: Data] {
    let project = try TestProject(["notebooks/a.md": text])
    let outcome = try project.assay("render")
    #expect(outcome.status == 0, "\(outcome.description)")
    return try project.outputs()
  }

  /// Names of the steps that a render computed.
  private func computed(_ outcome: Command.Outcome) -> [String] {
    outcome.errors.split(separator: "\n").compactMap { line in
      guard line.hasSuffix(" s)"), let colon = line.firstRange(of: ": ") else { return nil }
      return line[colon.upperBound...].split(separator: " ").first.map(String.init)
    }
  }

  /// The region of a block in a rendered document.
  private func region(_ block: String, in document: String) -> Substring {
    guard let start = document.firstRange(of: "<!-- assay:\(block) ")?.lowerBound,
      let end = document[start...].firstRange(of: "<!-- /assay -->")?.upperBound
    else { return "" }
    return document[start..<end]
  }

  @Test func onlyWhatIsNamedAndWhatItNeedsIsComputed() throws {
    let project = try TestProject(["notebooks/a.md": Self.text()])
    let first = try project.assay("render", "--only", "other")
    #expect(first.status == 0, "\(first.description)")
    #expect(
      computed(first).sorted()
        == ["friedman", "other", "other.evaluate#0", "other.train#0"], "\(first.description)")
    let document = try project.folder.text("output/a.md")
    #expect(!region("other", in: document).isEmpty && region("fit", in: document).isEmpty)
    let check = try project.assay("check", "--no-run")
    #expect(check.status == 1 && check.output.contains("check.new"), "\(check.description)")
    // The rest follows, and the whole is what it would have been.
    let rest = try project.assay("render")
    #expect(computed(rest) == ["fit.train#0", "fit.evaluate#0", "fit"], "\(rest.description)")
    #expect(differences(try Self.rendered(Self.text()), try project.outputs()) == [])
  }

  @Test func theOthersKeepWhatIsPublishedOfThem() throws {
    let project = try TestProject(["notebooks/a.md": Self.text()])
    #expect(try project.assay("render").status == 0)
    let before = try project.folder.text("output/a.md")
    let again = try project.assay("render", "--only", "fit")
    #expect(again.status == 0 && computed(again) == [], "\(again.description)")
    #expect(differences(try Self.rendered(Self.text()), try project.outputs()) == [])

    // Both are stale; one is computed.
    let changed = Self.text(fit: "0.02", other: "0.04")
    try project.folder.write(changed, to: "notebooks/a.md")
    let outcome = try project.assay("render", "--only", "fit")
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(computed(outcome) == ["fit.train#0", "fit.evaluate#0", "fit"])
    #expect(outcome.errors.contains("1 of them stale: `other`"), "\(outcome.description)")
    let document = try project.folder.text("output/a.md")
    #expect(region("other", in: document) == region("other", in: before))
    #expect(region("fit", in: document) != region("fit", in: before))
    for line in before.split(separator: "\n") where line.hasPrefix("The other error is") {
      #expect(document.contains(line), "the value in the prose is kept")
    }
    #expect(try project.folder.text("output/a.html").contains("id=\"other\""))
    // What was kept is still what `check` and `plan` call stale, and nothing else is.
    let check = try project.assay("check", "--no-run")
    #expect(check.status == 1, "\(check.description)")
    #expect(
      check.output.components(separatedBy: "error[").count == 2
        && check.output.contains("error[check.stale]"), "\(check.description)")
    #expect(try project.assay("plan").output.contains("optimizer.sgd.lr 0.03 → 0.04"))
    let rest = try project.assay("render")
    #expect(computed(rest) == ["other.train#0", "other.evaluate#0", "other"])
    #expect(differences(try Self.rendered(changed), try project.outputs()) == [])
  }

  @Test func aResultThatIsPublishedAndNotAtHandIsNotDropped() throws {
    // As in a fresh clone: documents, and no store.
    let project = try TestProject(["notebooks/a.md": Self.text()])
    #expect(try project.assay("render").status == 0)
    try FileManager.default.removeItem(at: project.folder.url(".assay"))
    let before = try project.outputs()
    let changed = Self.text(fit: "0.02")
    try project.folder.write(changed, to: "notebooks/a.md")
    let refused = try project.assay("render", "--only", "fit")
    #expect(refused.status == 1, "\(refused.description)")
    #expect(refused.errors.contains("error[result.not-kept]"), "\(refused.description)")
    #expect(refused.errors.contains("`--only other`"), "\(refused.description)")
    #expect(computed(refused) == [])
    #expect(differences(before, try project.outputs()) == [])
    #expect(try project.assay("render", "--only", "fit", "--only", "other").status == 0)
    #expect(differences(try Self.rendered(changed), try project.outputs()) == [])
  }

  @Test func aFailureThatIsPublishedIsNotDropped() throws {
    let project = try TestProject(["notebooks/a.md": Self.text(fit: "1e30")])
    #expect(try project.assay("render").status == 3)
    let before = try project.outputs()
    let refused = try project.assay("render", "--only", "other")
    #expect(refused.status == 1, "\(refused.description)")
    #expect(refused.errors.contains("error[result.not-kept]"), "\(refused.description)")
    #expect(refused.errors.contains("`--only fit`"), "\(refused.description)")
    #expect(differences(before, try project.outputs()) == [])
    #expect(try project.assay("render", "--only", "other", "--only", "fit").status == 3)
    #expect(differences(before, try project.outputs()) == [])
  }

  @Test func aNameThatNoNotebookHasIsWrongUsage() throws {
    let project = try TestProject(["notebooks/a.md": Self.text()])
    let outcome = try project.assay("render", "--only", "fitt")
    #expect(outcome.status == 64, "\(outcome.description)")
    #expect(outcome.errors.contains("did you mean `fit`?"), "\(outcome.description)")
    #expect(try project.outputs().isEmpty)
  }

  @Test func notebooksWithoutTheBlockAreLeftAlone() throws {
    let project = try TestProject([
      "notebooks/a.md": Self.text(), "notebooks/b.md": SampleNotebook.regression(),
    ])
    #expect(try project.assay("render", "--only", "other").status == 0)
    #expect(try project.outputs().keys.sorted() == ["a.html", "a.ledger.json", "a.md"])
  }

  @Test func aComparisonBringsItsVariants() throws {
    let clean = try #require(PublishedProject.clean)
    let project = try clean.written()
    try FileManager.default.removeItem(at: project.folder.url("output"))
    let outcome = try project.assay("render", "--only", "curves", "notebooks/small.md")
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(computed(outcome).contains { $0.hasPrefix("rates[") }, "\(outcome.description)")
    #expect(!computed(outcome).contains("sort.train#0"))
    #expect(try project.assay("render", "notebooks/small.md").status == 0)
    for path in [
      PublishedProject.markdownPath, PublishedProject.pagePath, PublishedProject.ledgerPath,
    ] {
      #expect(try project.folder.bytes(path) == clean.files[path], "\(path)")
    }
  }

  @Test func inPlaceTheNotebookKeepsTheOthersToo() throws {
    let project = try TestProject(["notebooks/a.md": Self.text()])
    #expect(try project.assay("render", "--in-place").status == 0)
    let before = try project.folder.text("notebooks/a.md")
    try project.folder.write(
      before.replacingOccurrences(of: "lr: 0.01", with: "lr: 0.02"), to: "notebooks/a.md")
    let outcome = try project.assay("render", "--in-place", "--only", "fit")
    #expect(outcome.status == 0, "\(outcome.description)")
    let after = try project.folder.text("notebooks/a.md")
    #expect(region("other", in: after) == region("other", in: before))
    #expect(region("fit", in: after) != region("fit", in: before))
  }
}
