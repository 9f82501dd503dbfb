import Diagnostics
import Execution
import Experiments
import Foundation
import TestSupport
import Testing

/// The store when the machine does not do as it should.
@Suite struct StoreFaultTests {
  private func entry(_ kind: Step.Kind, seed: UInt64) -> StoreEntry {
    var random = StoreRandom(seed: seed)
    return StoreSample.entry(kind, &random)
  }

  @Test(arguments: [".assay", ".assay/store", ".assay/store/v1", ".assay/store/v1/new"])
  func aFileWhereAFolderShouldBeMeansNoStore(_ path: String) throws {
    let folder = try TemporaryFolder("faults")
    try folder.write("a file", to: path)
    let entry = entry(.combine, seed: 31)
    #expect(throws: WriteFailure.self) { try folder.store.write(entry) }
    let (found, warning) = folder.store.entry(entry.fingerprint)
    #expect(found == nil && warning == nil)
    _ = folder.store.verify()
    _ = folder.store.prune(keeping: [])
    #expect(try folder.text(path) == "a file")
    let writer = StoreWriter(folder.store)
    writer.write(entry)
    writer.write(entry)
    let failure = try #require(writer.finish())
    let diagnostic = Diagnostic.unwritableStore(failure)
    #expect(diagnostic.severity == .warning && diagnostic.id == "store.unwritable")
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aReadOnlyFolderIsReadAndNotWritten() throws {
    let folder = try TemporaryFolder("faults")
    let first = entry(.combine, seed: 32)
    try folder.store.write(first)
    let new = folder.store.directory + "/v1/new"
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: new)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: new) }
    #expect(throws: WriteFailure.self) { try folder.store.write(entry(.combine, seed: 33)) }
    #expect(folder.store.entry(first.fingerprint).entry != nil)
  }

  @Test func whatPruningCannotRemoveIsNotFreed() throws {
    let folder = try TemporaryFolder("faults")
    try folder.store.write(entry(.train, seed: 36))
    try folder.store.write(entry(.combine, seed: 37))
    let size = folder.store.listing().reduce(0) { $0 + $1.byteCount }
    let pruning = folder.readOnlyStore.prune(keeping: [])
    #expect(pruning.byteCount == 0 && pruning.entries.isEmpty)
    #expect(pruning.failures.count == 2 && folder.store.verify().sound == 2)
    #expect(folder.readOnlyStore.prune(keeping: [], isDryRun: true).byteCount == size)
    #expect(folder.store.prune(keeping: []).byteCount == size)
  }

  /// Needs the right to mount; elsewhere it is left out.
  @Test func aFullDiskKeepsEarlierEntriesAndLeavesNothingHalf() throws {
    let folder = try TemporaryFolder("faults")
    let place = folder.url("disk").path
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    guard mount("tmpfs", place, "tmpfs", 0, "size=96k") == 0 else { return }
    defer { umount2(place, Int32(MNT_DETACH)) }
    let store = Store(directory: place + "/store")
    var kept: [StoreEntry] = []
    var failure: WriteFailure?
    for seed in 100..<400 as Range<UInt64> where failure == nil {
      let entry = entry(.train, seed: seed)
      do {
        try store.write(entry)
        kept.append(entry)
      } catch {
        failure = error
      }
    }
    #expect(failure?.reason == "No space left on device")
    #expect(kept.count > 0)
    #expect(kept.allSatisfy { store.entry($0.fingerprint).entry != nil })
    let verification = store.verify()
    #expect(verification.isClean && verification.sound == kept.count)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place + "/store/v1/new") == [])
    // Room again: writing goes on.
    let pruning = store.prune(keeping: Set(kept.prefix(1).map(\.fingerprint)))
    #expect(pruning.entries.count == kept.count - 1 && pruning.failures == [])
    try store.write(entry(.train, seed: 999))
    #expect(store.verify().sound == 2)
  }

  @Test func whatDeadProcessesLeftIsReportedAndPruned() throws {
    let folder = try TemporaryFolder("faults")
    let store = folder.store
    try store.write(entry(.combine, seed: 34))
    let own = Leftover.newName()
    let parts = own.split(separator: "-")
    // No process has the largest number; another machine's process may well be alive.
    let dead = "2147483647-\(parts[1])-1"
    let elsewhere = "2147483647-00000000-1"
    let old = "2147483647-00000000-2"
    for name in [own, dead, elsewhere, old] {
      try folder.write("half", to: ".assay/store/v1/new/\(name)/result.json")
    }
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -200_000)],
      ofItemAtPath: store.directory + "/v1/new/\(old)")
    // A clock that went back makes things younger than new, never old.
    let future = "2147483647-00000000-3"
    try folder.write("half", to: ".assay/store/v1/new/\(future)/result.json")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: 900_000_000)],
      ofItemAtPath: store.directory + "/v1/new/\(future)")

    let verification = store.verify()
    #expect(verification.isClean)
    #expect(
      verification.leftovers.map { ($0 as NSString).lastPathComponent }.sorted()
        == [dead, old].sorted())
    let dry = store.prune(keeping: [], isDryRun: true)
    #expect(dry.leftovers.count == 2 && dry.entries.count == 1)
    #expect(store.verify().leftovers.count == 2)
    #expect(store.prune(keeping: []).leftovers.count == 2)
    let left = try FileManager.default.contentsOfDirectory(atPath: store.directory + "/v1/new")
    #expect(left.sorted() == [own, elsewhere, future].sorted())
  }

  @Test func pruningKeepsWhatIsNamedAndTrainingsInProgress() throws {
    let folder = try TemporaryFolder("faults")
    let store = folder.store
    let entries = (40..<48).map { entry(.combine, seed: $0) }
    for entry in entries { try store.write(entry) }
    let (running, gone) = (entry(.train, seed: 50), entry(.train, seed: 51))
    for fingerprint in [running.fingerprint, gone.fingerprint, entries[0].fingerprint] {
      let path = store.checkpointPath(of: fingerprint)
      let name = path.dropFirst(folder.url.path.count + 1)
      try folder.write("{", to: String(name))
    }
    let kept = Set(entries.prefix(3).map(\.fingerprint) + [running.fingerprint])
    let pruning = store.prune(keeping: kept)
    #expect(pruning.kept == 3 && pruning.entries.count == 5)
    #expect(pruning.checkpoints.count == 2, "of a training that ended, and of one nobody names")
    #expect(pruning.byteCount > 0 && pruning.failures == [])
    #expect(store.listing().map(\.fingerprint) == kept.filter(store.contains).sorted(by: order))
    #expect(FileManager.default.fileExists(atPath: store.checkpointPath(of: running.fingerprint)))
    #expect(store.fingerprints(beginning: entries[0].fingerprint.prefix(10)).count == 1)
    #expect(store.fingerprints(beginning: entries[7].fingerprint.prefix(10)).isEmpty)
    #expect(store.fingerprints(beginning: "").count == 3)
  }

  private func order(_ first: Fingerprint, _ second: Fingerprint) -> Bool {
    first.hexadecimal < second.hexadecimal
  }

  @Test func pruningFollowsNoLink() throws {
    let folder = try TemporaryFolder("faults")
    let store = folder.store
    let entry = entry(.combine, seed: 60)
    try store.write(entry)
    try folder.write("precious", to: "elsewhere/file")
    for place in [store.path(of: entry.fingerprint) + "/link", store.directory + "/v1/damaged"] {
      try FileManager.default.createSymbolicLink(
        atPath: place, withDestinationPath: folder.url("elsewhere").path)
    }
    let pruning = store.prune(keeping: [])
    #expect(pruning.entries.count == 1)
    #expect(try folder.text("elsewhere/file") == "precious")
  }
}
