import Execution
import Foundation
import Testing

@Suite struct ProjectFileTests {
  /// A folder of its own that is removed afterwards.
  private final class Folder {
    let path: String

    init() throws {
      path = FileManager.default.temporaryDirectory.path + "/assay-" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: path + "/assay.yaml"))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
      let file = URL(fileURLWithPath: path + "/" + name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }

    func link(_ name: String, to target: String) throws {
      try FileManager.default.createSymbolicLink(
        atPath: path + "/" + name, withDestinationPath: target)
    }
  }

  @Test func aRegularFileBelowTheRootIsRead() throws {
    let folder = try Folder()
    try folder.write("data/a.csv", "x\n1\n")
    let root = ProjectRoot(containing: folder.path + "/data/a.csv")
    #expect(root.relativePath(of: folder.path + "/data/a.csv") == "data/a.csv")
    #expect(try root.contents(of: "data/a.csv", limit: 100) == Array("x\n1\n".utf8))
    #expect(try root.contents(of: "./data//a.csv", limit: 100).count == 4)
  }

  @Test(arguments: [
    ("../a", FileRefusal.outsideRoot), ("/etc/passwd", .outsideRoot), ("", .outsideRoot),
    ("data/../../a", .outsideRoot), ("a\0b", .outsideRoot), (".git/config", .hidden(part: ".git")),
    ("data/.secret", .hidden(part: ".secret")), ("missing.csv", .missing),
    ("data/a.csv/b", .missing), ("data", .notRegular), (".", .notRegular),
    ("inside.csv", .symbolicLink(part: "inside.csv")), ("out/passwd", .symbolicLink(part: "out")),
    ("data/a.csv", .larger(bytes: 4, limit: 3)),
  ])
  func pathsThatLeaveTheRootOrAreNoFilesAreRefused(path: String, refusal: FileRefusal) throws {
    let folder = try Folder()
    try folder.write("data/a.csv", "x\n1\n")
    try folder.write("data/.secret", "")
    try folder.write(".git/config", "")
    try folder.link("inside.csv", to: "data/a.csv")
    try folder.link("out", to: "/etc")
    let root = ProjectRoot(containing: folder.path)
    #expect(throws: refusal) { try root.contents(of: path, limit: 3) }
  }

  @Test func replacingAFileLeavesNoTemporaryBehind() throws {
    let folder = try Folder()
    let target = folder.path + "/deep/er/a.md"
    try AtomicFile.write(Array("one".utf8), to: target)
    try AtomicFile.write(Array("two".utf8), to: target)
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "two")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/deep/er")
    #expect(names == ["a.md"])
  }

  @Test func aFileWithTheSameBytesIsNotTouched() throws {
    let folder = try Folder()
    let target = folder.path + "/a.md"
    try AtomicFile.write(Array("one".utf8), to: target)
    let before = try FileManager.default.attributesOfItem(atPath: target)
    try AtomicFile.write(Array("one".utf8), to: target)
    let after = try FileManager.default.attributesOfItem(atPath: target)
    #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
  }

  @Test func aFolderThatIsAFileCannotBeWrittenInto() throws {
    let folder = try Folder()
    try folder.write("output", "a file")
    #expect(throws: WriteFailure.self) {
      try AtomicFile.checkWritable(folder.path + "/output/a.md")
    }
    #expect(throws: WriteFailure.self) {
      try AtomicFile.write([1], to: folder.path + "/output/a.md")
    }
    #expect(try String(contentsOfFile: folder.path + "/output", encoding: .utf8) == "a file")
  }
}
