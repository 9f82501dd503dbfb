/// A file of a folder that is to be written.
package struct PretrainedFile: Sendable, Hashable {
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

extension PretrainedFolder {
  /// The folder of a BERT, for transformers' `from_pretrained`: the same weights, configuration and
  /// tokenizer give the same bytes.
  ///
  /// The decoder is stored once, as the table of words. A classifier without labels gets Hugging
  /// Face's `LABEL_0`, `LABEL_1`, … The files are `config.json`, `model.safetensors` and, with a
  /// tokenizer, `vocab.txt`, `tokenizer.json`, `tokenizer_config.json` and
  /// `special_tokens_map.json`; in order of their names.
  /// - Parameters:
  ///   - labels: names of the classifier's outputs, one each; nil without a classifier.
  ///   - problemType: what the classifier was trained for.
  package static func files(
    _ model: BertModel, _ parameters: ParameterSet, labels: [String]? = nil,
    problemType: PretrainedConfig.ProblemType? = nil, tokenizer: WordPieceTokenizer? = nil
  ) throws(PretrainedError) -> [PretrainedFile] {
    guard model.accepts(parameters) else { throw .foreignParameters }
    guard let architecture = PretrainedConfig.Architecture(model.heads) else {
      throw .noArchitecture
    }
    var config = PretrainedConfig(model.config, architecture: architecture)
    if let outputs = model.heads.classifier {
      config.labels = labels ?? (0..<outputs).map { "LABEL_\($0)" }
      config.problemType = problemType
    }
    if let labels = config.labels, let outputs = model.heads.classifier, labels.count != outputs {
      throw .labelCount(labels: labels.count, outputs: outputs)
    }
    // The bare encoder's class has no part called `bert`.
    let arrays = zip(parameters.names, parameters.tensors).map { name, tensor in
      SafetensorsArray(
        architecture == .encoder ? PretrainedNames.bare(name) : name, .float32(tensor))
    }
    var files = [
      PretrainedFile(name: PretrainedConfig.fileName, bytes: config.encoded()),
      // transformers reads no file whose metadata does not say so.
      PretrainedFile(
        name: weightsName, bytes: SafetensorsFile.encoded(arrays, metadata: ["format": "pt"])),
    ]
    if let tokenizer {
      files += tokenizer.files(longestSequence: model.config.maximumPositions)
    }
    return files.sorted { $0.name < $1.name }
  }
}
