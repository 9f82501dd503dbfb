/// Hugging Face's names of a BERT's tensors, old and new, by the names that they have here.
struct PretrainedNames {
  /// A decoder that a file spells out though it is tied to the table of words.
  static let decoderWeight = "cls.predictions.decoder.weight"
  /// Another name of ``BertNames/maskedBias``.
  static let decoderBias = "cls.predictions.decoder.bias"
  /// What `register_buffer` left in older files: the numbers from 0.
  private static let buffers: Set<String> = [
    "bert.embeddings.position_ids", "bert.embeddings.token_type_ids",
  ]

  /// Name in the file by name here.
  private(set) var spellings: [String: String] = [:]

  /// Takes a file's names apart.
  ///
  /// - TensorFlow's `LayerNorm.gamma` and `.beta` are `weight` and `bias`.
  /// - A file of the bare encoder (`BertModel`) has no `bert.` before its names.
  /// - Buffers, which are no parameters, are left out.
  init(_ names: [String]) throws(PretrainedError) {
    let isBare = !names.contains { $0.hasPrefix(Self.prefix) }
    for name in names {
      let known = Self.modern(isBare ? Self.prefixed(name) : name)
      if Self.buffers.contains(known) { continue }
      if let other = spellings.updateValue(name, forKey: known) { throw .ambiguous(other, name) }
    }
  }

  private static let prefix = "bert."

  /// A name as `BertModel` saves it, without the prefix.
  static func bare(_ name: String) -> String {
    name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }

  private static func prefixed(_ name: String) -> String {
    for part in ["embeddings.", "encoder.", "pooler."] where name.hasPrefix(part) {
      return prefix + name
    }
    return name
  }

  private static func modern(_ name: String) -> String {
    for (old, new) in [
      ("LayerNorm.gamma", "LayerNorm.weight"), ("LayerNorm.beta", "LayerNorm.bias"),
    ]
    where name.hasSuffix(old) {
      return name.dropLast(old.count) + new
    }
    return name
  }

  func has(_ prefix: String) -> Bool { spellings.keys.contains { $0.hasPrefix(prefix) } }
}
