internal import JSON
package import Tensors

/// The tensors of one safetensors file, or of the several that `model.safetensors.index.json` names.
package struct ShardedSafetensors: Sendable {
  package static let indexName = "model.safetensors.index.json"
  /// Most files that an index may name.
  package static let shardLimit = 1024

  /// A file of the folder.
  package struct Shard: Sendable {
    package let name: String
    package let file: SafetensorsFile
  }

  /// In the order of their names' bytes.
  package let shards: [Shard]
  /// Those of all shards, in the order of their names' bytes; names differ.
  package let entries: [SafetensorsFile.Entry]
  private let places: [String: Int]

  /// The tensors of a single file.
  package init(_ file: SafetensorsFile, name: String) {
    shards = [Shard(name: name, file: file)]
    entries = file.entries
    places = Dictionary(uniqueKeysWithValues: file.entries.map { ($0.name, 0) })
  }

  /// The tensors that an index places in shards.
  ///
  /// Every shard must be there, and hold the tensors that the index places in it and no others, so
  /// that none is in two. What the index says about its `metadata` is not read.
  /// - Parameters:
  ///   - index: the bytes of the file of that name.
  ///   - open: gives the shard of a plain file name, nil where there is none.
  package init(
    index: [UInt8], open: (String) throws(PretrainedError) -> SafetensorsFile?
  ) throws(PretrainedError) {
    let placed = try Self.weightMap(index)
    let names = try Self.shardNames(placed)
    var shards: [Shard] = []
    var missing: [String] = []
    for name in names {
      if let file = try open(name) {
        shards.append(Shard(name: name, file: file))
      } else {
        missing.append(name)
      }
    }
    if !missing.isEmpty { throw .missingShards(missing) }
    var places: [String: Int] = [:]
    var entries: [SafetensorsFile.Entry] = []
    for (index, shard) in shards.enumerated() {
      let surplus = shard.file.entries.map(\.name).filter { placed[$0] != shard.name }
      if !surplus.isEmpty { throw .notInIndex(shard: shard.name, tensors: surplus) }
      for entry in shard.file.entries { places[entry.name] = index }
      entries += shard.file.entries
    }
    for shard in shards {
      let absent = placed.filter { $0.value == shard.name && places[$0.key] == nil }.keys
      if !absent.isEmpty { throw .notInShard(shard: shard.name, tensors: absent.sorted()) }
    }
    self.shards = shards
    self.places = places
    self.entries = entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// The tensor of a name, without its elements.
  package subscript(_ name: String) -> SafetensorsFile.Entry? {
    places[name].flatMap { shards[$0].file[name] }
  }

  /// A tensor of any float type, as float32; see ``SafetensorsFile/tensor(_:)``.
  package func tensor(_ name: String) throws(PretrainedError) -> Tensor {
    let shard = shards[places[name] ?? 0]
    do throws(SafetensorsError) {
      return try shard.file.tensor(name)
    } catch {
      throw .tensors(file: shard.name, error)
    }
  }

  /// Throws when a file was written to since it was opened.
  package func checkUnchanged() throws(PretrainedError) {
    for shard in shards {
      do throws(SafetensorsError) {
        try shard.file.checkUnchanged()
      } catch {
        throw .tensors(file: shard.name, error)
      }
    }
  }

  /// The shards that an index names, in the order of their names' bytes.
  package static func shardNames(index: [UInt8]) throws(PretrainedError) -> [String] {
    try shardNames(weightMap(index))
  }

  private static func shardNames(
    _ placed: [String: String]
  ) throws(PretrainedError) -> [String] {
    let names = Set(placed.values).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in names where !isPlain(name) { throw .shardOutsideFolder(shard: name) }
    if names.count > shardLimit { throw .tooManyShards(limit: shardLimit) }
    return names
  }

  private static func weightMap(_ index: [UInt8]) throws(PretrainedError) -> [String: String] {
    var placed: [String: String] = [:]
    do throws(JSONFault) {
      let node = try JSONParser.parse(index, path: indexName).member("weight_map")
      guard case .object(let members) = node.value else {
        throw JSONFault("this is an object: a file name for each tensor", at: node.range)
      }
      placed.reserveCapacity(members.count)
      for member in members {
        guard placed.updateValue(try member.node.string(), forKey: member.key) == nil else {
          throw JSONFault("two tensors have names that look the same", at: member.node.range)
        }
      }
    } catch {
      throw PretrainedError(error)
    }
    return placed
  }

  /// Whether it names a file of the folder itself: no way leads out of it, nor to a hidden one.
  private static func isPlain(_ name: String) -> Bool {
    name.hasSuffix(".safetensors") && !name.hasPrefix(".") && name.utf8.count <= 255
      && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 < 0x20 }
  }
}
