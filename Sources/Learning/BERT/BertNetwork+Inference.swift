package import Tensors

/// What a BERT says in evaluation mode: nothing is dropped, and no result depends on what is
/// computed together.
extension BertNetwork {
  /// Tokens computed at once, unless one sequence alone has more.
  private static var tokensAtOnce: Int { 4096 }

  /// Runs the encoder over all sequences, some at a time.
  private func eachPart(
    of sequences: TokenSequences, reading: BertGrain.Reading, keepsInputs: Bool = false,
    _ compute: Compute, _ body: (Pass) -> Void
  ) {
    var start = 0
    while start < sequences.count {
      var end = start + 1
      while end < sequences.count,
        sequences.offsets[end + 1] - sequences.offsets[start] <= Self.tokensAtOnce
      { end += 1 }
      let pass = startPass(
        sequences, start..<end, draws: [], reading: reading, isTraining: false,
        keepsInputs: keepsInputs, compute: compute)
      forward(pass)
      body(pass)
      start = end
    }
  }

  /// The classifier's outputs, [sequences, outputs].
  ///
  /// - Parameter sequences: that ``BertModel/check(_:)`` accepts.
  package func outputs(of sequences: TokenSequences, compute: Compute) -> Tensor {
    guard let head = weights.classifier else { preconditionFailure("no classifier") }
    return pooledOutputs(head, sequences, compute)
  }

  /// The logits of ``BertHeads/nextSentence``, [sequences, 2].
  package func nextSentenceLogits(of sequences: TokenSequences, compute: Compute) -> Tensor {
    guard let head = weights.nextSentence else { preconditionFailure("no head for next sentences") }
    return pooledOutputs(head, sequences, compute)
  }

  private func pooledOutputs(
    _ head: BertParameters.Linear, _ sequences: TokenSequences, _ compute: Compute
  ) -> Tensor {
    var parts: [Float] = []
    parts.reserveCapacity(sequences.count * head.weight.value.rows)
    eachPart(of: sequences, reading: BertGrain.Reading(firsts: true), compute) { pass in
      forwardPooler(pass)
      parts += forwardPooledHead(head, nil, pass).values
    }
    return Tensor(parts, shape: .matrix(sequences.count, head.weight.value.rows))
  }

  /// Logits over the vocabulary at given positions, [positions, vocabulary].
  package func maskedLogits(
    of sequences: TokenSequences, at masked: MaskedPositions, compute: Compute
  ) -> Tensor {
    var parts: [Float] = []
    parts.reserveCapacity(masked.positions.count * model.config.vocabularySize)
    eachPart(of: sequences, reading: BertGrain.Reading(masked: masked), compute) { pass in
      forwardMasked(pass)
      parts += pass.activations.masked.logits.tensor.values
    }
    return Tensor(parts, shape: .matrix(masked.positions.count, model.config.vocabularySize))
  }

  /// The tokens' vectors after the embeddings and after each layer, each [tokens, width].
  package func hiddenStates(of sequences: TokenSequences, compute: Compute) -> [Tensor] {
    var states = [[Float]](repeating: [], count: weights.layers.count + 1)
    let reading = BertGrain.Reading(all: true)
    eachPart(of: sequences, reading: reading, keepsInputs: true, compute) { pass in
      for (index, state) in pass.activations.inputs.enumerated() {
        states[index] += state.tensor.values
      }
    }
    return states.map {
      Tensor($0, shape: .matrix(sequences.ids.count, model.config.hiddenSize))
    }
  }

  /// The most probable token at given positions.
  package func predictedTokens(
    of sequences: TokenSequences, at masked: MaskedPositions, compute: Compute
  ) -> [Int32] {
    var tokens: [Int32] = []
    eachPart(of: sequences, reading: BertGrain.Reading(masked: masked), compute) { pass in
      forwardMasked(pass)
      tokens += compute.argmaxRows(pass.activations.masked.logits.tensor).map(Int32.init)
    }
    return tokens
  }

  /// The losses of a task's rows in evaluation mode; no gradient is computed.
  package func losses(
    of sequences: TokenSequences, _ task: BertTask, compute: Compute
  ) -> BertLosses {
    switch task {
    case .pretraining(let task): return guesses(of: sequences, task, compute: compute).losses
    case .supervised(let targets, let loss, let factor):
      var losses = BertLosses()
      eachPart(of: sequences, reading: task.reading, compute) { pass in
        guard let head = weights.classifier else { preconditionFailure("no classifier") }
        forwardPooler(pass)
        losses.supervised +=
          loss.evaluate(
            outputs: forwardPooledHead(head, nil, pass),
            targets: targets.rows(pass.grain.sequences),
            factor: factor, compute: compute
          ).rows
      }
      return losses
    }
  }

  /// What the model takes for most probable in evaluation mode, and the losses.
  package func guesses(
    of sequences: TokenSequences, _ task: BertTask.Pretraining, compute: Compute
  ) -> BertGuesses {
    var guesses = BertGuesses()
    eachPart(of: sequences, reading: BertTask.pretraining(task).reading, compute) { pass in
      if let masked = task.masked {
        forwardMasked(pass)
        let logits = pass.activations.masked.logits
        guesses.tokens += compute.argmaxRows(logits.tensor).map(Int32.init)
        guesses.losses.masked += compute.crossEntropy(
          replacing: logits, targets: Array(masked.labels[masked.range(of: pass.grain.sequences)]),
          factor: 0
        ).map(Double.init)
      }
      if let labels = task.nextSentence {
        guard let head = weights.nextSentence else {
          preconditionFailure("no head for next sentences")
        }
        forwardPooler(pass)
        var logits = forwardPooledHead(head, nil, pass)
        guesses.nextSentence += compute.argmaxRows(logits).map(Int32.init)
        guesses.losses.nextSentence += compute.crossEntropy(
          replacing: logits.mutableView, targets: Array(labels[pass.grain.sequences]), factor: 0
        ).map(Double.init)
      }
    }
    return guesses
  }
}
