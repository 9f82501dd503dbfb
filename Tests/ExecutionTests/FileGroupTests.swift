import Execution
import Foundation
import TestSupport
import Testing

/// Files that belong together: replaced together, by a process that may die, beside others.
@Suite struct FileGroupTests {
  private let folder: TemporaryFolder
  private let group: FileGroup
  private let paths: [String]

  init() throws {
    let folder = try TemporaryFolder("group")
    self.folder = folder
    paths = ["out/a.md", "out/a.html", "out/a.ledger.json"].map { folder.url($0).path }
    group = FileGroup(paths, journal: folder.url("out/a.unfinished.json").path)
  }

  private func files(_ edition: String) -> [(path: String, bytes: [UInt8])] {
    paths.map { ($0, Array("\(edition) of \($0)\n".utf8)) }
  }

  private func names() throws -> [String] { try folder.files().keys.sorted() }

  private static let wanted = ["out/a.html", "out/a.ledger.json", "out/a.md"]

  @Test func allFilesAreReplacedAndNothingIsLeftBeside() throws {
    try #require(try group.replace(files("one")) == paths)
    #expect(try group.replace(files("two")) == paths)
    #expect(try names() == Self.wanted)
    let contents = group.contents(limit: 1000)
    #expect(!contents.isUnfinished)
    for (path, bytes) in files("two") { #expect(contents[path] == bytes) }
  }

  @Test func aFileThatIsTheSameIsNotTouched() throws {
    try group.replace(files("one"))
    var changed = files("one")
    changed[1].bytes = Array("another".utf8)
    let before = try FileManager.default.attributesOfItem(atPath: paths[0])
    #expect(try group.replace(changed) == [paths[1]])
    let after = try FileManager.default.attributesOfItem(atPath: paths[0])
    #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
  }

  @Test func aFailureLeavesTheOldFilesAndNothingElse() throws {
    try group.replace(files("one"))
    // A folder in the place of a file: it can be neither read nor replaced.
    try FileManager.default.removeItem(atPath: paths[2])
    try FileManager.default.createDirectory(
      atPath: paths[2] + "/x", withIntermediateDirectories: true)
    #expect(throws: WriteFailure.self) { try group.replace(files("two")) }
    try FileManager.default.removeItem(atPath: paths[2])
    // What had been renamed before the failure is finished, or taken back.
    try group.finish()
    let found = try folder.files()
    #expect(found.keys.allSatisfy { !$0.hasSuffix(".tmp") && !$0.hasSuffix("unfinished.json") })
  }

  @Test func whatDeadProcessesWereWritingIsRemovedAndWhatTheLivingWriteIsNot() throws {
    try group.replace(files("one"))
    let living = Leftover.newName()
    let parts = living.split(separator: "-").map(String.init)
    // A process number that no Linux gives away.
    let dead = "4194304-\(parts[1])-\(parts[2])"
    for token in [living, dead] { try folder.write("half", to: "out/a.md.\(token).tmp") }
    try folder.write("mine", to: "out/notes.tmp")
    try group.finish()
    #expect(
      try names() == (Self.wanted + ["out/a.md.\(living).tmp", "out/notes.tmp"]).sorted())
  }

  @Test func aJournalThatIsDamagedMovesNothing() throws {
    try group.replace(files("one"))
    try folder.write("{\"files\": [], \"format\": 1}\n", to: "out/a.unfinished.json")
    #expect(!group.contents(limit: 1000).isUnfinished)
    #expect(try !group.finish())
    #expect(try names() == Self.wanted)
    for (path, bytes) in files("one") { #expect(group.contents(limit: 1000)[path] == bytes) }
  }

  @Test func aWriterWaitsForTheOneThatHasTheLock() throws {
    let lock = try group.lock()
    let other = group
    let files = files("one")
    let done = DispatchSemaphore(value: 0)
    Thread {
      let own = try? other.lock()
      _ = try? other.replace(files)
      own?.release()
      done.signal()
    }.start()
    #expect(done.wait(timeout: .now() + 0.3) == .timedOut, "the lock keeps nobody out")
    lock.release()
    #expect(done.wait(timeout: .now() + 20) == .success)
    #expect(try names() == Self.wanted)
  }
}
