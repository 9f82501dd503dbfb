/// Gives the files of one folder; how it is reached, and which links are followed, is its own affair.
///
/// Names are plain: no `/`, no leading dot.
package protocol PretrainedFiles {
  /// Whether there is anything of that name, to be read or not.
  func has(_ name: String) -> Bool
  /// The bytes of a file, nil where there is none.
  func bytes(of name: String, limit: Int) throws(PretrainedError) -> [UInt8]?
  /// A safetensors file, nil where there is none.
  func tensors(in name: String) throws(PretrainedError) -> SafetensorsFile?
}

/// A folder of Hugging Face's with a BERT: its `config.json` and its weights.
package struct PretrainedFolder: Sendable {
  package static let weightsName = "model.safetensors"
  package static let vocabularyName = "vocab.txt"
  package static let tokenizerName = "tokenizer.json"
  package static let tokenizerConfigName = "tokenizer_config.json"
  /// Most bytes of an index or a file of the tokenizer's.
  package static let textLimit = 1 << 26

  package let config: PretrainedConfig
  /// Headers are checked; elements are read when they are asked for.
  package let weights: ShardedSafetensors

  package init(_ files: some PretrainedFiles) throws(PretrainedError) {
    config = try Self.config(files)
    weights = try Self.weights(files)
  }

  /// Names of the files that are read for the configuration and the weights, as far as they are
  /// there: no other file of the folder has a bearing on them.
  package static func names(_ files: some PretrainedFiles) throws(PretrainedError) -> [String] {
    var names = [PretrainedConfig.fileName]
    if files.has(weightsName) {
      names.append(weightsName)
    } else if let index = try files.bytes(of: ShardedSafetensors.indexName, limit: textLimit) {
      names.append(ShardedSafetensors.indexName)
      names += try ShardedSafetensors.shardNames(index: index)
    }
    return names.filter { files.has($0) }
  }

  private static func config(
    _ files: some PretrainedFiles
  ) throws(PretrainedError) -> PretrainedConfig {
    let name = PretrainedConfig.fileName
    guard let bytes = try files.bytes(of: name, limit: PretrainedConfig.byteLimit) else {
      throw .missing(file: name)
    }
    return try PretrainedConfig(json: bytes)
  }

  /// `model.safetensors`, or the shards of its index.
  private static func weights(
    _ files: some PretrainedFiles
  ) throws(PretrainedError) -> ShardedSafetensors {
    if let file = try files.tensors(in: weightsName) {
      return ShardedSafetensors(file, name: weightsName)
    }
    if let index = try files.bytes(of: ShardedSafetensors.indexName, limit: textLimit) {
      return try ShardedSafetensors(index: index) { name throws(PretrainedError) in
        try files.tensors(in: name)
      }
    }
    for name in ["pytorch_model.bin", "pytorch_model.bin.index.json"]
    where files.has(name) { throw .pickled(file: name) }
    throw .missing(file: weightsName)
  }

  /// Throws unless configuration and weights are of one model, as far as headers tell.
  ///
  /// For who plans and computes nothing yet: no element is looked at.
  package func check(parameterLimit: Int = 200_000_000) throws(PretrainedError) {
    try PretrainedBert.check(config, weights, parameterLimit: parameterLimit)
  }

  /// The BERT with its weights, copied out of the files, which nobody wrote to meanwhile.
  package func bert(parameterLimit: Int = 200_000_000) throws(PretrainedError) -> PretrainedBert {
    let mapped = try mappedBert(parameterLimit: parameterLimit)
    let copied = mapped.detached()
    try checkUnchanged()
    return copied
  }

  /// The BERT with its weights, which are pieces of the mapped files until they are written.
  ///
  /// At once there, however large; but what was computed from them is theirs only if
  /// ``checkUnchanged()`` passes afterwards.
  package func mappedBert(
    parameterLimit: Int = 200_000_000
  ) throws(PretrainedError) -> PretrainedBert {
    try PretrainedBert(config, weights, parameterLimit: parameterLimit)
  }

  /// Throws when a file of weights was written to since it was opened: ask after the last use of
  /// tensors that were not copied.
  package func checkUnchanged() throws(PretrainedError) { try weights.checkUnchanged() }
}
