package import Tensors

/// A BERT with parameters that can be trained; belongs to one run.
///
/// Tokens of several sequences are rows of one matrix, without padding; only attention knows where
/// sequences begin. A pass over a batch goes grain by grain (rule 7), forwards and backwards, in
/// memory that is planned for the grain and used again by the next.
package final class BertNetwork {
  package let model: BertModel
  /// In the order of ``BertModel/parameters``.
  package let parameters: [Parameter]
  /// Whether a backward pass computes a layer's activations again instead of keeping them.
  ///
  /// The same bits in less memory; default false.
  package var recomputesActivations = false

  let weights: BertParameters
  let arena = FloatArena()
  private let embeddingDropout: Dropout?
  private let classifierDropout: Dropout?
  private let layerDropouts: [LayerDropouts]

  /// The places of a layer where elements are dropped in training.
  struct LayerDropouts {
    let probabilities, attention, output: Dropout?
  }

  /// - Parameters:
  ///   - initial: as ``BertModel/initialParameters(key:compute:)`` makes them; the model must
  ///     accept them.
  ///   - key: whose dropout streams (purpose `dropout`, path the module's) are used.
  package init(_ model: BertModel, initial: ParameterSet, key: RandomKey) {
    precondition(model.accepts(initial), "parameters of another model")
    self.model = model
    parameters = zip(initial.names, initial.tensors).map { Parameter(name: $0, value: $1) }
    weights = BertParameters(model, parameters)
    let config = model.config
    func dropout(_ path: String, _ probability: Double) -> Dropout? {
      guard probability > 0 else { return nil }
      let stream = RandomStream(key: key, site: BertModel.dropout(path))
      return Dropout(stream: stream, probability: probability)
    }
    embeddingDropout = dropout(BertNames.embeddingDropout, config.hiddenDropout)
    classifierDropout = dropout(
      BertNames.classifierDropout, config.classifierDropout ?? config.hiddenDropout)
    layerDropouts = (0..<config.layerCount).map { index in
      let paths = BertNames.dropouts(layer: index)
      return LayerDropouts(
        probabilities: dropout(paths[0], config.attentionDropout),
        attention: dropout(paths[1], config.hiddenDropout),
        output: dropout(paths[2], config.hiddenDropout))
    }
  }

  /// The parameters as they are now.
  package var values: ParameterSet {
    ParameterSet(names: parameters.map(\.name), tensors: parameters.map(\.value))
  }

  /// Bytes that the passes so far needed for activations.
  package var activationBytes: Int { arena.bytes }

  /// A pass over one grain.
  struct Pass {
    let compute: Compute
    let grain: BertGrain
    let activations: BertActivations
    let isTraining: Bool
    /// The lowest layer that a backward pass reaches; −1: the embeddings.
    let lowest: Int
  }

  /// Plans memory for a pass over some sequences of a batch.
  func startPass(
    _ batch: TokenSequences, _ sequences: Range<Int>, draws: [UInt64],
    reading: BertGrain.Reading, isTraining: Bool, keepsInputs: Bool = false, compute: Compute
  ) -> Pass {
    let grain = BertGrain(batch, sequences, draws: draws, reading: reading)
    let lowest = isTraining ? weights.lowestTrained : model.config.layerCount
    let keepsAll = isTraining && !recomputesActivations
    let needs = BertActivations.Needs(
      keptFrom: keepsAll ? lowest : model.config.layerCount,
      keepsInputs: isTraining && recomputesActivations || keepsInputs,
      maskedRows: grain.masked.count, pooledRows: weights.pooler == nil ? 0 : grain.firsts.count)
    let activations = arena.layOut { layout in
      BertActivations(
        &layout, model.config, rows: grain.rowCount, read: grain.readCount, needs)
    }
    return Pass(
      compute: compute, grain: grain, activations: activations, isTraining: isTraining,
      lowest: lowest)
  }

  func embeddingDropout(_ pass: Pass) -> Dropout? { pass.isTraining ? embeddingDropout : nil }

  func classifierDropout(_ pass: Pass) -> Dropout? { pass.isTraining ? classifierDropout : nil }

  func dropouts(layer index: Int, _ pass: Pass) -> LayerDropouts {
    pass.isTraining
      ? layerDropouts[index] : LayerDropouts(probabilities: nil, attention: nil, output: nil)
  }
}
