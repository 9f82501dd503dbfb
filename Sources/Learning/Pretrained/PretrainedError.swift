internal import JSON

/// Why a folder of Hugging Face's gives no BERT, or a BERT no folder.
package enum PretrainedError: Error, Sendable {
  case missing(file: String)
  /// There are weights, in a form that is never read: unpickling runs code.
  case pickled(file: String)
  case unreadable(file: String, reason: String)
  case tooManyBytes(file: String, limit: Int)
  /// JSON that is none, or says what it must not; `message` begins with its place.
  case json(message: String)
  case config(BertConfigError)
  case tensors(file: String, SafetensorsError)
  /// An index names a shard by anything but a plain file name.
  case shardOutsideFolder(shard: String)
  case tooManyShards(limit: Int)
  case missingShards([String])
  /// Tensors that the index places in a shard, which lacks them.
  case notInShard(shard: String, tensors: [String])
  /// Tensors of a shard that the index does not place there.
  case notInIndex(shard: String, tensors: [String])
  case missingTensors([String])
  case surplusTensors([String])
  case wrongShapes([WrongShape])
  case wrongTypes([String])
  /// Two names of one tensor, an old and a new one.
  case ambiguous(String, String)
  /// A decoder that is not the table of words, or another bias than the head's.
  case untied(tensor: String)
  case labelCount(labels: Int, outputs: Int)
  /// Hugging Face has no class with these heads.
  case noArchitecture
  /// Parameters that are not the model's.
  case foreignParameters

  package struct WrongShape: Sendable, Hashable {
    package let tensor: String
    package let expected: [Int]
    package let found: [Int]
  }

  init(_ fault: JSONFault) { self = .json(message: fault.description) }
}

extension PretrainedError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let file): "the folder has no `\(file)`"
    case .pickled(let file):
      "the folder has its weights in `\(file)` alone, which is never read because reading it runs "
        + "code: save the model again with `safe_serialization=True`"
    case .unreadable(let file, let reason): "`\(file)` cannot be read: \(reason)"
    case .tooManyBytes(let file, let limit): "`\(file)` has more than \(limit) bytes"
    case .json(let message): message
    case .config(let error): "config.json: \(error)"
    case .tensors(let file, let error): "`\(file)`: \(error)"
    case .shardOutsideFolder(let shard):
      "the index names the shard \(Self.quoted(shard)): a shard is a file beside the index, named "
        + "without `/` and ending in `.safetensors`"
    case .tooManyShards(let limit): "the index names more than \(limit) shards"
    case .missingShards(let shards):
      "the index names \(Self.list(shards)), which the folder has not: download it whole"
    case .notInShard(let shard, let tensors):
      "the index places \(Self.list(tensors)) in `\(shard)`, which has no such tensor"
    case .notInIndex(let shard, let tensors):
      "`\(shard)` has \(Self.list(tensors)), which the index does not place there"
    case .missingTensors(let names):
      "the weights lack \(Self.list(names)): config.json and weights must be of one model"
    case .surplusTensors(let names):
      "the weights have \(Self.list(names)), which no BERT with this config.json has"
    case .wrongShapes(let faults): "the weights do not fit config.json: \(Self.shapes(faults))"
    case .wrongTypes(let names): "elements of \(Self.list(names)) are no floating-point numbers"
    case .ambiguous(let first, let second):
      "the weights have both \(Self.quoted(first)) and \(Self.quoted(second)): one tensor twice"
    case .untied(let tensor):
      "\(Self.quoted(tensor)) is not the tensor that it is tied to: a decoder of its own is not "
        + "supported"
    case .labelCount(let labels, let outputs):
      "config.json has \(labels) labels and the classifier \(outputs) outputs"
    case .noArchitecture:
      "Hugging Face has no class for a BERT with a classifier and a head of pre-training"
    case .foreignParameters: "the parameters are not those of the model"
    }
  }

  /// Names from a file, the first few.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(5).map(quoted).joined(separator: ", ")
    return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
  }

  private static func shapes(_ faults: [WrongShape]) -> String {
    let shown = faults.prefix(5).map { "\(quoted($0.tensor)) is \($0.found), not \($0.expected)" }
    let rest = faults.count > 5 ? " and \(faults.count - 5) more" : ""
    return shown.joined(separator: ", ") + rest
  }

  /// A name from a file, cut so that none can flood a message.
  private static func quoted(_ name: String) -> String {
    let start = name.unicodeScalars.prefix(80)
    return start.endIndex == name.endIndex ? "`\(name)`" : "`\(String(start))…`"
  }
}
