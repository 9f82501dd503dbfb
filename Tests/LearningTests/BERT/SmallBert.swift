import Learning
import Tensors

/// A BERT small enough for many passes, and batches for it.
struct SmallBert {
  let model: BertModel
  let initial: ParameterSet

  init(
    heads: BertHeads = .pretraining, layers: Int = 2, hidden: Int = 24, headCount count: Int = 3,
    inner: Int = 40, vocabulary: Int = 50, positions: Int = 200, dropout: Double = 0.1,
    activation: BertConfig.Activation = .gelu, deviation: Double = 0.3
  ) throws {
    var config = BertConfig()
    config.vocabularySize = vocabulary
    config.hiddenSize = hidden
    config.layerCount = layers
    config.headCount = count
    config.intermediateSize = inner
    config.activation = activation
    config.maximumPositions = positions
    config.hiddenDropout = dropout
    config.attentionDropout = dropout
    model = try BertModel(config, heads: heads, weight: .normal(mean: 0, std: deviation))
    initial = model.initialParameters(key: .test, compute: Compute())
  }

  func network() -> BertNetwork { BertNetwork(model, initial: initial, key: .test) }

  /// Random sequences of the given lengths, without the padding token.
  func sequences(_ lengths: [Int], seed: UInt64 = 5) -> TokenSequences {
    var random = SplitMix(state: seed)
    var sequences = TokenSequences()
    for length in lengths {
      let ids = (0..<length).map { _ in
        Int32.random(in: 1..<Int32(model.config.vocabularySize), using: &random)
      }
      sequences.append(ids: ids, types: (0..<length).map { $0 < length / 2 ? 0 : 1 })
    }
    return sequences
  }

  /// Sequences with draws that say nothing of their place in the batch.
  func batch(_ lengths: [Int]) -> BertBatch {
    BertBatch(
      sequences: sequences(lengths), draws: lengths.indices.map { UInt64(1000 + 7 * $0) })
  }

  /// Every third position and now and then the first; a sequence of length 2 has none.
  func pretraining(_ lengths: [Int]) -> BertTask {
    var masked = MaskedPositions()
    for (index, length) in lengths.enumerated() {
      let positions = length < 3 ? [] : (0..<length).filter { $0 % 3 == index % 3 }
      masked.append(
        positions: positions.map(Int32.init), labels: positions.map { Int32(($0 * 7 + index) % 50) }
      )
    }
    return .pretraining(
      BertTask.Pretraining(
        masked: masked, maskedFactor: 1 / Double(masked.positions.count),
        nextSentence: lengths.indices.map { Int32($0 % 2) },
        nextSentenceFactor: 1 / Double(lengths.count)))
  }
}

extension BertBatch {
  /// Some sequences of the batch.
  func slice(_ range: Range<Int>) -> BertBatch {
    BertBatch(sequences: sequences.gathering(range), draws: Array(draws[range]))
  }
}

extension BertTask {
  /// The task of some sequences, with the factors of the whole batch.
  func slice(_ range: Range<Int>) -> BertTask {
    switch self {
    case .pretraining(var task):
      if let whole = task.masked {
        var masked = MaskedPositions()
        for sequence in range {
          let places = whole.offsets[sequence]..<whole.offsets[sequence + 1]
          masked.append(positions: whole.positions[places], labels: whole.labels[places])
        }
        task.masked = masked
      }
      task.nextSentence = task.nextSentence.map { Array($0[range]) }
      return .pretraining(task)
    case .supervised(.classes(let codes), let loss, let factor):
      return .supervised(.classes(Array(codes[range])), loss, factor: factor)
    case .supervised(.values(let values), let loss, let factor):
      return .supervised(.values(values.gatheringRows(range)), loss, factor: factor)
    case .supervised(.labels(let sets), let loss, let factor):
      return .supervised(.labels(sets.gathering(range)), loss, factor: factor)
    }
  }
}
