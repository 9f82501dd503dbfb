internal import Tensors

/// A BERT with its weights, as a folder of Hugging Face's holds it.
package struct PretrainedBert: Sendable {
  package let config: PretrainedConfig
  /// With the heads that the weights have.
  package let model: BertModel
  /// The model's.
  package let parameters: ParameterSet

  /// Puts weights into the places of a BERT; those of float32 stay pieces of a mapped file.
  ///
  /// The heads are those that the weights have, and those of the class that `config.json` names:
  /// what belongs to them must be there, and nothing else. Numbers of half precision are widened
  /// exactly, doubles rounded once.
  /// - Parameter parameterLimit: as for ``BertModel``.
  package init(
    _ config: PretrainedConfig, _ tensors: ShardedSafetensors, parameterLimit: Int = 200_000_000
  ) throws(PretrainedError) {
    let (model, names, places) = try Self.fitted(config, tensors, parameterLimit)
    try Self.checkTied(names, places, tensors)
    var values: [Tensor] = []
    for place in places { values.append(try tensors.tensor(place)) }
    self.config = config
    self.model = model
    parameters = ParameterSet(names: model.parameters.map(\.name), tensors: values)
  }

  /// Throws what reading would, as far as it is known without looking at an element.
  static func check(
    _ config: PretrainedConfig, _ tensors: ShardedSafetensors, parameterLimit: Int
  ) throws(PretrainedError) {
    _ = try fitted(config, tensors, parameterLimit)
  }

  /// The model that the weights are of, their names, and the name in the file of each parameter.
  private static func fitted(
    _ config: PretrainedConfig, _ tensors: ShardedSafetensors, _ parameterLimit: Int
  ) throws(PretrainedError) -> (model: BertModel, names: PretrainedNames, places: [String]) {
    let names = try PretrainedNames(tensors.entries.map(\.name))
    // Before parameters are listed, which a hostile number of layers would make long.
    let (layers, count) = (config.bert.layerCount, tensors.entries.count)
    if layers > max(1000, count) {
      throw .config(
        .sizeOutOfRange(field: "num_hidden_layers", value: layers, limit: max(1000, count)))
    }
    let heads = Self.heads(config, names, tensors)
    let model: BertModel
    do throws(BertConfigError) {
      model = try BertModel(config.bert, heads: heads, parameterLimit: parameterLimit)
    } catch {
      throw .config(error)
    }
    let places = try Self.places(of: model, names, tensors)
    if let labels = config.labels, let outputs = heads.classifier, labels.count != outputs {
      throw .labelCount(labels: labels.count, outputs: outputs)
    }
    return (model, names, places)
  }

  private init(_ config: PretrainedConfig, _ model: BertModel, _ parameters: ParameterSet) {
    self.config = config
    self.model = model
    self.parameters = parameters
  }

  /// The same in memory of its own.
  func detached() -> PretrainedBert {
    let tensors = parameters.tensors.map { $0.detached() }
    return PretrainedBert(config, model, ParameterSet(names: parameters.names, tensors: tensors))
  }

  private static func heads(
    _ config: PretrainedConfig, _ names: PretrainedNames, _ tensors: ShardedSafetensors
  ) -> BertHeads {
    let needed = config.architecture
    var outputs = names.spellings["\(BertNames.classifier).weight"].flatMap {
      tensors[$0]?.dimensions.first
    }
    if outputs == nil, needed == .sequenceClassification || names.has("\(BertNames.classifier).") {
      // Hugging Face's default; the tensors are reported as missing.
      outputs = config.labels?.count ?? 2
    }
    let readsPooler = outputs != nil || needsNextSentence(names, needed)
    return BertHeads(
      maskedLanguageModel: names.has("cls.predictions.") || needed == .pretraining
        || needed == .maskedLanguageModel,
      nextSentence: needsNextSentence(names, needed), classifier: outputs,
      pooler: !readsPooler && names.has("\(BertNames.pooler)."))
  }

  private static func needsNextSentence(
    _ names: PretrainedNames, _ needed: PretrainedConfig.Architecture?
  ) -> Bool {
    names.has("\(BertNames.nextSentence).") || needed == .pretraining || needed == .nextSentence
  }

  /// The name in the file of each of the model's parameters, shapes and types being right.
  private static func places(
    of model: BertModel, _ names: PretrainedNames, _ tensors: ShardedSafetensors
  ) throws(PretrainedError) -> [String] {
    var rest = names.spellings
    let decoderBias = rest.removeValue(forKey: PretrainedNames.decoderBias)
    if model.heads.maskedLanguageModel {
      rest[PretrainedNames.decoderWeight] = nil
      if rest[BertNames.maskedBias] == nil { rest[BertNames.maskedBias] = decoderBias }
    } else if let decoderBias {
      rest[PretrainedNames.decoderBias] = decoderBias
    }
    var places: [String] = []
    var missing: [String] = []
    var shapes: [PretrainedError.WrongShape] = []
    var types: [String] = []
    for spec in model.parameters {
      guard let name = rest.removeValue(forKey: spec.name), let entry = tensors[name] else {
        missing.append(spec.name)
        continue
      }
      if entry.dimensions != spec.dimensions {
        shapes.append(.init(tensor: name, expected: spec.dimensions, found: entry.dimensions))
      }
      if !entry.type.isFloat { types.append(name) }
      places.append(name)
    }
    if !missing.isEmpty { throw .missingTensors(missing) }
    if !rest.isEmpty {
      throw .surplusTensors(
        rest.values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }
    if !shapes.isEmpty { throw .wrongShapes(shapes) }
    if !types.isEmpty { throw .wrongTypes(types) }
    return places
  }

  /// A decoder that is spelled out is the table of words, and its bias the head's, to the bit.
  private static func checkTied(
    _ names: PretrainedNames, _ places: [String], _ tensors: ShardedSafetensors
  ) throws(PretrainedError) {
    let twins = [
      (PretrainedNames.decoderWeight, BertNames.words),
      (PretrainedNames.decoderBias, BertNames.maskedBias),
    ]
    for (copy, original) in twins {
      guard let copied = names.spellings[copy], let kept = names.spellings[original] else {
        continue
      }
      guard let (one, other) = tensors[copied].flatMap({ one in tensors[kept].map { (one, $0) } }),
        one.dimensions == other.dimensions, one.type.isFloat,
        try tensors.tensor(copied).hasSameBits(as: tensors.tensor(kept))
      else { throw .untied(tensor: copied) }
    }
  }
}

extension SafetensorsType {
  /// Whether elements are floating-point numbers, which can be weights.
  fileprivate var isFloat: Bool {
    switch self {
    case .float64, .float32, .bfloat16, .float16: true
    case .int64, .uint64, .int32, .uint32, .int16, .uint16, .int8, .uint8, .bool: false
    }
  }
}
