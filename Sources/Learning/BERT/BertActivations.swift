internal import Tensors

/// What the passes over one grain write down, all in one block of memory.
struct BertActivations {
  /// What the backward pass of a layer reads.
  ///
  /// Outputs of layer norms are not kept: they are cheap to compute again from the sums.
  struct Layer {
    let query, key, value, context: MatrixView
    let attentionSum, attentionStatistics: MatrixView
    let intermediate: MatrixView
    let outputSum, outputStatistics: MatrixView
  }

  /// The head that predicts masked tokens.
  struct MaskedHead {
    let input, transformed, activated, activatedStatistics, normed, logits, gradient: MatrixView
  }

  /// The pooler and what reads it, a row a sequence.
  struct Pooled {
    let input, output, dropped, gradient, inputGradient: MatrixView
  }

  let embedded, embeddedStatistics: MatrixView
  /// Input of each layer, and the output of the last; unless all are kept, only the first and the
  /// last outlive the layer after them.
  let inputs: [MatrixView]
  let layers: [Layer]
  /// The rows of the last layer's input that its queries come from, where they are not all.
  let queryInput: MatrixView
  let masked: MaskedHead
  let pooled: Pooled
  /// As wide as the feed-forward block, or queries, keys and values side by side.
  let wide: MatrixView
  /// Gradients and sums on their way, as wide as the model.
  let first, second, third: MatrixView

  /// What is needed of a pass.
  struct Needs {
    /// Layers from here on keep what their backward pass reads; the others share one place.
    let keptFrom: Int
    /// Whether the inputs of all layers are kept, or those after the first take turns in two places.
    let keepsInputs: Bool
    let maskedRows: Int
    let pooledRows: Int
  }

  init(
    _ layout: inout FloatArena.Layout, _ config: BertConfig, rows: Int, read: Int, _ needs: Needs
  ) {
    let (hidden, inner) = (config.hiddenSize, config.intermediateSize)
    embedded = layout.matrix(rows, hidden)
    embeddedStatistics = layout.matrix(2, rows)
    let count = config.layerCount
    var inputs: [MatrixView] = []
    for index in 0..<count {
      inputs.append(
        needs.keepsInputs || index < 3 ? layout.matrix(rows, hidden) : inputs[index - 2])
    }
    inputs.append(layout.matrix(read, hidden))
    self.inputs = inputs
    var layers: [Layer] = []
    for index in 0..<count {
      let outputs = index == count - 1 ? read : rows
      if index > 0, index < needs.keptFrom, let shared = layers.first {
        layers.append(index == count - 1 ? shared.prefix(outputs) : shared)
      } else {
        let whole = index < needs.keptFrom
        layers.append(
          Layer(&layout, config, rows: rows, outputs: whole && count > 1 ? rows : outputs))
      }
    }
    self.layers = layers
    queryInput = layout.matrix(read < rows ? read : 0, hidden)
    masked = MaskedHead(&layout, config, rows: needs.maskedRows)
    pooled = Pooled(&layout, config, rows: needs.pooledRows)
    wide = layout.matrix(rows, max(inner, 3 * hidden))
    first = layout.matrix(rows, hidden)
    second = layout.matrix(rows, hidden)
    third = layout.matrix(rows, hidden)
  }
}

extension BertActivations.Layer {
  init(_ layout: inout FloatArena.Layout, _ config: BertConfig, rows: Int, outputs: Int) {
    let hidden = config.hiddenSize
    query = layout.matrix(outputs, hidden)
    key = layout.matrix(rows, hidden)
    value = layout.matrix(rows, hidden)
    context = layout.matrix(outputs, hidden)
    attentionSum = layout.matrix(outputs, hidden)
    attentionStatistics = layout.matrix(2, outputs)
    intermediate = layout.matrix(outputs, config.intermediateSize)
    outputSum = layout.matrix(outputs, hidden)
    outputStatistics = layout.matrix(2, outputs)
  }

  private init(_ whole: Self, _ rows: Int) {
    query = whole.query.rows(0..<rows)
    key = whole.key
    value = whole.value
    context = whole.context.rows(0..<rows)
    attentionSum = whole.attentionSum.rows(0..<rows)
    attentionStatistics = whole.attentionStatistics.reshaped(rows: 2, columns: rows)
    intermediate = whole.intermediate.rows(0..<rows)
    outputSum = whole.outputSum.rows(0..<rows)
    outputStatistics = whole.outputStatistics.reshaped(rows: 2, columns: rows)
  }

  /// The place of this layer for one that has fewer outputs.
  func prefix(_ rows: Int) -> Self { Self(self, rows) }
}

extension BertActivations.MaskedHead {
  init(_ layout: inout FloatArena.Layout, _ config: BertConfig, rows: Int) {
    let hidden = config.hiddenSize
    input = layout.matrix(rows, hidden)
    transformed = layout.matrix(rows, hidden)
    activated = layout.matrix(rows, hidden)
    activatedStatistics = layout.matrix(2, rows)
    normed = layout.matrix(rows, hidden)
    logits = layout.matrix(rows, config.vocabularySize)
    gradient = layout.matrix(rows, hidden)
  }
}

extension BertActivations.Pooled {
  init(_ layout: inout FloatArena.Layout, _ config: BertConfig, rows: Int) {
    let hidden = config.hiddenSize
    input = layout.matrix(rows, hidden)
    output = layout.matrix(rows, hidden)
    dropped = layout.matrix(rows, hidden)
    gradient = layout.matrix(rows, hidden)
    inputGradient = layout.matrix(rows, hidden)
  }
}
