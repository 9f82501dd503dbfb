extension BertModel {
  /// How many numbers ``parameters(_:_:_:)`` would list; saturates instead of overflowing.
  static func parameterCount(_ config: BertConfig, _ heads: BertHeads) -> Int {
    let (hidden, inner) = (Double(config.hiddenSize), Double(config.intermediateSize))
    let vocabulary = Double(config.vocabularySize)
    let norm = 2 * hidden
    let tables = vocabulary + Double(config.maximumPositions) + Double(config.segmentCount)
    var count = tables * hidden + norm
    count +=
      Double(config.layerCount)
      * (4 * (hidden * hidden + hidden) + 2 * hidden * inner + inner + hidden + 2 * norm)
    if heads.hasPooler { count += hidden * hidden + hidden }
    if heads.maskedLanguageModel { count += vocabulary + hidden * hidden + hidden + norm }
    if heads.nextSentence { count += 2 * hidden + 2 }
    if let outputs = heads.classifier { count += Double(outputs) * (hidden + 1) }
    // Exact below 2⁵³, and far beyond every limit above.
    return count < 0x1p53 ? Int(count) : .max
  }

  static func parameters(
    _ config: BertConfig, _ heads: BertHeads, _ weight: Initializer
  ) -> [ParameterSpec] {
    let hidden = config.hiddenSize
    let list = SpecList(weight: weight)
    var specs = [
      list.table(BertNames.words, rows: config.vocabularySize, columns: hidden),
      list.table(BertNames.positions, rows: config.maximumPositions, columns: hidden),
      list.table(BertNames.segments, rows: config.segmentCount, columns: hidden),
    ]
    specs += list.norm(BertNames.embeddingNorm, width: hidden)
    for layer in (0..<config.layerCount).map(BertNames.layer) {
      for part in ["query", "key", "value"] {
        specs += list.linear("\(layer).attention.self.\(part)", inputs: hidden, outputs: hidden)
      }
      specs += list.linear("\(layer).attention.output.dense", inputs: hidden, outputs: hidden)
      specs += list.norm("\(layer).attention.output.LayerNorm", width: hidden)
      let inner = config.intermediateSize
      specs += list.linear("\(layer).intermediate.dense", inputs: hidden, outputs: inner)
      specs += list.linear("\(layer).output.dense", inputs: inner, outputs: hidden)
      specs += list.norm("\(layer).output.LayerNorm", width: hidden)
    }
    if heads.hasPooler { specs += list.linear(BertNames.pooler, inputs: hidden, outputs: hidden) }
    if heads.maskedLanguageModel {
      specs.append(list.bias(BertNames.maskedBias, inputs: hidden, outputs: config.vocabularySize))
      specs += list.linear(BertNames.maskedTransform, inputs: hidden, outputs: hidden)
      specs += list.norm(BertNames.maskedNorm, width: hidden)
    }
    if heads.nextSentence {
      specs += list.linear(BertNames.nextSentence, inputs: hidden, outputs: 2)
    }
    if let outputs = heads.classifier {
      specs += list.linear(BertNames.classifier, inputs: hidden, outputs: outputs)
    }
    return specs
  }
}

/// Makes the parameters of a BERT's parts.
private struct SpecList {
  let weight: Initializer

  func table(_ name: String, rows: Int, columns: Int) -> ParameterSpec {
    ParameterSpec(
      name: name, dimensions: [rows, columns], initializer: weight, fanIn: columns, fanOut: rows)
  }

  func bias(_ name: String, inputs: Int, outputs: Int) -> ParameterSpec {
    ParameterSpec(
      name: name, dimensions: [outputs], initializer: .zeros, fanIn: inputs, fanOut: outputs)
  }

  func linear(_ path: String, inputs: Int, outputs: Int) -> [ParameterSpec] {
    [
      table("\(path).weight", rows: outputs, columns: inputs),
      bias("\(path).bias", inputs: inputs, outputs: outputs),
    ]
  }

  func norm(_ path: String, width: Int) -> [ParameterSpec] {
    [("weight", Initializer.constant(1)), ("bias", .zeros)].map { part, start in
      ParameterSpec(
        name: "\(path).\(part)", dimensions: [width], initializer: start, fanIn: width,
        fanOut: width)
    }
  }
}
