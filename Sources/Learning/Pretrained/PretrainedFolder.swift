/// Gives the files of one folder; how it is reached, and which links are followed, is its own affair.
///
/// Names are plain: no `/`, no leading dot.
package protocol PretrainedFiles {
  /// Whether there is a file of that name, to be read or not.
  func has(_ name: String) -> Bool
  /// The bytes of a file, nil where there is none.
  func bytes(of name: String, limit: Int) throws(PretrainedError) -> [UInt8]?
  /// A safetensors file, nil where there is none.
  func tensors(in name: String) throws(PretrainedError) -> SafetensorsFile?
}

/// A folder of Hugging Face's with a BERT: `config.json`, weights, and the tokenizer's files.
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
  /// `vocab.txt`, unread; nil where there is none.
  package let vocabulary: [UInt8]?
  /// `tokenizer.json`, unread; nil where there is none.
  package let tokenizer: [UInt8]?
  /// `tokenizer_config.json`, unread; nil where there is none.
  package let tokenizerConfig: [UInt8]?

  package init(_ files: some PretrainedFiles) throws(PretrainedError) {
    config = try Self.config(files)
    weights = try Self.weights(files)
    vocabulary = try files.bytes(of: Self.vocabularyName, limit: Self.textLimit)
    tokenizer = try files.bytes(of: Self.tokenizerName, limit: Self.textLimit)
    tokenizerConfig = try files.bytes(of: Self.tokenizerConfigName, limit: Self.textLimit)
  }

  /// `config.json` alone, for who plans and computes nothing yet.
  package static func config(
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
