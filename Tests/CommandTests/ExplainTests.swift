import Foundation
import TestSupport
import Testing

/// `assay explain`, `plan` and `lint --format json`.
@Suite struct ExplainTests {
  @Test(arguments: [
    ("train", "batch_size"), ("dataset", "csv"), ("compare", "over"), ("plot", "series"),
    ("model", "sequential"), ("evaluate", "metrics"), ("block", "caption"),
    ("train.batch_size", "32"), ("adamw", "weight_decay"), ("adamw.lr", "0.001"),
    ("hinge", "crammer_singer"), ("one_cycle", "max_lr"), ("orthogonal", "gain"),
    ("dropout", "0.5"), ("glyphs", "distortion"), ("macro_f1", "mean over classes"),
    ("front-matter", "params"),
    ("experiment.unknown-key", "key"), ("data.ragged-row", "row"),
    ("run.diverged", "learning rate"),
  ])
  func aWordOfTheLanguageIsExplained(_ word: String, _ mentions: String) throws {
    let outcome = try TestProject().assay("explain", word)
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(outcome.output.contains(mentions), "\(outcome.output)")
    #expect(outcome.output.split(separator: "\n").count > 1)
    #expect(outcome.errors == "")
  }

  @Test func everyDiagnosticOfTheFaultyNotebooksIsExplained() throws {
    let repository = TestProject.repository
    let lint = try Command.assay().run(["lint", "Tests/Fixtures/faulty"], in: repository)
    let found = lint.output.matches(of: /(?:error|warning)\[([a-z0-9.-]+)\]/).map {
      String($0.output.1)
    }
    for id in Set(found).sorted() {
      let outcome = try Command.assay().run(["explain", id], in: repository)
      #expect(outcome.status == 0, "\(id) is not explained")
    }
  }

  @Test(arguments: [
    ("trian", "train"), ("adamm", "adamw"), ("train.batchsize", "train.batch_size"),
    ("experiment.unknwon-key", "experiment.unknown-key"),
  ])
  func anUnknownWordExits64WithASuggestion(_ word: String, _ meant: String) throws {
    let outcome = try TestProject().assay("explain", word)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("did you mean `\(meant.prefix(4))"), "\(outcome.errors)")
  }

  @Test func aBlockIsExplainedWithItsProvenance() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    let outcome = try project.assay("explain", "notebooks/a.md#fit")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("notebooks/a.md:12:"))
    #expect(outcome.output.contains("friedman"))
    #expect(try project.assay("render").status == 0)
    let shown = try project.folder.text("output/a.md").matches(of: /fingerprint `([0-9a-f]{12})`/)
    #expect(shown.count == 2)
    #expect(outcome.output.contains(String(shown[1].output.1)))
    #expect(try project.assay("explain", "notebooks/a.md#fitt").status == 64)
    #expect(try project.assay("explain", "notebooks/a.md#fitt").errors.contains("`fit`"))
    #expect([4, 64].contains(try project.assay("explain", "missing.md#fit").status))
  }

  @Test func lintPrintsJSONWithPlaces() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression().replacingOccurrences(
        of: "epochs", with: "epoks"),
      "notebooks/b.md": SampleNotebook.regression(),
    ])
    let outcome = try project.assay("lint", "--format", "json")
    #expect(outcome.status == 4)
    #expect(outcome.errors == "")
    let list = try #require(
      try JSONSerialization.jsonObject(with: outcome.outputBytes) as? [[String: Any]])
    #expect(list.count == 1)
    let place = try #require(list.first?["place"] as? [String: Any])
    #expect(place["path"] as? String == "notebooks/a.md")
    #expect(place["line"] as? Int == 17)
    #expect(place["column"] as? Int == 3)
    #expect(list.first?["id"] as? String == "experiment.unknown-key")
    #expect(list.first?["severity"] as? String == "error")
    #expect(list.first?["suggestion"] as? String == "epochs")
    let sound = try project.assay("lint", "--format", "json", "notebooks/b.md")
    #expect(sound.status == 0)
    let none = try JSONSerialization.jsonObject(with: sound.outputBytes) as? [Any]
    #expect(none?.isEmpty == true)
  }

  @Test func aPlanListsEveryStepInOrder() throws {
    let text = SampleNotebook.regression().replacingOccurrences(
      of: "caption: A small run", with: "repeat: 3")
    let project = try TestProject(["notebooks/a.md": text])
    let outcome = try project.assay("plan", "--steps")
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    func index(_ words: String...) throws -> Int {
      try #require(lines.firstIndex { line in words.allSatisfy(line.contains) }, "\(words)")
    }
    let prepared = try index("friedman", "prepare")
    for count in 0..<3 {
      #expect(prepared < (try index("fit", "train #\(count)")))
      #expect(try index("fit", "train #\(count)") < (try index("fit", "evaluate #\(count)")))
    }
    #expect(try index("fit", "evaluate #2") < (try index("fit", "combine")))
    #expect(outcome.output.contains("flop"))
    #expect(try project.outputs().isEmpty, "a plan writes nothing")
  }

  @Test func onlyWhatBearsOnAResultChangesAFingerprint() throws {
    let text = SampleNotebook.regression()
    let project = try TestProject(["a.md": text])
    let before = try Self.fingerprints(project)
    #expect(before.count == 4)
    let same = [
      text.replacingOccurrences(of: "Some *prose*", with: "Other prose"),
      text.replacingOccurrences(of: "A small run", with: "Another caption"),
      text.replacingOccurrences(of: "title: A small", with: "title: Another"),
      text.replacingOccurrences(of: "  batch_size: 10", with: "  batch_size: 10   # ten"),
      text.replacingOccurrences(
        of: "  epochs: 2\n  batch_size: 10\n", with: "  batch_size: 1_0\n  epochs: 2\n"),
      text.replacingOccurrences(of: "lr: 0.01", with: "lr: 1e-2, momentum: 0"),
      text.replacingOccurrences(of: "lr: 0.01", with: "lr: 1%"),
      text.replacingOccurrences(of: "test.mse >= 0", with: "test.mse >= 0.0001"),
      text.replacingOccurrences(of: "\n", with: "\r\n"),
      text.replacingOccurrences(of: "friedman\n", with: "renamed\n"),
    ]
    for (index, changed) in same.enumerated() {
      #expect(changed != text, "change \(index) changes nothing")
      try project.folder.write(changed, to: "a.md")
      #expect(try Self.fingerprints(project) == before, "change \(index)")
    }
    for (old, new, kept) in [
      ("lr: 0.01", "lr: 0.02", 1), ("epochs: 2", "epochs: 3", 1), ("seed: 3", "seed: 4", 0),
      ("samples: 60", "samples: 64", 0), ("metrics: [mse]", "metrics: [mse, mae]", 2),
    ] {
      try project.folder.write(text.replacingOccurrences(of: old, with: new), to: "a.md")
      let after = try Self.fingerprints(project)
      #expect(zip(before, after).count { $0 == $1 } == kept, "\(new)")
    }
  }

  @Test func aChangedByteOfDataChangesTheFingerprint() throws {
    let project = try TestProject([
      "a.md": SampleNotebook.table(), "data/table.csv": SampleNotebook.rows(),
    ])
    let before = try Self.fingerprints(project)
    try project.folder.write(
      SampleNotebook.rows().replacingOccurrences(of: "3.5,", with: "3.6,"), to: "data/table.csv")
    let after = try Self.fingerprints(project)
    #expect(before.count == after.count)
    #expect(zip(before, after).allSatisfy { $0 != $1 })
  }

  private static func fingerprints(_ project: TestProject) throws -> [String] {
    let outcome = try project.assay("plan", "--steps", "a.md")
    #expect(outcome.status == 0, "\(outcome.description)")
    return outcome.output.matches(of: /\b[0-9a-f]{12}\b/).map { String($0.output) }
  }
}
