import Diagnostics
import Execution
import Experiments
import Foundation
import JSON
import Notebooks
import TestSupport
import Testing

/// Data files are read once, and again exactly when they may have changed.
@Suite struct DataFileMemoryTests {
  private static let path = "data/table.csv"

  private func project(rows: Int = 24) throws -> TemporaryFolder {
    let folder = try TemporaryFolder("memory")
    try folder.write("", to: "assay.yaml")
    try folder.write(Self.table(rows), to: Self.path)
    return folder
  }

  private static func table(_ rows: Int, digit: Int = 5) -> String {
    "x,y,kind\n"
      + (0..<rows).map { "\($0).\(digit),\(($0 * 7) % 11),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
  }

  private struct Planned {
    let plan: Plan
    let notebook: ExperimentNotebook
    let data: DatasetCatalog
    let diagnostics: [Diagnostic]

    var fingerprints: [Fingerprint] { plan.steps.map(\.fingerprint) }
  }

  /// Plans a notebook with two data sets of one file, and a training on the first.
  private func plan(
    _ folder: TemporaryFolder, access: Store.Access? = .readWrite, features: String = "[x, y]"
  ) -> Planned {
    let text = """
      ```experiment first
      dataset: {csv: \(Self.path), label: kind, features: \(features)}
      ```

      ```experiment second
      dataset: {csv: \(Self.path), target: y, features: [x], standardize: true}
      ```

      ```experiment fit
      train:
        model: {sequential: [linear: {out_features: 2}]}
        data: first
        epochs: 1
      ```
      """
    let (notebook, _) = ExperimentNotebook.decode(
      Notebook.parse(SourceFile(path: "a.md", text: text)).notebook)
    let root = ProjectRoot(containing: folder.url("assay.yaml").path)
    let memory = access.map {
      DataFileMemory(Store(directory: Store.directory(of: root), access: $0))
    }
    var data = DatasetCatalog(root: root, memory: memory)
    let (plan, diagnostics) = Plan.make(
      notebook: notebook, numericsVersion: Machine.numericsVersion
    ) { data.facts(for: $0) }
    return Planned(plan: plan, notebook: notebook, data: data, diagnostics: diagnostics)
  }

  /// Puts the time of the memory's files so many seconds after now, as if time had passed.
  private func age(_ folder: TemporaryFolder, by seconds: Double = 10) throws {
    for file in try memories(folder) {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: seconds)], ofItemAtPath: file.path)
    }
  }

  /// Older systems give changes within some milliseconds the same time.
  private func waitForTheNextTick() { usleep(20_000) }

  private func memories(_ folder: TemporaryFolder) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: folder.url(".assay/store/v1/files"), includingPropertiesForKeys: nil)
  }

  @Test func anUnchangedFileIsNotReadAgain() throws {
    let folder = try project()
    let first = plan(folder)
    #expect(first.diagnostics.filter(\.isError).isEmpty && first.data.filesRead == 1)
    try age(folder)
    let again = plan(folder)
    #expect(again.data.filesRead == 0)
    #expect(again.fingerprints == first.fingerprints)
    #expect(plan(folder, access: nil).data.filesRead == 1, "without memory every file is read")
    #expect(plan(folder, access: nil).fingerprints == first.fingerprints)
  }

  @Test func aYoungMemoryIsNotBelieved() throws {
    let folder = try project()
    let first = plan(folder)
    // The same size, and within the same tick perhaps the same times.
    try folder.write(Self.table(24, digit: 6), to: Self.path)
    let second = plan(folder)
    #expect(second.data.filesRead == 1)
    #expect(second.fingerprints != first.fingerprints)
    try age(folder, by: 0)
    #expect(plan(folder).data.filesRead == 1, "hardly older than the file")
    try age(folder)
    #expect(plan(folder).data.filesRead == 0)
    #expect(plan(folder).fingerprints == second.fingerprints)
  }

  @Test func aFileThatIsReadAgainAndIsTheSameKeepsItsFacts() throws {
    let folder = try project()
    let first = plan(folder)
    try age(folder, by: -100)
    let second = plan(folder)
    #expect(second.data.filesRead == 1 && second.fingerprints == first.fingerprints)
    try age(folder)
    #expect(plan(folder).data.filesRead == 0)
  }

  @Test func timesThatWerePutBackDoNotHideAChange() throws {
    let folder = try project()
    let before = plan(folder)
    let file = folder.url(Self.path).path
    let times = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate]
    try age(folder, by: 100)
    waitForTheNextTick()
    // In place: the same inode, size and time of modification.
    let handle = try FileHandle(forWritingTo: folder.url(Self.path))
    try handle.seek(toOffset: 11)
    try handle.write(contentsOf: Data("7".utf8))
    try handle.close()
    try FileManager.default.setAttributes(
      [.modificationDate: times as Any], ofItemAtPath: file)
    let after = plan(folder)
    #expect(after.data.filesRead == 1)
    #expect(after.fingerprints != before.fingerprints)
  }

  @Test func aClockThatWentBackCostsAReadingAndNoMore() throws {
    let folder = try project()
    let first = plan(folder)
    // The memory seems older than the file: written under a clock that was behind.
    try age(folder, by: -1_000_000)
    #expect(plan(folder).data.filesRead == 1)
    try age(folder, by: 1_000_000)
    #expect(plan(folder).data.filesRead == 0)
    waitForTheNextTick()
    try folder.write(Self.table(24, digit: 8), to: Self.path)
    let changed = plan(folder)
    #expect(changed.data.filesRead == 1 && changed.fingerprints != first.fingerprints)
  }

  @Test func anotherDataSetOfAKnownFileReadsIt() throws {
    let folder = try project()
    let first = plan(folder)
    try age(folder)
    let other = plan(folder, features: "[y]")
    #expect(other.data.filesRead == 1 && other.fingerprints != first.fingerprints)
    try age(folder)
    #expect(plan(folder).data.filesRead == 0 && plan(folder, features: "[y]").data.filesRead == 0)
  }

  @Test func aMemoryForReadingOnlyIsReadAndNotWritten() throws {
    let folder = try project()
    #expect(plan(folder, access: .readOnly).data.filesRead == 1)
    #expect(!folder.exists(".assay"))
    _ = plan(folder)
    try age(folder)
    #expect(plan(folder, access: .readOnly).data.filesRead == 0)
  }

  @Test func rowsAreReadWhenARunNeedsThem() throws {
    let folder = try project()
    let machine = try Machine.selected(instructionSet: nil, threads: 1).get()
    let first = plan(folder)
    let run = Run(first.plan, notebook: first.notebook, data: first.data, machine: machine)
    try age(folder)
    let again = plan(folder)
    #expect(again.data.filesRead == 0)
    let rerun = Run(again.plan, notebook: again.notebook, data: again.data, machine: machine)
    #expect(rerun.failures.map(\.message) == [])
    #expect(rerun.results.mapValues { $0.encoded() } == run.results.mapValues { $0.encoded() })
    #expect(again.data.filesRead == 1)
  }

  @Test func aFileThatChangedSinceThePlanFailsItsBlock() throws {
    let folder = try project()
    let machine = try Machine.selected(instructionSet: nil, threads: 1).get()
    _ = plan(folder)
    try age(folder)
    for change in ["edited", "gone"] {
      try folder.write(Self.table(24), to: Self.path)
      _ = plan(folder)
      try age(folder)
      let planned = plan(folder)
      #expect(planned.data.filesRead == 0)
      if change == "edited" {
        try folder.write(Self.table(25), to: Self.path)
      } else {
        try FileManager.default.removeItem(at: folder.url(Self.path))
      }
      let run = Run(planned.plan, notebook: planned.notebook, data: planned.data, machine: machine)
      #expect(Set(run.failures.map(\.id)) == ["data.changed"], "\(change)")
      #expect(run.results.isEmpty)
    }
  }

  @Test func aDamagedMemoryIsNoMemory() throws {
    let folder = try project()
    let first = plan(folder)
    try age(folder)
    let file = try #require(try memories(folder).first)
    let original = [UInt8](try Data(contentsOf: file))
    var random = StoreRandom(seed: 41)
    for round in 0..<150 {
      let bytes =
        round < 100
        ? StorePayloadTests.mutated(original, &random)
        : Array((0..<random.below(600)).map { _ in UInt8(truncatingIfNeeded: random.next()) })
      if bytes == original { continue }
      try Data(bytes).write(to: file)
      try age(folder)
      let planned = plan(folder, access: .readOnly)
      #expect(planned.data.filesRead == 1 && planned.fingerprints == first.fingerprints)
    }
    let store = Store(
      directory: Store.directory(of: ProjectRoot(containing: folder.url("assay.yaml").path)))
    #expect(!store.verify().isClean)
  }

  @Test func hostileRecordsThatProveThemselvesAreReadWithoutATrap() throws {
    let folder = try project()
    _ = plan(folder)
    try age(folder)
    let file = try #require(try memories(folder).first)
    let numbers: [CanonicalJSON] = [
      .integer(.max), .integer(.min), .integer(-1), .double(.nan), .null, .string("x"),
    ]
    for number in numbers {
      let rows = CanonicalJSON.array([number, number, number])
      try Data(
        SealedJSON.bytes([
          "bytes": number, "changed": .array([number, number]), "data": .string(Self.path),
          "facts": .array([
            .object(["features": number, "request": .string(""), "rows": rows, "width": number])
          ]), "format": .integer(1), "inode": .string("1"),
          "modified": .array([number, number]),
          "sha256": .string(String(repeating: "0", count: 64)),
        ])
      ).write(to: file)
      try age(folder)
      #expect(plan(folder).data.filesRead == 1)
    }
  }
}
