internal import Tensors

/// A BERT's parameters by what they do.
struct BertParameters {
  struct Linear {
    let weight: Parameter
    let bias: Parameter

    var isTrained: Bool { weight.isTrained || bias.isTrained }
  }

  struct Norm {
    let gain: Parameter
    let bias: Parameter

    var isTrained: Bool { gain.isTrained || bias.isTrained }
  }

  struct Layer {
    let query, key, value, attentionOutput: Linear
    let attentionNorm: Norm
    let intermediate, output: Linear
    let outputNorm: Norm

    var isTrained: Bool {
      query.isTrained || key.isTrained || value.isTrained || attentionOutput.isTrained
        || attentionNorm.isTrained || intermediate.isTrained || output.isTrained
        || outputNorm.isTrained
    }
  }

  struct MaskedHead {
    let transform: Linear
    let norm: Norm
    let bias: Parameter

    var isTrained: Bool { transform.isTrained || norm.isTrained || bias.isTrained }
  }

  let words, positions, segments: Parameter
  let embeddingNorm: Norm
  let layers: [Layer]
  let pooler: Linear?
  let masked: MaskedHead?
  let nextSentence: Linear?
  let classifier: Linear?

  /// - Parameter parameters: those that ``BertModel/parameters`` lists.
  init(_ model: BertModel, _ parameters: [Parameter]) {
    let table = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0) })
    func parameter(_ name: String) -> Parameter {
      guard let parameter = table[name] else { preconditionFailure("no parameter \(name)") }
      return parameter
    }
    func linear(_ path: String) -> Linear {
      Linear(weight: parameter("\(path).weight"), bias: parameter("\(path).bias"))
    }
    func norm(_ path: String) -> Norm {
      Norm(gain: parameter("\(path).weight"), bias: parameter("\(path).bias"))
    }
    words = parameter(BertNames.words)
    positions = parameter(BertNames.positions)
    segments = parameter(BertNames.segments)
    embeddingNorm = norm(BertNames.embeddingNorm)
    layers = (0..<model.config.layerCount).map(BertNames.layer).map { layer in
      Layer(
        query: linear("\(layer).attention.self.query"), key: linear("\(layer).attention.self.key"),
        value: linear("\(layer).attention.self.value"),
        attentionOutput: linear("\(layer).attention.output.dense"),
        attentionNorm: norm("\(layer).attention.output.LayerNorm"),
        intermediate: linear("\(layer).intermediate.dense"),
        output: linear("\(layer).output.dense"), outputNorm: norm("\(layer).output.LayerNorm"))
    }
    pooler = model.heads.hasPooler ? linear(BertNames.pooler) : nil
    masked =
      model.heads.maskedLanguageModel
      ? MaskedHead(
        transform: linear(BertNames.maskedTransform), norm: norm(BertNames.maskedNorm),
        bias: parameter(BertNames.maskedBias)) : nil
    nextSentence = model.heads.nextSentence ? linear(BertNames.nextSentence) : nil
    classifier = model.heads.classifier == nil ? nil : linear(BertNames.classifier)
  }

  /// The lowest layer whose parameters, or those below it, are trained: −1 for the embeddings, the
  /// number of layers when all of the encoder is frozen.
  var lowestTrained: Int {
    if words.isTrained || positions.isTrained || segments.isTrained || embeddingNorm.isTrained {
      return -1
    }
    return layers.firstIndex(where: \.isTrained) ?? layers.count
  }
}

extension Parameter {
  /// What a kernel reads; valid until the next step.
  var view: MatrixView { value.view }

  /// Adds the gradient of the grain in work, which the body writes, unless nobody wants it.
  func contribute(_ compute: Compute, _ body: (MatrixView) -> Void) {
    guard isTrained else { return }
    var gradient = Tensor(uninitialized: value.shape)
    body(gradient.mutableView)
    contribute(gradient, compute)
  }

  /// The same for a parameter that a grain uses once: its grain is closed at once, so that no two
  /// gradients of it wait in memory.
  func addGrain(_ compute: Compute, _ body: (MatrixView) -> Void) {
    contribute(compute, body)
    closeGrain(compute)
  }
}

extension BertParameters.Linear {
  /// y = x·Wᵀ + b.
  func apply(_ x: MatrixView, into y: MatrixView, _ compute: Compute) {
    compute.multiply(.nt, x, weight.view, into: y, bias: bias.view)
  }

  /// Adds a grain's gradients, g being that of the output for the inputs x.
  func differentiate(_ x: MatrixView, gradient g: MatrixView, _ compute: Compute) {
    weight.addGrain(compute) { compute.multiply(.tn, g, x, into: $0) }
    bias.addGrain(compute) { compute.columnSums(g, into: $0) }
  }

  /// dx = g·W, or a continuation of it.
  func backward(
    _ g: MatrixView, into dx: MatrixView, continuing: Bool = false, _ compute: Compute
  ) {
    compute.multiply(.nn, g, weight.view, into: dx, continuing: continuing)
  }
}

extension BertParameters.Norm {
  func view(_ config: BertConfig, statistics: MatrixView) -> NormView {
    NormView(
      gain: gain.view, bias: bias.view, epsilon: Float(config.layerNormEpsilon),
      statistics: statistics)
  }

  /// Adds a grain's gradients, g being that of the layer norm of x.
  func differentiate(
    _ x: MatrixView, _ norm: NormView, gradient g: MatrixView, _ compute: Compute
  ) {
    guard isTrained else { return }
    var dGain = Tensor(uninitialized: gain.value.shape)
    var dBias = Tensor(uninitialized: bias.value.shape)
    compute.normParameters(
      x, norm, gradient: g, gain: dGain.mutableView, bias: dBias.mutableView)
    for (parameter, gradient) in [(gain, dGain), (bias, dBias)] where parameter.isTrained {
      parameter.contribute(gradient, compute)
      parameter.closeGrain(compute)
    }
  }
}
