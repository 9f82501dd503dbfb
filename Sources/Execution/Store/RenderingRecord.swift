package import Digests
internal import Glibc
internal import JSON

/// What is remembered of a rendering: what it was made from, and the files that it left.
package struct RenderingRecord: Sendable, Equatable {
  /// Raised by whoever changes what goes into ``inputs``.
  private static let formatVersion = 1
  private static let limit = 1 << 20

  /// Path of the ledger: what tells the renderings of a project apart.
  package let place: String
  /// Of everything that the bytes of the files depend on.
  package let inputs: SHA256Digest
  /// Digests of the files by their names.
  package let files: [String: SHA256Digest]

  package init(place: String, inputs: SHA256Digest, files: [String: SHA256Digest]) {
    self.place = place
    self.inputs = inputs
    self.files = files
  }

  var bytes: [UInt8] {
    SealedJSON.bytes([
      "files": .object(files.mapValues { .string($0.hexadecimal) }),
      "format": .integer(Self.formatVersion), "inputs": .string(inputs.hexadecimal),
      "place": .string(place),
    ])
  }

  /// The record in a file; nil when there is none that is as it was written.
  init?(at path: String) {
    guard let bytes = try? UserFile.contents(of: path, limit: Self.limit),
      let node = SealedJSON.object(bytes, path: path)
    else { return nil }
    try? self.init(node)
  }

  private init(_ node: JSONNode) throws(JSONFault) {
    guard try node.member("format").integer() == Self.formatVersion,
      let inputs = SHA256Digest(hexadecimal: try node.member("inputs").string()),
      case .object(let members) = try node.member("files").value
    else { throw JSONFault("a record of this version is read", at: node.range) }
    var files: [String: SHA256Digest] = [:]
    for member in members {
      files[member.key] = SHA256Digest(hexadecimal: try member.node.string())
    }
    self.init(place: try node.member("place").string(), inputs: inputs, files: files)
  }
}

extension Store {
  /// What was remembered of the rendering at a place.
  package func rendering(at place: String) -> RenderingRecord? {
    guard let record = RenderingRecord(at: path(ofRenderingAt: place)), record.place == place else {
      return nil
    }
    return record
  }

  /// Remembers a rendering; a failure costs printing it again, and is not told.
  package func keep(_ record: RenderingRecord) {
    keepMemory(record.bytes, at: path(ofRenderingAt: record.place), in: renderingFolder)
  }

  private func path(ofRenderingAt place: String) -> String {
    "\(renderingFolder)/\(SHA256Digest(of: place).prefix(16)).json"
  }

  /// Puts a file into a folder of memories.
  func keepMemory(_ bytes: [UInt8], at place: String, in folder: String) {
    guard access == .readWrite else { return }
    let temporary = "\(place).\(getpid()).tmp"
    do throws(WriteFailure) {
      try makeFolders()
      try SyncedFile.makeFolder(folder)
      unlink(temporary)
      // Not synced: what is remembered proves itself.
      try SyncedFile.write(bytes, to: temporary, syncing: false)
      if rename(temporary, place) != 0 { unlink(temporary) }
    } catch {
      unlink(temporary)
    }
  }
}
