package import Digests
internal import Glibc
internal import JSON

/// What is remembered of a rendering: what it was made from, the files that it left, and where in them
/// the texts of blocks stand.
package struct RenderingRecord: Sendable, Equatable {
  /// A block's texts as stretches of bytes in files.
  package struct Block: Sendable, Equatable {
    /// Of what they were printed from.
    package let key: SHA256Digest
    /// By name of the file.
    package let places: [String: Range<Int>]

    package init(key: SHA256Digest, places: [String: Range<Int>]) {
      self.key = key
      self.places = places
    }
  }

  /// Raised by whoever changes what goes into ``inputs``.
  private static let formatVersion = 3
  private static let limit = 1 << 26

  /// Path of the ledger: what tells the renderings of a project apart.
  package let place: String
  /// Of everything that the bytes of the files depend on.
  package let inputs: SHA256Digest
  /// Of the results that were printed: the store may hold others now, under the same fingerprints.
  package let results: SHA256Digest
  /// Digests of the files by their names.
  package let files: [String: SHA256Digest]
  /// The program that printed them (``RunningProgram/identity``).
  package let program: String
  package let blocks: [Block]

  package init(
    place: String, inputs: SHA256Digest, results: SHA256Digest, files: [String: SHA256Digest],
    program: String, blocks: [Block]
  ) {
    self.place = place
    self.inputs = inputs
    self.results = results
    self.files = files
    self.program = program
    self.blocks = blocks
  }

  var bytes: [UInt8] {
    SealedJSON.bytes([
      "blocks": .array(blocks.map(\.json)),
      "files": .object(files.mapValues { .string($0.hexadecimal) }),
      "format": .integer(Self.formatVersion), "inputs": .string(inputs.hexadecimal),
      "place": .string(place), "program": .string(program),
      "results": .string(results.hexadecimal),
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
      let results = SHA256Digest(hexadecimal: try node.member("results").string()),
      case .object(let members) = try node.member("files").value
    else { throw JSONFault("a record of this version is read", at: node.range) }
    var files: [String: SHA256Digest] = [:]
    for member in members {
      files[member.key] = SHA256Digest(hexadecimal: try member.node.string())
    }
    self.init(
      place: try node.member("place").string(), inputs: inputs, results: results,
      files: files, program: try node.member("program").string(),
      blocks: try node.member("blocks").array(Block.init(json:)))
  }
}

extension RenderingRecord.Block {
  fileprivate var json: CanonicalJSON {
    .object([
      "key": .string(key.hexadecimal),
      "places": .object(
        places.mapValues { .array([.integer($0.lowerBound), .integer($0.upperBound)]) }),
    ])
  }

  fileprivate init(json node: JSONNode) throws(JSONFault) {
    guard let key = SHA256Digest(hexadecimal: try node.member("key").string()),
      case .object(let members) = try node.member("places").value
    else { throw JSONFault("a block has a key and places", at: node.range) }
    var places: [String: Range<Int>] = [:]
    for member in members {
      let ends = try member.node.integers()
      guard ends.count == 2, ends[0] >= 0, ends[0] <= ends[1] else {
        throw JSONFault("a place has two ends in order", at: member.node.range)
      }
      places[member.key] = ends[0]..<ends[1]
    }
    self.init(key: key, places: places)
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
    let temporary = "\(place).\(Leftover.newName()).tmp"
    do throws(WriteFailure) {
      try makeFolders()
      try SyncedFile.makeFolder(folder)
      // Not synced: what is remembered proves itself.
      try SyncedFile.write(bytes, to: temporary, syncing: false)
      if rename(temporary, place) != 0 { unlink(temporary) }
    } catch {
      unlink(temporary)
    }
  }
}
