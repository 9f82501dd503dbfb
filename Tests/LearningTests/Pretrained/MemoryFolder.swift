import Learning
import Tensors

/// A folder that is nowhere but here.
struct MemoryFolder: PretrainedFiles {
  var files: [String: [UInt8]]

  init(_ files: [String: [UInt8]] = [:]) { self.files = files }

  init(_ files: [PretrainedFile]) {
    self.init(Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.bytes) }))
  }

  func has(_ name: String) -> Bool { files[name] != nil }

  func bytes(of name: String, limit: Int) throws(PretrainedError) -> [UInt8]? {
    guard let bytes = files[name] else { return nil }
    guard bytes.count <= limit else { throw .tooManyBytes(file: name, limit: limit) }
    return bytes
  }

  func tensors(in name: String) throws(PretrainedError) -> SafetensorsFile? {
    guard let bytes = files[name] else { return nil }
    do throws(SafetensorsError) {
      return try SafetensorsFile(bytes)
    } catch {
      throw .tensors(file: name, error)
    }
  }
}

/// A BERT of two layers that is as small as can be, with weights that differ from each other.
struct TinyBert {
  static var config: BertConfig {
    var config = BertConfig()
    config.vocabularySize = 11
    config.hiddenSize = 4
    config.layerCount = 2
    config.headCount = 2
    config.intermediateSize = 6
    config.maximumPositions = 5
    config.activation = .geluNew
    config.classifierDropout = 0.25
    return config
  }

  let model: BertModel
  let parameters: ParameterSet

  init(_ heads: BertHeads) throws {
    let model = try BertModel(Self.config, heads: heads)
    var random = SplitMix(state: 5)
    let tensors = model.parameters.map { spec in
      let shape = Shape(spec.dimensions)
      return Tensor(
        (0..<shape.count).map { _ in Float.random(in: -1...1, using: &random) }, shape: shape)
    }
    self.model = model
    parameters = ParameterSet(names: model.parameters.map(\.name), tensors: tensors)
  }

  static let heads: [(BertHeads, PretrainedConfig.Architecture)] = [
    (BertHeads(pooler: true), .encoder), (.pretraining, .pretraining),
    (BertHeads(maskedLanguageModel: true), .maskedLanguageModel),
    (BertHeads(nextSentence: true), .nextSentence),
    (.classifier(outputs: 3), .sequenceClassification),
  ]

  /// Its tensors under the names that `rename` gives; nil leaves one out.
  func arrays(_ rename: (String) -> String? = { $0 }) -> [SafetensorsArray] {
    zip(parameters.names, parameters.tensors).compactMap { name, tensor in
      rename(name).map { SafetensorsArray($0, .float32(tensor)) }
    }
  }

  func folder(
    _ architecture: PretrainedConfig.Architecture?, _ arrays: [SafetensorsArray],
    labels: [String]? = nil
  ) -> MemoryFolder {
    let config = PretrainedConfig(Self.config, architecture: architecture, labels: labels)
    return MemoryFolder([
      PretrainedConfig.fileName: config.encoded(),
      PretrainedFolder.weightsName: SafetensorsFile.encoded(arrays, metadata: ["format": "pt"]),
    ])
  }
}

extension PretrainedError {
  /// What reading a folder runs into, nil for nothing.
  static func reading(_ folder: MemoryFolder, parameterLimit: Int = 100_000) -> PretrainedError? {
    do throws(PretrainedError) {
      _ = try PretrainedFolder(folder).bert(parameterLimit: parameterLimit)
      return nil
    } catch {
      return error
    }
  }
}
