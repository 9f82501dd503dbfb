extension BertModel {
  /// What a training reads of the model's outputs.
  enum Use {
    case pretraining(PretrainingObjective)
    case supervised
  }

  /// Where each parameter stands: the embeddings are level 0, layer i is level i + 1, pooler and
  /// heads are the top.
  ///
  /// Nil for the parameters of heads that the use does not read, and of a pooler that none of its
  /// heads reads: they keep their weights, without decay too, as PyTorch's do.
  func places(for use: Use) -> [ParameterPlace?] {
    let top = config.layerCount + 1
    let layers = Dictionary(
      uniqueKeysWithValues: (0..<config.layerCount).map { (BertNames.layer($0), $0 + 1) })
    return parameters.map { spec in
      guard Self.isRead(spec.name, by: use) else { return nil }
      let level: Int
      if spec.name.hasPrefix("bert.embeddings.") {
        level = 0
      } else if spec.name.hasPrefix("bert.encoder.layer.") {
        // Such as `bert.encoder.layer.11`, before the rest of the name.
        let path = spec.name.split(separator: ".").prefix(4).joined(separator: ".")
        level = layers[path] ?? top
      } else {
        level = top
      }
      return ParameterPlace(kind: Self.kind(spec.name), level: level)
    }
  }

  private static func kind(_ name: String) -> ParameterPlace.Kind {
    if name.contains("LayerNorm") { return .normalization }
    return name.hasSuffix("bias") ? .bias : .weight
  }

  private static func isRead(_ name: String, by use: Use) -> Bool {
    if name.hasPrefix("cls.predictions.") {
      if case .pretraining(let objective) = use { objective.maskedLanguageModel } else { false }
    } else if name.hasPrefix(BertNames.nextSentence) {
      if case .pretraining(let objective) = use { objective.nextSentence } else { false }
    } else if name.hasPrefix(BertNames.classifier) {
      if case .supervised = use { true } else { false }
    } else if name.hasPrefix(BertNames.pooler) {
      if case .pretraining(let objective) = use { objective.nextSentence } else { true }
    } else {
      true
    }
  }
}

extension TrainingOutline {
  /// A training of a BERT: biases and layer norms do not decay unless the settings say otherwise.
  init(
    _ model: BertModel, for use: BertModel.Use, settings: TrainingSettings, rows: Int,
    lossParts: [String] = [], validationMeasures: [String]
  ) {
    self.init(
      settings: settings, rows: rows, parameters: model.parameters,
      places: model.places(for: use), withoutDecay: [.bias, .layerNorm], lossParts: lossParts,
      validationMeasures: validationMeasures)
  }
}
