internal import Tensors

/// From the gradient of the last layer's outputs back to the lowest parameter that is trained.
extension BertNetwork {
  /// - Parameter pass: a training pass whose `first` holds the gradient of the rows that are read.
  func backward(_ pass: Pass) {
    let last = weights.layers.count - 1
    for index in stride(from: last, through: max(0, pass.lowest), by: -1) {
      // The last layer's activations are there even where all layers share one place.
      if recomputesActivations, index < last { forwardLayer(index, pass) }
      backwardLayer(index, pass)
    }
    if pass.lowest < 0 { backwardEmbeddings(pass) }
  }

  /// Takes the gradient of a layer's output from `first` and leaves that of its input there.
  private func backwardLayer(_ index: Int, _ pass: Pass) {
    let rows = 0..<pass.activations.inputs[index + 1].rows
    let gradient = pass.activations.first.rows(rows)
    let residual = pass.activations.second.rows(rows)
    let inner = pass.activations.third.rows(rows)
    backwardFeedForward(index, pass, gradient, residual, inner)
    backwardAttention(index, pass, gradient, residual, inner)
  }

  /// Takes the gradient of the layer's output and leaves that of the attention's in its place.
  private func backwardFeedForward(
    _ index: Int, _ pass: Pass, _ gradient: MatrixView, _ residual: MatrixView, _ inner: MatrixView
  ) {
    let (compute, config) = (pass.compute, model.config)
    let (layer, kept) = (weights.layers[index], pass.activations.layers[index])
    let norm = layer.outputNorm.view(config, statistics: kept.outputStatistics)
    layer.outputNorm.differentiate(kept.outputSum, norm, gradient: gradient, compute)
    compute.normalizeResidualBackward(
      sum: kept.outputSum, dropouts(layer: index, pass).output, at: places(index, pass), norm,
      gradient: gradient, residual: residual, into: inner)
    let wide = pass.activations.wide.reshaped(
      rows: gradient.rows, columns: config.intermediateSize)
    layer.output.backward(inner, into: wide, compute)
    // The activation is computed again, over its input, which nobody needs any more.
    compute.activationBackward(
      config.activation.function, kept.intermediate, gradient: wide, value: kept.intermediate)
    layer.output.differentiate(kept.intermediate, gradient: inner, compute)
    if layer.intermediate.isTrained {
      let norm = layer.attentionNorm.view(config, statistics: kept.attentionStatistics)
      compute.normalizeAgain(kept.attentionSum, norm, into: inner)
      layer.intermediate.differentiate(inner, gradient: wide, compute)
    }
    layer.intermediate.backward(wide, into: gradient, compute)
    compute.add(residual, to: gradient)
  }

  /// Takes the gradient of the attention's output and leaves that of the layer's input in `first`.
  private func backwardAttention(
    _ index: Int, _ pass: Pass, _ gradient: MatrixView, _ residual: MatrixView, _ inner: MatrixView
  ) {
    let (compute, config, activations) = (pass.compute, model.config, pass.activations)
    let (layer, kept) = (weights.layers[index], activations.layers[index])
    let norm = layer.attentionNorm.view(config, statistics: kept.attentionStatistics)
    layer.attentionNorm.differentiate(kept.attentionSum, norm, gradient: gradient, compute)
    compute.normalizeResidualBackward(
      sum: kept.attentionSum, dropouts(layer: index, pass).attention, at: places(index, pass),
      norm, gradient: gradient, residual: residual, into: inner)
    layer.attentionOutput.differentiate(kept.context, gradient: inner, compute)
    let needsInput = index > pass.lowest
    let needsHeads = layer.query.isTrained || layer.key.isTrained || layer.value.isTrained
    guard needsInput || needsHeads else { return }
    layer.attentionOutput.backward(inner, into: gradient, compute)
    let heads = headGradients(pass, queries: gradient.rows)
    compute.attendBackward(
      attention(index, pass), q: kept.query, k: kept.key, v: kept.value, gradient: gradient,
      into: heads)
    let input = needsHeads ? input(index, pass) : activations.inputs[index]
    layer.query.differentiate(
      readRows(index, pass) == nil ? input : activations.queryInput, gradient: heads.q, compute)
    layer.key.differentiate(input, gradient: heads.k, compute)
    layer.value.differentiate(input, gradient: heads.v, compute)
    guard needsInput else { return }
    // One chain over keys, values and queries.
    layer.key.backward(heads.k, into: activations.first, compute)
    layer.value.backward(heads.v, into: activations.first, continuing: true, compute)
    if let rows = readRows(index, pass) {
      compute.gather(activations.first, rows, into: inner)
      layer.query.backward(heads.q, into: inner, continuing: true, compute)
      compute.add(residual, to: inner)
      compute.scatter(inner, to: rows, of: activations.first)
    } else {
      layer.query.backward(heads.q, into: gradient, continuing: true, compute)
      compute.add(residual, to: gradient)
    }
  }

  /// The input of a layer, which only the first and those of a pass that computes activations again
  /// have kept; else it is computed again in `third`.
  private func input(_ index: Int, _ pass: Pass) -> MatrixView {
    if index == 0 || recomputesActivations { return pass.activations.inputs[index] }
    let (below, kept) = (weights.layers[index - 1], pass.activations.layers[index - 1])
    let norm = below.outputNorm.view(model.config, statistics: kept.outputStatistics)
    pass.compute.normalizeAgain(kept.outputSum, norm, into: pass.activations.third)
    return pass.activations.third
  }

  /// Places for the gradients of queries, keys and values, one after the other.
  private func headGradients(
    _ pass: Pass, queries: Int
  ) -> (q: MatrixView, k: MatrixView, v: MatrixView) {
    let (rows, hidden) = (pass.grain.rowCount, model.config.hiddenSize)
    let all = pass.activations.wide.reshaped(rows: 3 * rows, columns: hidden)
    return (all.rows(0..<queries), all.rows(rows..<2 * rows), all.rows(2 * rows..<3 * rows))
  }

  private func backwardEmbeddings(_ pass: Pass) {
    let (compute, activations, grain) = (pass.compute, pass.activations, pass.grain)
    let gradient = activations.first
    if let dropout = embeddingDropout(pass) {
      compute.drop(gradient, dropout, at: grain.places, into: gradient)
    }
    let norm = weights.embeddingNorm.view(
      model.config, statistics: activations.embeddedStatistics)
    weights.embeddingNorm.differentiate(activations.embedded, norm, gradient: gradient, compute)
    compute.normalizeBackward(activations.embedded, norm, gradient: gradient, into: gradient)
    let padding = model.config.paddingToken
    let tables: [(Parameter, keys: () -> [Int32])] = [
      (weights.words, { grain.ids.map { $0 == padding ? -1 : $0 } }),
      (weights.positions, { grain.places.positions }),
      (weights.segments, { grain.segments.map(Int32.init) }),
    ]
    for (table, keys) in tables where table.isTrained {
      table.contribute(compute.sumsOfRows(gradient, by: keys()), compute)
      table.closeGrain(compute)
    }
  }
}
