import Learning
import Tensors
import Testing

/// An index and its shards: all there, nothing twice, nothing elsewhere.
@Suite struct ShardedSafetensorsTests {
  /// The tensors of a BERT dealt to three files, and the index.
  static func folder(_ bert: TinyBert) -> MemoryFolder {
    var parts = [[SafetensorsArray]](repeating: [], count: 3)
    for (index, array) in bert.arrays().enumerated() { parts[index % 3].append(array) }
    let config = PretrainedConfig(TinyBert.config, architecture: .pretraining)
    var folder = MemoryFolder([PretrainedConfig.fileName: config.encoded()])
    var members: [String] = []
    for (index, part) in parts.enumerated() {
      let name = "model-0000\(index + 1)-of-00003.safetensors"
      folder.files[name] = SafetensorsFile.encoded(part, metadata: ["format": "pt"])
      members += part.map { "\"\($0.name)\": \"\(name)\"" }
    }
    let map = members.joined(separator: ",\n    ")
    let index = "{\"metadata\": {\"total_size\": 1e3},\n  \"weight_map\": {\n    \(map)}}"
    folder.files[ShardedSafetensors.indexName] = Array(index.utf8)
    return folder
  }

  private func index(_ folder: MemoryFolder) -> String {
    String(decoding: folder.files[ShardedSafetensors.indexName] ?? [], as: UTF8.self)
  }

  private func error(_ folder: MemoryFolder, _ index: String) -> PretrainedError? {
    var folder = folder
    folder.files[ShardedSafetensors.indexName] = Array(index.utf8)
    return PretrainedError.reading(folder)
  }

  @Test("the shards together are the single file")
  func together() throws {
    let bert = try TinyBert(.pretraining)
    let read = try PretrainedFolder(Self.folder(bert)).bert()
    #expect(read.parameters.hasSameBits(as: bert.parameters))
    // A single file goes before an index.
    var both = Self.folder(bert)
    both.files["model.safetensors"] = SafetensorsFile.encoded([])
    guard case .missingTensors? = PretrainedError.reading(both) else {
      Issue.record("the index was read")
      return
    }
  }

  @Test("a shard is a plain file beside the index")
  func places() throws {
    let folder = Self.folder(try TinyBert(.pretraining))
    let text = index(folder)
    for name in [
      "../a.safetensors", "/etc/a.safetensors", "x/../a.safetensors", "x/a.safetensors",
      ".a.safetensors", "a.bin", "", "a\\\\b.safetensors", "a\\u0000.safetensors",
      String(repeating: "a", count: 300) + ".safetensors",
    ] {
      let changed = text.replacing("model-00002-of-00003.safetensors", with: name)
      guard case .shardOutsideFolder? = error(folder, changed) else {
        Issue.record("\(name.prefix(40)): \(String(describing: error(folder, changed)))")
        continue
      }
    }
  }

  @Test("missing shards, and tensors elsewhere than the index says, are named")
  func faults() throws {
    let bert = try TinyBert(.pretraining)
    let folder = Self.folder(bert)
    let text = index(folder)
    let (first, second) = ("model-00001-of-00003.safetensors", "model-00002-of-00003.safetensors")
    var less = folder
    less.files[second] = nil
    guard case .missingShards([second])? = PretrainedError.reading(less) else {
      Issue.record("a missing shard")
      return
    }
    let word = "\"bert.embeddings.word_embeddings.weight\": "
    guard
      case .notInIndex(first, ["bert.embeddings.word_embeddings.weight"])? = error(
        folder, text.replacing("\(word)\"\(first)\"", with: "\(word)\"\(second)\""))
    else {
      Issue.record("a tensor in another shard")
      return
    }
    guard
      case .notInShard(second, ["x"])? = error(
        folder, text.replacing(word, with: "\"x\": \"\(second)\", \(word)"))
    else {
      Issue.record("a tensor in no shard")
      return
    }
    less = folder
    less.files[second] = Array((folder.files[second] ?? []).dropLast())
    guard case .tensors(second, .truncated)? = PretrainedError.reading(less) else {
      Issue.record("a damaged shard")
      return
    }
  }

  @Test("an index that is no index is refused with its place")
  func syntax() throws {
    let folder = Self.folder(try TinyBert(.pretraining))
    let many = (0...ShardedSafetensors.shardLimit).map { "\"t\($0)\": \"\($0).safetensors\"" }
    for text in [
      "", "{}", "[]", "{\"weight_map\": []}", "{\"weight_map\": {\"a\": 1}}",
      "{\"weight_map\": {\"a\": \"b.safetensors\", \"a\": \"b.safetensors\"}}",
      "{\"weight_map\": {\"\\u00e9\": \"b.safetensors\", \"e\\u0301\": \"b.safetensors\"}}",
    ] {
      #expect(
        error(folder, text)?.description.hasPrefix("model.safetensors.index.json:1:") == true,
        "\(text)")
    }
    guard case .tooManyShards? = error(folder, "{\"weight_map\": {\(many.joined(separator: ","))}}")
    else {
      Issue.record("more shards than the limit")
      return
    }
    guard case .missingTensors? = error(folder, "{\"weight_map\": {}}") else {
      Issue.record("no shards")
      return
    }
  }
}
