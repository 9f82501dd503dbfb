import Foundation
import TestSupport
import Testing

/// The notebooks that are shipped, in a copy of the project: the same bytes with every instruction
/// set and any number of threads, and rendered documents that are notebooks.
@Suite(.serialized) struct ShippedNotebookTests {
  static let names =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: TestProject.repository.appendingPathComponent("notebooks").path)) ?? [])
    .filter { $0.hasSuffix(".md") }.sorted()

  /// Those that are rendered without being asked for by a profile of their own.
  static let published = names.filter { name in
    let place = TestProject.repository.appendingPathComponent("notebooks/\(name)")
    let text = (try? String(contentsOf: place, encoding: .utf8)) ?? ""
    return !text.contains("\nprofile: full\n")
  }

  @Test func thereAreThree() {
    #expect(Self.published.count >= 3)
  }

  @Test(arguments: names)
  func noneHasAFault(_ name: String) throws {
    let project = try TestProject.shipped()
    let outcome = try project.assay("lint", "notebooks/\(name)")
    #expect(outcome.status == 0, "\(outcome.description)")
  }

  @Test(arguments: published)
  func everyInstructionSetAndNumberOfThreadsGivesTheSameBytes(_ name: String) throws {
    let project = try TestProject.shipped()
    let sets = try Self.instructionSets(project)
    #expect(sets.contains("scalar"))
    let words = ["render", "--force", "notebooks/\(name)"] + (try Self.profile(of: name, project))
    let first = try Self.assay(words + ["--threads", "1"], project)
    // A short profile may miss what the notebook claims at full length.
    #expect([0, 2].contains(first.status), "\(first.description)")
    let expected = try project.outputs()
    for (set, threads) in sets.map({ ($0, 2) }) + [(sets[sets.count - 1], 3), ("scalar", 1)] {
      let folder = "\(set)-\(threads)"
      let outcome = try Self.assay(
        words + ["--threads", "\(threads)", "-o", folder], project, environment: ["ASSAY_ISA": set])
      #expect(outcome.status == first.status, "\(set): \(outcome.description)")
      #expect(
        differences(expected, try project.outputs(in: folder)) == [], "\(set), \(threads) threads")
    }
  }

  @Test(arguments: published)
  func aRenderedDocumentRendersToItself(_ name: String) throws {
    let project = try TestProject.shipped()
    let profile = try Self.profile(of: name, project)
    let first = try Self.assay(["render", "notebooks/\(name)"] + profile, project)
    let expected = try project.outputs()
    let document = name.dropLast(3) + ".smoke.md"
    let again = try Self.assay(
      ["render", "output/\(document)", "-o", "elsewhere"] + profile, project)
    #expect(again.status == first.status, "\(again.description)")
    #expect(differences(expected, try project.outputs(in: "elsewhere")) == [])
  }

  /// The short profile that every notebook has, so that slow instruction sets can be compared.
  private static func profile(of name: String, _ project: TestProject) throws -> [String] {
    let text = try project.folder.text("notebooks/\(name)")
    try #require(text.contains("smoke:"), "\(name) has no profile `smoke`")
    return ["--profile", "smoke"]
  }

  private static func assay(
    _ words: [String], _ project: TestProject, environment: [String: String] = [:]
  ) throws -> Command.Outcome {
    try Command.assay().run(words, in: project.folder.url, environment: environment)
  }

  static func instructionSets(_ project: TestProject) throws -> [String] {
    let outcome = try project.assay("doctor", "--instruction-sets")
    #expect(outcome.status == 0)
    return outcome.output.split(separator: "\n").map(String.init)
  }
}
