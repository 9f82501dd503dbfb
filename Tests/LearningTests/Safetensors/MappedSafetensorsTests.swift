import Foundation
import Learning
import Tensors
import TestSupport
import Testing

/// Files on disk are mapped; what others do to them meanwhile is found out, and kills nobody.
@Suite struct MappedSafetensorsTests {
  private static let count = 1 << 18

  /// A file of two tensors of a megabyte each.
  private static func bytes(first: Float = 1) -> [UInt8] {
    let tensor = { (value: Float) in
      Tensor((0..<count).map { value + Float($0) }, shape: Shape(1 << 9, 1 << 9))
    }
    return SafetensorsFile.encoded([
      SafetensorsArray("a", .float32(tensor(first))), SafetensorsArray("b", .float32(tensor(-1))),
    ])
  }

  private static func folder(_ bytes: [UInt8]) throws -> (folder: TemporaryFolder, path: String) {
    let folder = try TemporaryFolder("mapped")
    try folder.write(Data(bytes), to: "a.safetensors")
    let path = folder.url("a.safetensors").path
    // Written long ago: two writes within a tick of the clock have the same time.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
    return (folder, path)
  }

  /// In a process of its own, since allocations are counted for a whole process.
  @Test("a tensor of a mapped file takes no memory of its own until it is written")
  func copyOnWrite() async {
    await #expect(processExitsWith: .success) { try Self.checkCopyOnWrite() }
  }

  private static func checkCopyOnWrite() throws {
    let (folder, path) = try Self.folder(Self.bytes())
    defer { withExtendedLifetime(folder) {} }
    var a: Tensor
    do {
      let file = try SafetensorsFile(path: path)
      let before = TensorMemory.allocations
      a = try file.tensor("a")
      #expect(TensorMemory.allocations == before)
    }
    // The file is closed; the mapping lives with the tensor.
    let original = a
    #expect(a[0] == 1 && a[Self.count - 1] == Float(Self.count))
    a[0] = 7
    #expect(a[0] == 7 && original[0] == 1 && a[1] == 2)
    #expect(try SafetensorsFile(path: path).tensor("a").hasSameBits(as: original))
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: path))) == Self.bytes())
  }

  @Test("a descriptor is read like a path, and stays the caller's")
  func descriptors() throws {
    let (folder, path) = try Self.folder(Self.bytes())
    defer { withExtendedLifetime(folder) {} }
    let handle = try #require(FileHandle(forReadingAtPath: path))
    let file = try SafetensorsFile(descriptor: handle.fileDescriptor)
    try handle.close()
    #expect(try file.tensor("b")[0] == -1)
    try file.checkUnchanged()
    #expect(throws: SafetensorsError.self) { try SafetensorsFile(descriptor: -1) }
    #expect(throws: SafetensorsError.notAFile) { try SafetensorsFile(path: "/dev/null") }
    #expect(throws: SafetensorsError.notAFile) { try SafetensorsFile(path: folder.url(".").path) }
  }

  @Test("a file that is cut while it is mapped reads as zeros there and says so")
  func cut() throws {
    let (folder, path) = try Self.folder(Self.bytes())
    defer { withExtendedLifetime(folder) {} }
    let file = try SafetensorsFile(path: path)
    let (a, b) = (try file.tensor("a"), try file.tensor("b"))
    try file.checkUnchanged()
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.truncate(atOffset: 4096 * 4)
    #expect(a[0] == 1 && a[Self.count - 1] == 0)
    #expect(b.values.allSatisfy { $0 == 0 })
    #expect(throws: SafetensorsError.changed) { try file.bytes("b") }
    #expect(throws: SafetensorsError.changed) { try file.tensor("b") }
    #expect(throws: SafetensorsError.changed) { try file.checkUnchanged() }
    // Growing again to the same size does not hide it.
    try handle.truncate(atOffset: UInt64(Self.bytes().count))
    try handle.close()
    #expect(throws: SafetensorsError.changed) { try file.checkUnchanged() }
  }

  @Test("a file that is written to says so; one that is replaced by renaming stays as it was")
  func writes() throws {
    let (folder, path) = try Self.folder(Self.bytes())
    let written = try SafetensorsFile(path: path)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seek(toOffset: 4096)
    try handle.write(contentsOf: Data([1, 2, 3]))
    try handle.close()
    #expect(throws: SafetensorsError.changed) { try written.checkUnchanged() }

    let replaced = try SafetensorsFile(path: path)
    let old = try replaced.tensor("a")
    try folder.write(Data(Self.bytes(first: 100)), to: "b.safetensors")
    try #require(rename(folder.url("b.safetensors").path, path) == 0)
    #expect(old[0] == 1)
    try replaced.checkUnchanged()
    #expect(try SafetensorsFile(path: path).tensor("a")[0] == 100)
  }

  /// The files of a folder on disk.
  private struct DiskFolder: PretrainedFiles {
    let folder: TemporaryFolder

    func has(_ name: String) -> Bool { folder.exists(name) }

    func bytes(of name: String, limit: Int) throws(PretrainedError) -> [UInt8]? {
      (try? folder.bytes(name)).map(Array.init)
    }

    func tensors(in name: String) throws(PretrainedError) -> SafetensorsFile? {
      try? SafetensorsFile(path: folder.url(name).path)
    }
  }

  @Test("a BERT that was copied out of its files does not change with them; a mapped one says so")
  func pretrained() throws {
    let bert = try TinyBert(.pretraining)
    let folder = try TemporaryFolder("mapped")
    for file in try PretrainedFolder.files(bert.model, bert.parameters) {
      try folder.write(Data(file.bytes), to: file.name)
    }
    let files = try PretrainedFolder(DiskFolder(folder: folder))
    let (copied, mapped) = (try files.bert(), try files.mappedBert())
    try files.checkUnchanged()
    #expect(truncate(folder.url("model.safetensors").path, 0) == 0)
    #expect(copied.parameters.hasSameBits(as: bert.parameters))
    #expect(mapped.parameters.tensors.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
    #expect(throws: PretrainedError.self) { try files.checkUnchanged() }
    #expect(throws: PretrainedError.self) { try files.bert() }
  }

  @Test("data at an odd place, which the format allows, are read all the same")
  func unaligned() throws {
    for padding in 0..<8 {
      let header =
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
        + String(repeating: " ", count: padding)
      var data: [UInt8] = []
      for value in [Float(1.5), -2] { withUnsafeBytes(of: value.bitPattern) { data += $0 } }
      let (folder, path) = try Self.folder(SafetensorsFileTests.file(header, data: data))
      #expect(try SafetensorsFile(path: path).tensor("x").values == [1.5, -2], "\(padding)")
      withExtendedLifetime(folder) {}
    }
  }

  @Test("more files than can be mapped are read instead")
  func many() async {
    // In a process of its own: meanwhile no other test could map a file.
    await #expect(processExitsWith: .success) {
      let (folder, path) = try Self.folder(Self.bytes())
      defer { withExtendedLifetime(folder) {} }
      let files = try (0..<300).map { _ in try SafetensorsFile(path: path) }
      for file in files { #expect(try file.tensor("b")[5] == 4) }
    }
  }
}
