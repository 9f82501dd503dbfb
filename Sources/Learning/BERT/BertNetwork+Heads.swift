internal import Tensors

/// The heads, forwards and backwards.
extension BertNetwork {
  /// The rows that the last layer gave.
  func outputs(_ pass: Pass) -> MatrixView { pass.activations.inputs[weights.layers.count] }

  /// Logits over the vocabulary at the masked positions of a grain.
  func forwardMasked(_ pass: Pass) {
    guard let head = weights.masked else { preconditionFailure("no head for masked tokens") }
    let (compute, place) = (pass.compute, pass.activations.masked)
    compute.gather(outputs(pass), pass.grain.masked, into: place.input)
    head.transform.apply(place.input, into: place.transformed, compute)
    compute.map(model.config.activation.function, place.transformed, into: place.activated)
    compute.normalize(
      place.activated, head.norm.view(model.config, statistics: place.activatedStatistics),
      into: place.normed)
    compute.multiply(
      .nt, place.normed, weights.words.view, into: place.logits, bias: head.bias.view)
  }

  /// Turns the logits into their gradient, differentiates the head, and writes the gradient of its
  /// rows into those of `first`.
  ///
  /// - Returns: one loss a masked position, before the factor.
  func backwardMasked(_ pass: Pass, labels: [Int32], factor: Double) -> [Double] {
    guard let head = weights.masked else { preconditionFailure("no head for masked tokens") }
    let (compute, place) = (pass.compute, pass.activations.masked)
    let losses = compute.crossEntropy(
      replacing: place.logits, targets: labels, factor: Float(factor))
    head.bias.addGrain(compute) { compute.columnSums(place.logits, into: $0) }
    // The decoder is the table of words, whose grain the embeddings close.
    weights.words.contribute(compute) {
      compute.multiply(.tn, place.logits, place.normed, into: $0)
    }
    let needsInput = pass.lowest < weights.layers.count
    if head.isTrained || needsInput {
      compute.multiply(.nn, place.logits, weights.words.view, into: place.gradient)
      let norm = head.norm.view(model.config, statistics: place.activatedStatistics)
      head.norm.differentiate(place.activated, norm, gradient: place.gradient, compute)
      compute.normalizeBackward(
        place.activated, norm, gradient: place.gradient, into: place.gradient)
      compute.activationBackward(
        model.config.activation.function, place.transformed, gradient: place.gradient,
        value: place.activated)
      head.transform.differentiate(place.input, gradient: place.gradient, compute)
      if needsInput {
        head.transform.backward(place.gradient, into: place.input, compute)
        compute.scatter(
          place.input, to: pass.grain.masked, of: pass.activations.first)
      }
    }
    return losses.map(Double.init)
  }

  /// tanh(W·x + b) of each sequence's first token.
  func forwardPooler(_ pass: Pass) {
    guard let pooler = weights.pooler else { preconditionFailure("no pooler") }
    let (compute, place) = (pass.compute, pass.activations.pooled)
    compute.gather(outputs(pass), pass.grain.firsts, into: place.input)
    pooler.apply(place.input, into: place.output, compute)
    compute.map(.tanh, place.output, into: place.output)
  }

  /// Takes the gradient of the pooler's output from its place and adds that of its rows to `first`.
  func backwardPooler(_ pass: Pass) {
    guard let pooler = weights.pooler else { preconditionFailure("no pooler") }
    let (compute, place) = (pass.compute, pass.activations.pooled)
    let needsInput = pass.lowest < weights.layers.count
    guard pooler.isTrained || needsInput else { return }
    compute.tanhBackward(output: place.output, gradient: place.gradient)
    pooler.differentiate(place.input, gradient: place.gradient, compute)
    if needsInput {
      pooler.backward(place.gradient, into: place.inputGradient, compute)
      compute.add(
        place.inputGradient, toRows: pass.grain.firsts, of: pass.activations.first)
    }
  }

  /// Logits of a linear head over the pooler's output, or over what dropout keeps of it.
  func forwardPooledHead(
    _ head: BertParameters.Linear, _ dropout: Dropout?, _ pass: Pass
  ) -> Tensor {
    let (compute, place) = (pass.compute, pass.activations.pooled)
    var logits = Tensor(uninitialized: .matrix(place.output.rows, head.weight.value.rows))
    compute.drop(place.output, dropout, at: firstPlaces(pass), into: place.dropped)
    head.apply(place.dropped, into: logits.mutableView, compute)
    return logits
  }

  /// Differentiates such a head and writes the gradient of the pooler's output into its place.
  func backwardPooledHead(
    _ head: BertParameters.Linear, _ dropout: Dropout?, _ pass: Pass, gradient: Tensor
  ) {
    let (compute, place) = (pass.compute, pass.activations.pooled)
    head.differentiate(place.dropped, gradient: gradient.view, compute)
    head.backward(gradient.view, into: place.gradient, compute)
    compute.drop(place.gradient, dropout, at: firstPlaces(pass), into: place.gradient)
    withExtendedLifetime(gradient) {}
  }

  /// A row a sequence, numbered by its columns alone.
  private func firstPlaces(_ pass: Pass) -> RowPlaces {
    RowPlaces(
      positions: pass.grain.firsts.map { _ in 0 },
      draws: pass.grain.starts.dropLast().map { pass.grain.places.draws[$0] })
  }
}
