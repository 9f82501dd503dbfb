import Diagnostics
import Execution
import Experiments
import Foundation
import JSON
import TestSupport
import Testing

/// Whatever happens to the files of an entry, it is found, set aside and never used.
@Suite struct StoreDamageTests {
  private func stored(
    _ kind: Step.Kind, seed: UInt64
  ) throws -> (folder: TemporaryFolder, entry: StoreEntry, place: URL) {
    let folder = try TemporaryFolder("damage")
    var random = StoreRandom(seed: seed)
    let entry = StoreSample.entry(kind, &random)
    try folder.store.write(entry)
    return (folder, entry, URL(fileURLWithPath: folder.store.path(of: entry.fingerprint)))
  }

  @Test(arguments: [Step.Kind.train, .evaluate, .combine])
  func aChangedByteAtAnyPlaceOfAnyFileIsFound(_ kind: Step.Kind) throws {
    let (folder, entry, place) = try stored(kind, seed: 21)
    let (reader, store) = (folder.readOnlyStore, folder.store)
    var random = StoreRandom(seed: 22)
    for name in try FileManager.default.contentsOfDirectory(atPath: place.path).sorted() {
      let file = place.appendingPathComponent(name)
      let original = [UInt8](try Data(contentsOf: file))
      for position in original.indices {
        for change in [UInt8(1) << UInt8(random.below(8)), 0x20, 0xFF] {
          var bytes = original
          bytes[position] ^= change
          try Data(bytes).write(to: file)
          let (found, warning) = reader.entry(entry.fingerprint)
          #expect(found == nil && warning?.id == "store.damaged", "\(name), byte \(position)")
        }
        if position % 37 == 0 { #expect(!store.verify().isClean, "\(name), byte \(position)") }
      }
      for count in [0, 1, original.count / 2, original.count - 1] where count < original.count {
        try Data(original.prefix(count)).write(to: file)
        #expect(reader.entry(entry.fingerprint).entry == nil, "\(name), \(count) bytes")
        #expect(!store.verify().isClean)
      }
      try Data(original + [0x0A]).write(to: file)
      #expect(reader.entry(entry.fingerprint).entry == nil, "\(name), a byte more")
      try Data(original).write(to: file)
    }
    #expect(reader.entry(entry.fingerprint).entry?.payload.isSame(as: entry.payload) == true)
    #expect(store.verify().isClean)
  }

  @Test func aDamagedEntryIsSetAsideAndWrittenAgain() throws {
    let (folder, entry, place) = try stored(.combine, seed: 23)
    for round in 1...3 {
      try Data("x".utf8).write(to: place.appendingPathComponent("result.json"))
      let (found, warning) = folder.store.entry(entry.fingerprint)
      #expect(found == nil)
      #expect(warning?.severity == .warning && warning?.id == "store.damaged")
      #expect(folder.store.entry(entry.fingerprint).warning == nil, "told once")
      let aside = ".assay/store/v1/damaged/\(entry.fingerprint.hexadecimal)-\(round)"
      #expect(folder.exists(aside + "/entry.json"))
      try folder.store.write(entry)
      #expect(folder.store.entry(entry.fingerprint).entry != nil)
    }
    let verification = folder.store.verify()
    #expect(verification.isClean && verification.setAside.count == 3)
  }

  @Test func writingTakesThePlaceOfADamagedEntry() throws {
    let (folder, entry, place) = try stored(.train, seed: 24)
    try Data().write(to: place.appendingPathComponent("weights.safetensors"))
    try folder.store.write(entry)
    #expect(folder.store.entry(entry.fingerprint).entry != nil)
    #expect(folder.store.verify().setAside.count == 1)
  }

  /// What stands in the place of an entry, or of one of its files.
  enum Intruder: String, CaseIterable {
    case anotherEntry, emptyFolder, file, linkToFolder, folderForFile, linkForFile, pipeForFile
    case hugeFile, missingFile, moreFiles, format2, binaryNoise, textOfNothing
  }

  @Test(arguments: Intruder.allCases)
  func whatIsNoEntryOfTheStoreIsSetAside(_ intruder: Intruder) throws {
    let (folder, entry, place) = try stored(.combine, seed: 25)
    let files = FileManager.default
    let result = place.appendingPathComponent("result.json")
    switch intruder {
    case .anotherEntry:
      var random = StoreRandom(seed: 26)
      let other = StoreSample.entry(.combine, &random)
      try folder.store.write(other)
      try files.removeItem(at: place)
      try files.moveItem(atPath: folder.store.path(of: other.fingerprint), toPath: place.path)
    case .emptyFolder:
      try files.removeItem(at: place)
      try files.createDirectory(at: place, withIntermediateDirectories: false)
    case .file:
      try files.removeItem(at: place)
      try Data("a file".utf8).write(to: place)
    case .linkToFolder:
      try files.moveItem(at: place, to: folder.url("elsewhere"))
      try files.createSymbolicLink(at: place, withDestinationURL: folder.url("elsewhere"))
    case .folderForFile:
      try files.removeItem(at: result)
      try files.createDirectory(at: result, withIntermediateDirectories: false)
    case .linkForFile:
      try files.moveItem(at: result, to: folder.url("result"))
      try files.createSymbolicLink(at: result, withDestinationURL: folder.url("result"))
    case .pipeForFile:
      try files.removeItem(at: result)
      #expect(mkfifo(result.path, 0o600) == 0)
    case .hugeFile: #expect(truncate(result.path, 1 << 40) == 0)
    case .missingFile: try files.removeItem(at: result)
    case .moreFiles: try Data().write(to: place.appendingPathComponent("notes.txt"))
    case .format2:
      try Data(SealedJSON.bytes(["format": .integer(2)]))
        .write(to: place.appendingPathComponent("entry.json"))
    case .binaryNoise:
      try Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167) })
        .write(to: place.appendingPathComponent("entry.json"))
    case .textOfNothing: try Data().write(to: place.appendingPathComponent("entry.json"))
    }
    #expect(!folder.store.verify().isClean)
    if intruder != .moreFiles {
      let (found, warning) = folder.store.entry(entry.fingerprint)
      #expect(found == nil && warning?.id == "store.damaged")
      #expect(folder.store.verify().setAside.count == 1)
      try folder.store.write(entry)
    }
    #expect(folder.store.entry(entry.fingerprint).entry != nil)
    let pruning = folder.store.prune(keeping: [entry.fingerprint])
    #expect(pruning.failures == [] && pruning.kept >= 1)
    if intruder == .linkToFolder { #expect(folder.exists("elsewhere/entry.json")) }
  }

  @Test func mutatedButSealedEntriesAreRefusedWithoutATrap() throws {
    let (folder, entry, place) = try stored(.train, seed: 27)
    let file = place.appendingPathComponent("entry.json")
    let original = try String(contentsOf: file, encoding: .utf8)
    var random = StoreRandom(seed: 28)
    let values: [CanonicalJSON] = [
      .null, .bool(true), .integer(-1), .integer(.max), .double(1e300), .string("x"), .array([]),
      .object([:]), .object(["log.json": .object(["bytes": .integer(-5), "sha256": .string("")])]),
    ]
    for _ in 0..<200 {
      var members: [String: CanonicalJSON] = [:]
      for key in ["files", "fingerprint", "format", "kind", "provenance"] {
        switch random.below(3) {
        case 0: members[key] = values[random.below(values.count)]
        case 1 where key == "fingerprint": members[key] = .string(entry.fingerprint.hexadecimal)
        case 1 where key == "format": members[key] = .integer(1)
        case 1 where key == "kind": members[key] = .string("train")
        default: break
        }
      }
      try Data(SealedJSON.bytes(members)).write(to: file)
      let (found, warning) = folder.readOnlyStore.entry(entry.fingerprint)
      #expect(found == nil && warning?.id == "store.damaged")
    }
    try Data(original.utf8).write(to: file)
    #expect(folder.readOnlyStore.entry(entry.fingerprint).entry != nil)
  }
}
