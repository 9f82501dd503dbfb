extension TrainingPlan {
  /// Operations for one row, forwards.
  private var rowFlop: Int {
    switch model {
    case .sequential(_, let layers): layers.reduce(0) { $0.saturatingPlus($1.flop) }
    case .bert(let bert): bert.sequenceFlop
    }
  }

  /// Numbers kept of one row until its gradient is done.
  private var activations: Int {
    switch model {
    case .sequential(_, let layers):
      layers.reduce(facts.featureCount) { $0.saturatingPlus($1.outputs) }
    case .bert(let bert): bert.sequenceActivations
    }
  }

  private var outputs: Int {
    switch model {
    case .sequential(_, let layers): layers.last?.outputs ?? 0
    case .bert(let bert): bert.outputs
    }
  }

  private var dataBytes: Int {
    if let text = facts.text { return textBytes(text) }
    return facts.rows.total.saturatingTimes(facts.featureCount).saturatingTimes(
      DatasetFacts.bytesPerCell)
  }

  /// The text, and its tokens, at most one a byte.
  private func textBytes(_ text: TextFacts) -> Int {
    let spans = facts.rows.total.saturatingTimes(text.isPair ? 24 : 12)
    let sequence = model.bert?.maxSeqLength ?? 0
    guard !spec.objective.isEmpty else {
      // An id and a segment each, of sequences cut to length.
      let tokens = min(text.bytes, facts.rows.total.saturatingTimes(sequence))
      return text.residentBytes.saturatingPlus(spans).saturatingPlus(tokens.saturatingTimes(5))
    }
    // Arrays that grow with the text leave memory for a file: ids, where sentences and documents
    // begin, and pieces of three numbers; the order of an epoch's pieces stays.
    let pieces = text.bytes / max(1, sequence)
    let arrays = [
      text.bytes.saturatingTimes(4), text.sentences.saturatingTimes(8),
      facts.rows.total.saturatingTimes(8), pieces.saturatingTimes(24),
    ]
    let kept = arrays.reduce(0) { $0.saturatingPlus(min($1, Self.mostInMemory)) }
    return text.residentBytes.saturatingPlus(spans).saturatingPlus(kept)
      .saturatingPlus(pieces.saturatingTimes(16))
  }

  /// Bytes of an array of tokens that stay in memory (`SpillPolicy` of the engine).
  private static let mostInMemory = 1 << 26

  /// Numbers that the optimiser keeps for each parameter.
  private var optimizerSlots: Int {
    switch spec.optimizer {
    case .sgd(let sgd): sgd.momentum == 0 ? 0 : 1
    case .adam, .adamw: 2
    case .rmsprop(let rmsprop): 1 + (rmsprop.momentum == 0 ? 0 : 1) + (rmsprop.centered ? 1 : 0)
    case .adagrad: 1
    }
  }

  /// Forwards once, backwards twice as much, the optimiser, and the validation part each time.
  package var cost: Cost {
    let rowsPerStep = min(spec.batchSize, max(1, facts.rows.train))
    let perStep = rowFlop.saturatingTimes(3).saturatingTimes(rowsPerStep)
      .saturatingPlus(parameters.saturatingTimes(10))
    let validations = totalSteps.dividedRoundingUp(by: stepsPerEpoch)
    let validation = rowFlop.saturatingTimes(facts.rows.validation).saturatingTimes(validations)
    // Weights, gradient, optimiser, the sum under way of a grain, and the best weights so far.
    let copies = 3 + optimizerSlots + (spec.earlyStopping == nil ? 0 : 1)
    // Of a BERT one grain is at work at a time.
    let grainRows =
      model.bert == nil
      ? max(rowsPerStep, min(256, facts.rows.validation)) : min(grain, rowsPerStep)
    // A point of a series: position, step, value, for loss and rate, in the log, its copies and the
    // mean over repeats (measured: about 900 bytes a step).
    let points = totalSteps.saturatingPlus(validations).saturatingTimes(900)
    let bytes = parameters.saturatingTimes(4 * copies)
      .saturatingPlus(activations.saturatingTimes(grainRows).saturatingTimes(8))
      .saturatingPlus(dataBytes).saturatingPlus(points)
    return Cost(
      flop: perStep.saturatingTimes(totalSteps).saturatingPlus(validation),
      parameters: parameters, bytes: bytes)
  }

  /// Memory of an output of an evaluated row: the number itself; for sets of labels also its loss, its
  /// target, and the label in the sets that are true and predicted.
  private var outputBytes: Int { facts.hasLabelSets ? 16 : 4 }

  /// Forwards over a part of the data.
  func evaluationCost(of part: SplitPart) -> Cost {
    let rows = facts.rows[part]
    let bytes = parameters.saturatingTimes(4).saturatingPlus(dataBytes)
      .saturatingPlus(
        activations.saturatingTimes(min(rows, model.defaultGrain)).saturatingTimes(4)
      )
      .saturatingPlus(rows.saturatingTimes(outputs).saturatingTimes(outputBytes))
    return Cost(flop: rowFlop.saturatingTimes(rows), parameters: parameters, bytes: bytes)
  }
}

extension EvaluationPlan {
  package var cost: Cost { training.evaluationCost(of: spec.split) }
}
