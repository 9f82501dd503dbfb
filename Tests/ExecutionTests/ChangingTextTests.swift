import Diagnostics
import Execution
import Experiments
import Foundation
import TestSupport
import Testing

/// Texts in files that are mapped, and changed while a run looks at them: no result of mixed bytes.
@Suite struct ChangingTextTests {
  private static let path = "data/texts.txt"

  private static let notebook = """
    ```experiment texts
    dataset: {text: \(path), document: line, split: {train: 0.5, validation: 0.25, test: 0.25}}
    ```

    ```experiment fit
    train:
      model:
        bert: {vocab_size: 70, hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2,
               intermediate_size: 32, max_position_embeddings: 40}
      data: texts
      objective: [masked_language_model]
      max_seq_length: 32
      epochs: 1
      batch_size: 8
    ```

    """

  /// Several pages, so that a shorter file lacks whole ones.
  private static let text = (0..<600).map { index in
    "The \(["warm", "cold", "old"][index % 3]) \(["sea", "hill"][index % 2]) sings. It is deep.\n"
  }.joined()

  private static func project() throws -> NotebookProject {
    let project = try NotebookProject([path: text])
    try project.age(path)
    return project
  }

  /// Every file is mapped.
  private static func planned(_ project: NotebookProject) -> NotebookProject.Planned {
    project.planned(notebook, mappedFrom: 0)
  }

  @Test func aMappedTextTakesNoMemoryOfItsOwn() throws {
    let project = try Self.project()
    func text(_ mappedFrom: Int) -> TextFacts? {
      for case .prepare(_, _, let facts) in project.planned(Self.notebook, mappedFrom: mappedFrom)
        .plan.steps.map(\.work)
      { return facts.text }
      return nil
    }
    let (mapped, read) = (try #require(text(0)), try #require(text(1 << 20)))
    #expect(mapped.residentBytes == 0)
    #expect(read.residentBytes == Self.text.utf8.count)
    #expect(mapped.bytes == read.bytes && mapped.sentences == read.sentences)
  }

  /// Ways to change a file that is open elsewhere; one that replaces it by renaming is none.
  private static let changes: [(name: String, change: @Sendable (FileHandle) throws -> Void)] = [
    ("cut", { try $0.truncate(atOffset: 100) }),
    ("emptied", { try $0.truncate(atOffset: 0) }),
    (
      "rewritten",
      {
        try $0.seek(toOffset: 4)
        try $0.write(contentsOf: Data("cold".utf8))
      }
    ),
    (
      "longer",
      {
        try $0.seekToEnd()
        try $0.write(contentsOf: Data("More.\n".utf8))
      }
    ),
  ]

  private static func change(
    _ project: NotebookProject, _ change: (FileHandle) throws -> Void
  ) throws {
    let handle = try FileHandle(forUpdating: project.folder.url(path))
    try change(handle)
    try handle.close()
  }

  private static func storedKinds(_ project: NotebookProject) -> Set<Step.Kind> {
    Set(project.folder.store.listing().compactMap { $0.provenance?.kind })
  }

  @Test(arguments: changes.indices)
  func aFileThatChangesBetweenPlanAndRunFailsAndLeavesNothing(_ index: Int) throws {
    let project = try Self.project()
    let planned = Self.planned(project)
    try Self.change(project, Self.changes[index].change)
    let run = try planned.run(RunOptions(store: project.folder.store, jobs: 1))
    #expect(Set(run.failures.map(\.id)) == ["data.changed"], "\(Self.changes[index].name)")
    #expect(run.results.isEmpty)
    #expect(Self.storedKinds(project) == [])
  }

  @Test(arguments: changes.indices)
  func aFileThatChangesWhileAModelLearnsFromItFailsTheTraining(_ index: Int) throws {
    let project = try Self.project()
    let expected = try Self.planned(project).run().bytes
    #expect(expected["fit"] != nil && expected["texts"] != nil)

    let planned = Self.planned(project)
    let options = RunOptions(store: project.folder.store, jobs: 1)
    let run = try planned.run(options) { progress in
      guard case .began(let id, _, _) = progress, id.description == "fit.train#0" else { return }
      do {
        try Self.change(project, Self.changes[index].change)
      } catch {
        Issue.record("\(error)")
      }
    }
    #expect(run.failures.map(\.id) == ["data.changed"], "\(Self.changes[index].name)")
    #expect(run.results["fit"] == nil)
    #expect(!Self.storedKinds(project).contains(.train))

    // Restored, it is the file that it was; what was kept before the change is its.
    try project.folder.write(Self.text, to: Self.path)
    let restored = try Self.planned(project).run(options)
    #expect(restored.failures.map(\.message) == [])
    #expect(restored.bytes == expected)
  }

  @Test func aMappedFileGivesTheResultsOfOneThatIsRead() throws {
    let project = try Self.project()
    let mapped = try Self.planned(project).run().bytes
    #expect(try project.planned(Self.notebook).run().bytes == mapped)
  }

  @Test func aFileThatIsReplacedByRenamingStaysAsItWasForARunningRun() throws {
    let project = try Self.project()
    let expected = try Self.planned(project).run().bytes
    let planned = Self.planned(project)
    // Atomic writing is renaming.
    try Data("Another text.\n".utf8).write(to: project.folder.url(Self.path), options: .atomic)
    #expect(try planned.run().bytes == expected)
  }
}
