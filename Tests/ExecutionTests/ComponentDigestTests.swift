import Experiments
import Foundation
import TestSupport
import Testing

/// Results are stored by fingerprints, which hold the version of every component that took part:
/// whoever changes what one computes has to raise its version, and this is where it is noticed.
@Suite struct ComponentDigestTests {
  private static let file = ComponentExperiments.folder.appendingPathComponent("digests.json")

  @Test func theSameVersionOfAComponentGivesTheSameResults() throws {
    let found = try ComponentExperiments.all().flatMap { try $0.digests() }
    var record =
      FileManager.default.fileExists(atPath: Self.file.path)
      ? try ComponentDigestRecord(contentsOf: Self.file) : ComponentDigestRecord()
    let judgement = record.judge(found)
    for message in judgement.changed { Issue.record("\(message)") }
    for key in judgement.gone {
      Issue.record("the experiment of \(key) is gone; take its line out of digests.json by hand")
    }
    guard !judgement.new.isEmpty else { return }
    if GoldenFile.Acceptance.current == .never {
      let keys = judgement.new.map(\.key).joined(separator: "\n")
      Issue.record("no digest is committed; write it with GOLDEN=all swift test:\n\(keys)")
    } else {
      record.accept(found)
      try Data(record.text.utf8).write(to: Self.file)
    }
  }

  @Test func everyComponentHasExperiments() throws {
    var exercised: Set<String> = []
    for notebook in try ComponentExperiments.all() {
      for experiment in notebook.experiments.experiments where experiment.origin == .block {
        guard let component = notebook.component(of: experiment.name) else { continue }
        exercised.insert(component)
        guard component.hasPrefix("step/") else { continue }
        let kinds = notebook.plan.steps(of: experiment.name).map { "step/\($0.kind.rawValue)" }
        #expect(kinds.contains(component), "`\(experiment.name)` has no such step")
      }
    }
    #expect(Set(VersionedComponent.all.map(\.name)).subtracting(exercised).sorted() == [])
  }

  @Test func everyFieldAndEveryChoiceIsExercised() throws {
    let notebooks = try ComponentExperiments.all()
    var coverage = FieldCoverage()
    for notebook in notebooks {
      for experiment in notebook.experiments.experiments where experiment.origin == .block {
        guard let component = notebook.component(of: experiment.name) else { continue }
        // Data and models stand in blocks of their own beside the training that uses them.
        coverage.add(experiment.spec, for: component)
      }
    }
    for (name, table) in VersionedTables().tables {
      #expect(coverage.gaps(of: table, named: name) == [], "\(name)")
    }
  }

  // MARK: The law itself

  private static func digest(
    _ result: String, version: Int = 1, block: String = "huber-plain", fingerprint: String = "f1"
  ) -> ComponentDigest {
    ComponentDigest(
      component: VersionedComponent(name: "loss/huber", version: version), block: block,
      fingerprint: fingerprint, result: result)
  }

  @Test func aChangedResultUnderTheSameVersionIsNeverAccepted() {
    var record = ComponentDigestRecord()
    record.accept([Self.digest("aaa")])
    let judgement = record.judge([Self.digest("bbb")])
    #expect(judgement.new.isEmpty && judgement.gone.isEmpty)
    #expect(judgement.changed.count == 1)
    #expect(judgement.changed.first?.contains("Raise the version") == true)
    #expect(judgement.changed.first?.contains("loss/huber") == true)
    let before = record
    record.accept([Self.digest("bbb")])
    #expect(record == before)
  }

  @Test func aRaisedVersionIsNewAndItsPredecessorStays() {
    var record = ComponentDigestRecord()
    record.accept([Self.digest("aaa")])
    let raised = Self.digest("bbb", version: 2, fingerprint: "f2")
    #expect(record.judge([raised]) == .init(new: [raised]))
    record.accept([raised])
    #expect(record.judge([raised]) == .init())
    // Going back to a version means going back to its results.
    #expect(record.judge([Self.digest("aaa")]) == .init())
    #expect(record.judge([Self.digest("ccc")]).changed.count == 1)
  }

  @Test func anExperimentThatIsGoneIsNoticed() {
    var record = ComponentDigestRecord()
    record.accept([Self.digest("aaa"), Self.digest("bbb", block: "huber-narrow")])
    let judgement = record.judge([Self.digest("aaa")])
    #expect(judgement.gone == ["loss/huber 1 huber-narrow f1"])
  }

  @Test func aRecordIsReadAsItWasWritten() throws {
    var record = ComponentDigestRecord()
    record.accept([Self.digest("aaa"), Self.digest("bbb", block: "huber-narrow")])
    let folder = try TemporaryFolder("digests")
    try folder.write(record.text, to: "digests.json")
    #expect(try ComponentDigestRecord(contentsOf: folder.url("digests.json")) == record)
  }
}
