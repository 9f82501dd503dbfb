internal import Learning

/// What a `pretrained` or `safetensors` line asks for.
enum PretrainedRequest {
  /// What of a BERT's answers is wanted.
  enum Output: String {
    /// The last layer's vectors, token by token.
    case hidden
    /// Logits of all tokens over the vocabulary.
    case masked
    case next
    case classifier
  }

  /// Writes a BERT with random weights and its tokenizer as a folder.
  case write(path: String, PretrainedConfig.Architecture, isBase: Bool)
  /// Reads a folder and writes what was read to another one.
  case copy(path: String, to: String)
  /// All numbers of an output for some sequences.
  case answer(path: String, Output, TokenSequences)
  /// Seconds to open a file of tensors and to have every one as a tensor.
  ///
  /// With `touch`, one float of every page is read.
  case open(path: String, touches: Bool, milliseconds: Int)

  init?(_ words: [String], _ options: Options) {
    guard let path = options["path"] else { return nil }
    switch words {
    case ["pretrained", "write"]:
      guard let architecture = options["class"].flatMap(PretrainedConfig.Architecture.init)
      else { return nil }
      self = .write(path: path, architecture, isBase: options["size"] == "base")
    case ["pretrained", "copy"]:
      guard let target = options["to"] else { return nil }
      self = .copy(path: path, to: target)
    case ["pretrained", "answer"]:
      guard let output = options["output"].flatMap(Output.init),
        let sequences = Self.sequences(options)
      else { return nil }
      self = .answer(path: path, output, sequences)
    case ["safetensors"]:
      self = .open(
        path: path, touches: options["touch"] == "1",
        milliseconds: options.integer("milliseconds") ?? 30)
    default: return nil
    }
  }

  /// Such as `ids=2,7,3/2,3 types=0,1,1/0,0`.
  private static func sequences(_ options: Options) -> TokenSequences? {
    func numbers<Number: FixedWidthInteger>(_ text: Substring) -> [Number] {
      text.split(separator: ",").compactMap { Number($0) }
    }
    guard let ids = options["ids"]?.split(separator: "/"),
      let types = options["types"]?.split(separator: "/"), ids.count == types.count
    else { return nil }
    var sequences = TokenSequences()
    for (ids, types) in zip(ids, types) {
      let (ids, types): ([Int32], [UInt8]) = (numbers(ids), numbers(types))
      guard ids.count == types.count, !ids.isEmpty else { return nil }
      sequences.append(ids: ids, types: types)
    }
    return sequences
  }
}
