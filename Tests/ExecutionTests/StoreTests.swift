import Diagnostics
import Digests
import Execution
import Experiments
import Foundation
import TestSupport
import Testing

@Suite struct StoreTests {
  @Test(arguments: Step.Kind.allCases, [1, 2, 3] as [UInt64])
  func whatWasWrittenIsRead(_ kind: Step.Kind, _ seed: UInt64) throws {
    let folder = try TemporaryFolder("store")
    let store = folder.store
    var random = StoreRandom(seed: seed)
    let entry = StoreSample.entry(kind, &random)
    #expect(store.entry(entry.fingerprint).entry == nil)
    #expect(!store.contains(entry.fingerprint))
    #expect(!folder.exists(".assay"), "reading makes nothing")

    try store.write(entry)
    #expect(store.contains(entry.fingerprint))
    let (found, warning) = folder.readOnlyStore.entry(entry.fingerprint)
    #expect(warning == nil)
    let read = try #require(found)
    #expect(read.payload.isSame(as: entry.payload))
    #expect(read.log == entry.log)
    #expect(read.kind == kind)
    #expect(read.provenance.fields == entry.provenance.fields)
    #expect(read.provenance.inputs.map(\.step) == entry.provenance.inputs.map(\.step))
    #expect(read.provenance == entry.provenance && read.provenance.file == entry.provenance.file)
    #expect(store.provenance(of: entry.fingerprint) == entry.provenance)
    #expect(store.log(of: entry.fingerprint) == entry.log)

    let verification = store.verify()
    #expect(verification.isClean && verification.sound == 1 && verification.foreign == [])
    #expect(try folder.text(".assay/.gitignore") == "*\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.directory + "/v1/new") == [])
  }

  @Test func anEntryIsAFolderOfReadableFiles() throws {
    let folder = try TemporaryFolder("store")
    var random = StoreRandom(seed: 4)
    let entry = StoreSample.entry(.train, &random)
    try folder.store.write(entry)
    let digits = entry.fingerprint.hexadecimal
    let place = ".assay/store/v1/\(digits.prefix(2))/\(digits.dropFirst(2))"
    #expect(folder.store.path(of: entry.fingerprint) == folder.url(place).path)
    let files = try folder.files(below: place)
    #expect(
      files.keys.sorted() == ["entry.json", "log.json", "result.json", "weights.safetensors"])
    for (name, bytes) in files where name.hasSuffix(".json") {
      let object = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
      #expect(object != nil, "\(name)")
    }
    let manifest = try JSONSerialization.jsonObject(with: files["entry.json"] ?? Data())
    let listed = ((manifest as? [String: Any])?["files"] as? [String: [String: Any]]) ?? [:]
    for (name, bytes) in files where name != "entry.json" {
      #expect(listed[name]?["bytes"] as? Int == bytes.count)
      #expect(listed[name]?["sha256"] as? String == SHA256Digest(of: bytes).hexadecimal)
    }
  }

  @Test func theFirstSoundEntryStaysUnlessReplaced() throws {
    let folder = try TemporaryFolder("store")
    let store = folder.store
    var random = StoreRandom(seed: 7)
    let first = StoreSample.entry(.combine, &random)
    var second = StoreSample.entry(.combine, &random)
    second = StoreEntry(
      fingerprint: first.fingerprint, provenance: second.provenance, payload: second.payload,
      log: second.log)
    try store.write(first)
    try store.write(second)
    #expect(store.entry(first.fingerprint).entry?.log == first.log)
    try store.write(second, replacing: true)
    let now = try #require(store.entry(first.fingerprint).entry)
    #expect(now.payload.isSame(as: second.payload))
    // The same result again: the entry that is there is as good.
    let relogged = StoreEntry(
      fingerprint: first.fingerprint, provenance: second.provenance, payload: second.payload,
      log: first.log)
    try store.write(relogged, replacing: true)
    #expect(store.entry(first.fingerprint).entry?.log == second.log)
    #expect(store.verify().setAside == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.directory + "/v1/new") == [])
  }

  @Test func aPayloadOfAnotherKindIsNotWritten() throws {
    let folder = try TemporaryFolder("store")
    var random = StoreRandom(seed: 8)
    let entry = StoreSample.entry(.evaluate, &random)
    let wrong = StoreEntry(
      fingerprint: entry.fingerprint, provenance: StoreSample.provenance(.train, &random),
      payload: entry.payload, log: entry.log)
    #expect(throws: WriteFailure.self) { try folder.store.write(wrong) }
    #expect(!folder.store.contains(entry.fingerprint))
  }

  @Test func aStoreForReadingIsNeverChanged() throws {
    let folder = try TemporaryFolder("store")
    var random = StoreRandom(seed: 9)
    let entry = StoreSample.entry(.prepare, &random)
    try folder.readOnlyStore.write(entry)
    #expect(!folder.exists(".assay"))
    try folder.store.write(entry)
    let log = folder.store.path(of: entry.fingerprint) + "/log.json"
    try Data("{}".utf8).write(to: URL(fileURLWithPath: log))
    let before = try folder.files()
    let (found, warning) = folder.readOnlyStore.entry(entry.fingerprint)
    #expect(found == nil && warning?.id == "store.damaged")
    #expect(!folder.readOnlyStore.verify().isClean)
    #expect(try folder.files() == before)
  }

  @Test func manyThreadsMayWriteAndReadTheSameEntries() async throws {
    let folder = try TemporaryFolder("store")
    let store = folder.store
    var random = StoreRandom(seed: 10)
    let entries = Step.Kind.allCases.map { StoreSample.entry($0, &random) }
    await withTaskGroup(of: [String].self) { group in
      for task in 0..<12 {
        group.addTask {
          var problems: [String] = []
          for round in 0..<6 {
            let entry = entries[(task + round) % entries.count]
            do {
              try store.write(entry, replacing: task % 3 == 0)
            } catch {
              problems.append("\(error)")
            }
            let (found, warning) = store.entry(entry.fingerprint)
            if let warning { problems.append("\(warning.message): \(warning.notes)") }
            if let found, !found.payload.isSame(as: entry.payload) { problems.append("mixed") }
            if found == nil { problems.append("not there") }
          }
          return problems
        }
      }
      for await problems in group { #expect(problems == []) }
    }
    let verification = store.verify()
    #expect(verification.isClean && verification.sound == entries.count)
    #expect(verification.setAside == [] && verification.leftovers == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.directory + "/v1/new") == [])
  }

  @Test func aWriterFinishesWhatItWasGiven() throws {
    let folder = try TemporaryFolder("store")
    let writer = StoreWriter(folder.store)
    var random = StoreRandom(seed: 12)
    let entries = (0..<80).map { _ in StoreSample.entry(.combine, &random) }
    for entry in entries { writer.write(entry) }
    #expect(writer.finish() == nil)
    #expect(entries.allSatisfy { folder.readOnlyStore.entry($0.fingerprint).entry != nil })
  }

  /// The read path of a render: results alone, no folder searched.
  @Test func fiftyResultsAreRead() throws {
    let folder = try TemporaryFolder("store")
    let store = folder.store
    var random = StoreRandom(seed: 13)
    let entries = (0..<50).map { _ in
      StoreEntry(
        fingerprint: StoreSample.fingerprint(&random),
        provenance: StoreSample.provenance(.combine, &random),
        payload: .result(Self.typicalResult(&random)),
        log: StepLog(
          computed: 0, seconds: 1, threads: 2, instructionSet: "avx2", peakMemory: 1 << 27))
    }
    for entry in entries { try store.write(entry) }
    var best = 99.0
    for _ in 0..<30 {
      let start = Self.processorTime
      var found = 0
      for entry in entries where store.entry(entry.fingerprint).entry != nil { found += 1 }
      best = min(best, Self.processorTime - start)
      #expect(found == 50)
    }
    let bytes = store.listing().reduce(0) { $0 + $1.byteCount }
    print("50 entries of \(bytes) bytes together are read in \(best) s")
  }

  /// Seconds that this thread has computed: what others do meanwhile does not count.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// A training of 20 epochs, validated after each, with a loss and a rate by step.
  private static func typicalResult(_ random: inout StoreRandom) -> RunResult {
    func series(_ name: String, _ axis: Experiments.Series.Axis, _ count: Int)
      -> Experiments.Series
    {
      let values = (0..<count).map { _ in Double.random(in: 0...1, using: &random) }
      return Experiments.Series(
        name, axis: axis, .loss, x: (1...count).map(Double.init), runs: [values], mean: values)
    }
    return RunResult(
      scalars: (0..<8).map {
        Scalar("test.metric\($0)", .ratio, Statistic(Double.random(in: 0...1, using: &random)))
      },
      series: [
        series("train.loss", .epoch, 20), series("lr", .epoch, 20),
        series("validation.loss", .epoch, 20), series("validation.accuracy", .epoch, 20),
        series("train.loss", .step, 60), series("lr", .step, 60),
      ],
      matrices: [
        Matrix("m", labels: ["a", "b", "c"], counts: [[9, 1, 0], [2, 8, 0], [0, 0, 9]])
      ])
  }
}
