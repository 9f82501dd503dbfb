internal import Tensors

/// Sequences to pre-train on with tokens hidden, as a network takes them.
struct HiddenExamples {
  private(set) var sequences = TokenSequences()
  /// nil when no token is to be guessed.
  private(set) var masked: MaskedPositions?
  /// 1 for a random next sentence, 0 for one that follows; nil when it is not to be guessed.
  private(set) var nextSentence: [Int32]?

  /// Appends a sequence of a part.
  ///
  /// - Parameter draw: epoch · count + index.
  mutating func append(_ part: PretrainingData.Part, _ index: Int, draw: UInt64) {
    let example = part.examples.example(index, draw: draw)
    if let isRandomNext = example.isRandomNext {
      if nextSentence == nil { nextSentence = [] }
      nextSentence?.append(isRandomNext ? 1 : 0)
    }
    guard part.examples.objective.maskedLanguageModel else {
      sequences.append(ids: example.ids, types: example.types)
      return
    }
    let hidden = part.masking.apply(to: example.ids, draw: draw)
    sequences.append(ids: hidden.ids, types: example.types)
    var masked = self.masked.take() ?? MaskedPositions()
    masked.append(positions: hidden.positions, labels: hidden.labels)
    self.masked = masked
  }

  /// What the network is to do, each term divided by the count of the whole batch.
  func task(maskedCount: Int, sequenceCount: Int) -> BertTask.Pretraining {
    BertTask.Pretraining(
      masked: masked, maskedFactor: maskedCount == 0 ? 0 : 1 / Double(maskedCount),
      nextSentence: nextSentence,
      nextSentenceFactor: sequenceCount == 0 ? 0 : 1 / Double(sequenceCount))
  }
}
