package import Foundation

/// A folder of its own for one test, removed with the value.
package final class TemporaryFolder: Sendable {
  /// Its place, with links resolved.
  package let url: URL

  /// - Parameter name: a word that its name holds.
  package init(_ name: String = "test") throws {
    let place = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    url = place.appendingPathComponent("assay-\(name)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// The place of a file below the folder.
  package func url(_ path: String) -> URL { url.appendingPathComponent(path) }

  /// Writes a file and the folders that it needs.
  package func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  package func write(_ bytes: Data, to path: String) throws {
    try FileManager.default.createDirectory(
      at: url(path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: url(path))
  }

  package func bytes(_ path: String) throws -> Data { try Data(contentsOf: url(path)) }

  package func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  package func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url(path).path)
  }

  /// Every regular file below a folder, by its path relative to it.
  package func files(below folder: String = "") throws -> [String: Data] {
    let base = folder.isEmpty ? url : url(folder)
    let names = (FileManager.default.enumerator(atPath: base.path)?.allObjects ?? [])
      .compactMap { $0 as? String }
    var files: [String: Data] = [:]
    for name in names {
      let file = base.appendingPathComponent(name)
      let kind = try FileManager.default.attributesOfItem(atPath: file.path)[.type]
      if kind as? FileAttributeType == .typeRegular { files[name] = try Data(contentsOf: file) }
    }
    return files
  }
}
