import Foundation
import TestSupport
import Testing

/// `assay store`, on a store that renders have filled.
@Suite struct StoreCommandTests {
  private func rendered() throws -> TestProject {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression(),
      "notebooks/t.md": SampleNotebook.table(),
      "data/table.csv": SampleNotebook.rows(),
    ])
    let outcome = try project.assay("render", "--quiet")
    #expect(outcome.status == 0, "\(outcome.description)")
    return project
  }

  /// Paths of the files of entries, sorted.
  private func entryFiles(_ project: TestProject) throws -> [String] {
    try project.folder.files(below: ".assay/store/v1").keys
      .filter { $0.split(separator: "/").count == 3 && $0.prefix { $0 != "/" }.count == 2 }
      .map { ".assay/store/v1/" + $0 }.sorted()
  }

  @Test func listingNamesStepsAndTheirUsers() throws {
    let project = try rendered()
    let text = try project.assay("store", "list").output
    for step in ["friedman", "fit.train#0", "fit.evaluate#0", "fit"] {
      #expect(text.contains("notebooks/a.md#\(step)\n"), "\(text)")
    }
    #expect(text.contains(" steps, "))
    let json = try project.assay("store", "list", "--format", "json").outputBytes
    let entries = try JSONSerialization.jsonObject(with: json) as? [[String: Any]]
    #expect(entries?.count == Set(try entryFiles(project).map { $0.dropLast(10).prefix(80) }).count)
    #expect(entries?.allSatisfy { $0["computed"] is String && $0["threads"] is Int } == true)
    let inside = try project.assay("store", "list", in: "notebooks")
    #expect(inside.output == text, "the root is found from below")
  }

  @Test(arguments: ["list", "verify", "prune", "path"])
  func aProjectThatIsNotThereIsNoEmptyOne(_ verb: String) throws {
    let project = try rendered()
    for place in ["nowhere", "/nonexistent/nowhere", "notebooks/a.md/below", ""] {
      let outcome = try project.assay("store", verb, "-C", place)
      #expect(outcome.status == 4, "\(place): \(outcome.description)")
      #expect(outcome.output == "")
      #expect(outcome.errors.contains("error[file.unreadable]: `\(place)` cannot be read: "))
    }
    for place in [".", "output", "notebooks/a.md"] {
      #expect(try project.assay("store", verb, "-C", place).status == 0, "\(place)")
    }
  }

  @Test func anEmptyProjectHasAnEmptyStore() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("store", "list").output == "0 steps, 0 B\n")
    for verb in ["verify", "prune"] {
      let outcome = try project.assay("store", verb)
      #expect(outcome.status == 0, "\(outcome.description)")
    }
    #expect(!project.folder.exists(".assay"))
  }

  @Test func pathsArePrinted() throws {
    let project = try rendered()
    let folder = project.folder.url(".assay/store").path
    #expect(try project.assay("store", "path").output == folder + "\n")
    let first = try #require(try entryFiles(project).first)
    let parts = first.split(separator: "/")
    let digits = parts[3] + parts[4]
    let found = try project.assay("store", "path", String(digits.prefix(16)))
    #expect(found.output == "\(folder)/v1/\(parts[3])/\(parts[4])\n")
    #expect(try project.assay("store", "path", String(digits)).output == found.output)
    #expect(try project.assay("store", "path", "xyz").status == 64)
    #expect(try project.assay("store", "path", "").status == 64)
  }

  @Test func theLogOfAResumedTrainingHasTheSecondsOfAllItsRuns() throws {
    let text = SampleNotebook.regression().replacingOccurrences(
      of: "epochs: 2", with: "epochs: 300_000")
    let project = try TestProject(["notebooks/a.md": text])
    func seconds() throws -> Double {
      let json = try project.assay("store", "list", "--format", "json").outputBytes
      let entries = try JSONSerialization.jsonObject(with: json) as? [[String: Any]] ?? []
      let training = try #require(entries.first { $0["kind"] as? String == "train" })
      return try #require(training["seconds"] as? Double)
    }
    let watch = Stopwatch()
    var cutOff = 0
    for _ in 0..<200 {
      let outcome = try project.assay(
        "render", "--quiet", "--limit", "time=300ms", "--checkpoint", "0.05")
      if outcome.status == 0 { break }
      #expect(outcome.status == 5, "\(outcome.description)")
      cutOff += 1
    }
    try #require(cutOff > 1, "the training is too short to be cut off")
    // No run took longer than 300 ms.
    let total = try seconds()
    #expect(total > 0.4, "\(total) s, cut off \(cutOff) times")
    #expect(total < watch.seconds, "cut off \(cutOff) times")

    let whole = try TestProject(["notebooks/a.md": text])
    #expect(try whole.assay("render", "--quiet", "--checkpoint", "0").status == 0)
    #expect(differences(try whole.outputs(), try project.outputs()) == [])
  }

  @Test func aDamagedEntryIsFoundAndComputedAgain() throws {
    let project = try rendered()
    let outputs = try project.outputs()
    #expect(try project.assay("store", "verify").status == 0)
    for file in try entryFiles(project) {
      var bytes = try project.folder.bytes(file)
      bytes[bytes.count / 2] ^= 0x10
      try project.folder.write(bytes, to: file)
    }
    let verification = try project.assay("store", "verify")
    #expect(verification.status == 1)
    #expect(verification.output.contains("damaged: "))
    let again = try project.assay("render", "--quiet")
    #expect(again.status == 0 && again.errors.contains("warning[store.damaged]"))
    #expect(differences(try project.outputs(), outputs) == [])
    let after = try project.assay("store", "verify")
    #expect(after.output.contains("set aside: "), "\(after.description)")
    #expect(try project.assay("store", "prune").status == 0)
    #expect(!(try project.assay("store", "verify").output.contains("set aside: ")))
  }

  @Test func pruningKeepsWhatNotebooksAndLedgersName() throws {
    let project = try rendered()
    let before = try entryFiles(project)
    #expect(try project.assay("store", "prune").output.contains("removed 0 steps"))
    #expect(try entryFiles(project) == before)

    try project.folder.write(SampleNotebook.regression(lr: "0.02"), to: "notebooks/a.md")
    #expect(try project.assay("render", "--quiet").status == 0)
    let both = try entryFiles(project)
    #expect(both.count > before.count)
    let dry = try project.assay("store", "prune", "--dry-run")
    #expect(dry.output.contains("would remove 3 steps"), "\(dry.description)")
    #expect(try entryFiles(project) == both)

    try project.folder.write("```experiment a\nnonsense: 1\n```\n", to: "notebooks/bad.md")
    #expect(try project.assay("store", "prune").status == 4)
    #expect(try entryFiles(project) == both, "no plan of a faulty notebook, no pruning")
    try FileManager.default.removeItem(at: project.folder.url("notebooks/bad.md"))

    #expect(try project.assay("store", "prune").output.contains("removed 3 steps"))
    #expect(try project.assay("store", "verify").status == 0)
    let again = try project.assay("render", "--quiet")
    #expect(again.status == 0)

    // The notebook goes, its ledger stays: what was published can still be had.
    try FileManager.default.removeItem(at: project.folder.url("notebooks/a.md"))
    #expect(try project.assay("store", "prune").output.contains("removed 0 steps"))
  }

  @Test func rendersAtOnceShareAStore() async throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
      for number in 0..<4 {
        group.addTask {
          try project.assay("render", "--quiet", "-o", "out\(number)").status
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == [0, 0, 0, 0])
    let first = try project.outputs(in: "out0")
    for number in 1..<4 {
      #expect(differences(first, try project.outputs(in: "out\(number)")) == [])
    }
    let verification = try project.assay("store", "verify")
    #expect(verification.status == 0 && verification.output.contains("4 sound steps"))
    #expect(verification.output.contains("0 damaged, 0 left unfinished, 0 set aside"))
  }

  @Test func aStoreThatCannotBeWrittenIsToldOnceAndChangesNothingElse() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression(), ".assay": "a file",
    ])
    let outcome = try project.assay("render", "--quiet")
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(outcome.errors.components(separatedBy: "store.unwritable").count == 2)
    #expect(try project.outputs().count == 3)
  }
}
