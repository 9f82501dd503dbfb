import Foundation
import TestSupport
import Testing

/// Faults of the disk under a render: nothing is lost, nothing wrong is printed, and the exit code
/// is the one that the documents deserve.
@Suite struct FaultTests {
  /// Two blocks more than the sample has, so that a store has several entries of each kind.
  static let text =
    SampleNotebook.regression()
    + "\n```experiment again\nlike: fit\nseed: 11\nrepeat: 2\n```\n"

  private static let changed = text.replacingOccurrences(of: "lr: 0.01", with: "lr: 0.02")

  /// What a render gives where nothing goes wrong.
  private static func expected(_ text: String) throws -> [String: Data] {
    let project = try TestProject(["notebooks/a.md": text])
    let outcome = try project.assay("render")
    #expect(outcome.status == 0, "\(outcome.description)")
    return try project.outputs()
  }

  private static func warnings(_ outcome: Command.Outcome) -> Int {
    outcome.errors.split(separator: "\n").count { $0.contains("warning[") }
  }

  // MARK: A full disk

  @Test(.enabled(if: PrivateMounts.arePossible), arguments: [0, 4, 8, 20, 40, 64])
  func aStoreThatIsFullCostsNothingButTime(_ kilobytes: Int) throws {
    let project = try TestProject(["notebooks/a.md": Self.text])
    // A tmpfs of size 0 has no end: the smallest has one page, which the folders need.
    let outcome = try PrivateMounts.run(
      """
      mkdir .assay
      mount -t tmpfs -o size=\(max(4, kilobytes))k,nr_inodes=\(8 + kilobytes) tmpfs .assay
      "$ASSAY" render; code=$?
      "$ASSAY" store verify >verified 2>&1; echo $? >>verified
      "$ASSAY" render >/dev/null 2>&1; echo $? >>verified
      exit $code
      """, in: project)
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(Self.warnings(outcome) == 1, "said once: \(outcome.description)")
    #expect(differences(try Self.expected(Self.text), try project.outputs()) == [])
    let verified = try project.folder.text("verified")
    #expect(verified.hasSuffix("\n0\n0\n"), "what was stored is sound: \(verified)")
  }

  @Test(
    .enabled(if: PrivateMounts.arePossible), arguments: Array(stride(from: 36, through: 92, by: 8)))
  func aFullDiskUnderTheDocumentsLeavesTheOldOrTheNew(_ kilobytes: Int) throws {
    let project = try TestProject(["notebooks/a.md": Self.text])
    #expect(try project.assay("render", "-o", "old").status == 0)
    let old = try project.outputs(in: "old")
    try project.folder.write(Self.changed, to: "notebooks/a.md")
    let outcome = try PrivateMounts.run(
      """
      mkdir output && mount -t tmpfs -o size=\(kilobytes)k tmpfs output && cp old/* output/ || exit 99
      "$ASSAY" render; code=$?
      mkdir found && cp output/* found/ && ls -A output >names
      exit $code
      """, in: project)
    let found = try project.outputs(in: "found")
    let names = try project.folder.text("names")
    #expect(names.split(separator: "\n").count == 3, "nothing is left behind: \(names)")
    switch outcome.status {
    case 0: #expect(differences(try Self.expected(Self.changed), found) == [])
    case 4:
      #expect(differences(old, found) == [])
      #expect(outcome.errors.contains("error[output.unwritable]"), "\(outcome.description)")
    default: Issue.record("\(outcome.description)")
    }
  }

  // MARK: A store that cannot be written

  @Test(.enabled(if: PrivateMounts.arePossible), arguments: [true, false])
  func aReadOnlyStoreIsReadAndNotWritten(_ isFilled: Bool) throws {
    let project = try TestProject(["notebooks/a.md": Self.text])
    if isFilled {
      #expect(try project.assay("render").status == 0)
      try project.folder.write(Self.changed, to: "notebooks/a.md")
    }
    let outcome = try PrivateMounts.run(
      """
      mkdir -p .assay/store && mount --bind .assay .assay && mount -o remount,ro,bind .assay || exit 99
      exec "$ASSAY" render
      """, in: project)
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(Self.warnings(outcome) == 1, "said once: \(outcome.description)")
    // The data set, which did not change, comes from the store.
    #expect(outcome.errors.contains("friedman (") != isFilled, "\(outcome.description)")
    let text = isFilled ? Self.changed : Self.text
    #expect(differences(try Self.expected(text), try project.outputs()) == [])
    #expect(try project.assay("store", "verify").status == 0)
  }

  @Test func aFolderWhereTheStoreShouldBeThatIsAFileIsBorne() throws {
    for path in [".assay", ".assay/store", ".assay/store/v1", ".assay/store/v1/new"] {
      let project = try TestProject(["notebooks/a.md": Self.text])
      try project.folder.write("in the way\n", to: path)
      let outcome = try project.assay("render")
      #expect(outcome.status == 0, "\(path): \(outcome.description)")
      #expect(Self.warnings(outcome) >= 1, "\(path): \(outcome.description)")
      #expect(differences(try Self.expected(Self.text), try project.outputs()) == [])
      #expect(try project.folder.text(path) == "in the way\n")
    }
  }

  // MARK: Damage

  @Test func aFlippedByteInAnyFileOfTheStoreIsNoticed() throws {
    let project = try TestProject(["notebooks/a.md": Self.text])
    #expect(try project.assay("render").status == 0)
    let expected = try project.outputs()
    let stored = try project.folder.files(below: ".assay/store")
    try #require(stored.count > 20)
    for (index, name) in stored.keys.sorted().enumerated() {
      guard let bytes = stored[name], !bytes.isEmpty else { continue }
      try FileManager.default.removeItem(at: project.folder.url(".assay/store"))
      for (name, bytes) in stored { try project.folder.write(bytes, to: ".assay/store/" + name) }
      var damaged = bytes
      damaged[damaged.startIndex + (index * 7919) % damaged.count] ^= 1 << UInt8(index % 7)
      try project.folder.write(damaged, to: ".assay/store/" + name)
      // The documents are made anew, from what the store is believed to hold.
      try FileManager.default.removeItem(at: project.folder.url("output"))
      let outcome = try project.assay("render")
      #expect(outcome.status == 0, "\(name): \(outcome.description)")
      #expect(differences(expected, try project.outputs()) == [], "\(name)")
    }
  }

  @Test func aCutFileOfTheStoreIsNoticed() throws {
    let project = try TestProject(["notebooks/a.md": Self.text])
    #expect(try project.assay("render").status == 0)
    let expected = try project.outputs()
    for name in try project.folder.files(below: ".assay/store").keys.sorted() {
      let path = ".assay/store/" + name
      // A file that an earlier round set aside is no longer there.
      guard project.folder.exists(path) else { continue }
      let bytes = try project.folder.bytes(path)
      try project.folder.write(bytes.prefix(bytes.count / 2), to: path)
      try FileManager.default.removeItem(at: project.folder.url("output"))
      let outcome = try project.assay("render")
      #expect(outcome.status == 0, "\(name): \(outcome.description)")
      #expect(differences(expected, try project.outputs()) == [], "\(name)")
    }
  }

  // MARK: Clocks

  @Test func filesFromTheFutureAreBorneAndChangesStillSeen() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.table(), "data/table.csv": SampleNotebook.rows(24),
    ])
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()
    // What a clock that went back by years leaves: everything is younger than now.
    let future = Date(timeIntervalSinceNow: 400_000_000)
    for name in try project.folder.files().keys {
      try FileManager.default.setAttributes(
        [.modificationDate: future], ofItemAtPath: project.folder.url(name).path)
    }
    let again = try project.assay("render")
    #expect(again.status == 0, "\(again.description)")
    #expect(differences(before, try project.outputs()) == [])
    // Another file of the same size, by its time older than the one that was read.
    let rows = SampleNotebook.rows(24).replacingOccurrences(of: "3.5,", with: "9.5,")
    try #require(rows.utf8.count == SampleNotebook.rows(24).utf8.count)
    try project.folder.write(rows, to: "data/table.csv")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 0)],
      ofItemAtPath: project.folder.url("data/table.csv").path)
    #expect(try project.assay("render").status == 0)
    let fresh = try TestProject([
      "notebooks/a.md": SampleNotebook.table(), "data/table.csv": rows,
    ])
    #expect(try fresh.assay("render").status == 0)
    #expect(differences(try fresh.outputs(), try project.outputs()) == [])
  }
}

/// File systems that only one command sees, for which Linux needs a namespace of its own.
enum PrivateMounts {
  private static let command = Command(path: "/usr/bin/unshare")

  /// Whether this machine allows them: root may, and most systems let users be root of a namespace.
  static let arePossible: Bool = {
    guard let folder = try? TemporaryFolder("mounts"),
      let outcome = try? command.run(
        ["-rm", "/bin/sh", "-c", "mkdir m && mount -t tmpfs -o size=4k tmpfs m"], in: folder.url)
    else { return false }
    return outcome.status == 0
  }()

  /// Runs a shell script in the folder of a project; `$ASSAY` is the program.
  static func run(_ script: String, in project: TestProject) throws -> Command.Outcome {
    try command.run(
      ["-rm", "/bin/sh", "-c", script], in: project.folder.url,
      environment: ["ASSAY": try Command.assay().path])
  }
}
