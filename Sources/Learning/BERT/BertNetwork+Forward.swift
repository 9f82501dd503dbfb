internal import Tensors

/// From tokens to the last layer's outputs.
extension BertNetwork {
  /// Runs embeddings and all layers.
  func forward(_ pass: Pass) {
    forwardEmbeddings(pass)
    for index in weights.layers.indices { forwardLayer(index, pass) }
  }

  /// dropout(layer norm((word + segment) + position)).
  private func forwardEmbeddings(_ pass: Pass) {
    let (compute, activations, grain) = (pass.compute, pass.activations, pass.grain)
    compute.embed(
      ids: grain.ids, segments: grain.segments, places: grain.places, words: weights.words.view,
      types: weights.segments.view, positions: weights.positions.view,
      into: activations.embedded)
    let norm = weights.embeddingNorm.view(
      model.config, statistics: activations.embeddedStatistics)
    compute.normalize(activations.embedded, norm, into: activations.inputs[0])
    if let dropout = embeddingDropout(pass) {
      compute.drop(
        activations.inputs[0], dropout, at: grain.places, into: activations.inputs[0])
    }
  }

  /// Attention and feed-forward block of a layer; of the last one only the rows that are read.
  func forwardLayer(_ index: Int, _ pass: Pass) {
    let (compute, activations) = (pass.compute, pass.activations)
    let (layer, kept) = (weights.layers[index], activations.layers[index])
    let (input, output) = (activations.inputs[index], activations.inputs[index + 1])
    let (drops, places) = (dropouts(layer: index, pass), places(index, pass))
    let residual = queryInput(index, pass)
    if let rows = readRows(index, pass) { compute.gather(input, rows, into: residual) }
    layer.query.apply(residual, into: kept.query, compute)
    layer.key.apply(input, into: kept.key, compute)
    layer.value.apply(input, into: kept.value, compute)
    compute.attend(
      attention(index, pass), q: kept.query, k: kept.key, v: kept.value, into: kept.context)
    // Not `first`, which holds a gradient while a backward pass runs the layer again.
    let sum = activations.second.rows(0..<output.rows)
    let attended = activations.third.rows(0..<output.rows)
    layer.attentionOutput.apply(kept.context, into: sum, compute)
    compute.normalizeResidual(
      sum, residual: residual, drops.attention, at: places,
      layer.attentionNorm.view(model.config, statistics: kept.attentionStatistics),
      sum: kept.attentionSum, into: attended)
    layer.intermediate.apply(attended, into: kept.intermediate, compute)
    let inner = activations.wide.reshaped(
      rows: output.rows, columns: model.config.intermediateSize)
    compute.map(model.config.activation.function, kept.intermediate, into: inner)
    layer.output.apply(inner, into: sum, compute)
    compute.normalizeResidual(
      sum, residual: attended, drops.output, at: places,
      layer.outputNorm.view(model.config, statistics: kept.outputStatistics),
      sum: kept.outputSum, into: output)
  }

  private func isLast(_ index: Int) -> Bool { index == weights.layers.count - 1 }

  /// The rows of a layer's input that its queries come from; nil: all.
  func readRows(_ index: Int, _ pass: Pass) -> [Int]? { isLast(index) ? pass.grain.read : nil }

  /// What a layer's queries come from, and its residual connection.
  func queryInput(_ index: Int, _ pass: Pass) -> MatrixView {
    readRows(index, pass) == nil ? pass.activations.inputs[index] : pass.activations.queryInput
  }

  /// Where the rows of a layer's output stand.
  func places(_ index: Int, _ pass: Pass) -> RowPlaces {
    isLast(index) ? pass.grain.readPlaces : pass.grain.places
  }

  func attention(_ index: Int, _ pass: Pass) -> AttentionPlan {
    AttentionPlan(
      keys: pass.grain.starts, queries: isLast(index) ? pass.grain.readStarts : pass.grain.starts,
      places: places(index, pass), heads: model.config.headCount,
      span: model.config.attentionSpan, dropout: dropouts(layer: index, pass).probabilities)
  }
}

extension BertConfig.Activation {
  var function: ElementFunction {
    switch self {
    case .gelu: .gelu
    case .geluNew: .geluTanh
    case .relu: .relu
    }
  }
}
