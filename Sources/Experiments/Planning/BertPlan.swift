package import Digests

/// A BERT with everything filled in: what is trained, where its weights come from, how text enters.
package struct BertPlan: Sendable, Hashable {
  /// Where weights come from.
  package enum Origin: Sendable, Hashable {
    /// Drawn by the seed.
    case fresh
    /// A training, an input of the step; repeat i takes those of its repeat i, or of the last.
    case run(String)
    /// A Hugging Face folder, with the digest of the files that are read.
    case folder(String, SHA256Digest)
  }

  /// Sizes, initialisation and head; the head is nil for pre-training.
  package let spec: BertSpec
  package let origin: Origin
  /// The step that makes the tokenizer.
  package let tokenizer: Step.ID
  /// Empty: the targets of the data.
  package let objective: [ObjectiveSpec]
  package let maxSeqLength: Int
  /// Digest of the list of words for masking whole words.
  package let wordList: SHA256Digest?

  package var config: BertConfigSpec { spec.config }

  package var isPretraining: Bool { !objective.isEmpty }

  /// How hidden tokens are chosen; nil when none are.
  package var maskedLanguageModel: MaskedLanguageModelSpec? {
    for case .maskedLanguageModel(let spec) in objective { return spec }
    return nil
  }

  package var predictsNextSentence: Bool { objective.contains(.nextSentence) }

  /// Outputs of the head on the pooled output; 0 for pre-training.
  package var outputs: Int {
    switch spec.head {
    case .classifier(let head): head.labels ?? 0
    case .regression: 1
    case nil: 0
    }
  }
}

extension BertPlan {
  /// Numbers of the encoder with its embeddings and pooler.
  var encoderParameters: Int {
    let hidden = config.hiddenSize
    let embeddings = config.vocabSize.saturatingPlus(config.maxPositionEmbeddings)
      .saturatingPlus(config.typeVocabSize).saturatingPlus(2).saturatingTimes(hidden)
    return embeddings.saturatingPlus(layerParameters.saturatingTimes(config.numHiddenLayers))
      .saturatingPlus(hidden.saturatingTimes(hidden).saturatingPlus(hidden))
  }

  /// Four projections, the feed-forward layer, and two layer norms.
  private var layerParameters: Int {
    let (hidden, inner) = (config.hiddenSize, config.intermediateSize)
    let attention = hidden.saturatingTimes(hidden).saturatingPlus(hidden).saturatingTimes(4)
    let feedForward = hidden.saturatingTimes(inner).saturatingTimes(2)
      .saturatingPlus(hidden).saturatingPlus(inner)
    return attention.saturatingPlus(feedForward).saturatingPlus(hidden.saturatingTimes(4))
  }

  /// Numbers that are there: the encoder and what stands on it.
  var parameters: Int {
    let hidden = config.hiddenSize
    var count = encoderParameters
    if maskedLanguageModel != nil {
      count = count.saturatingPlus(hidden.saturatingTimes(hidden.saturatingPlus(3)))
        .saturatingPlus(config.vocabSize)
    }
    if predictsNextSentence { count = count.saturatingPlus(hidden.saturatingTimes(2) + 2) }
    return count.saturatingPlus(outputs.saturatingTimes(hidden.saturatingPlus(1)))
  }

  /// Rough operations of one sequence of full length, forwards: two a weight and token, and the
  /// attention.
  var sequenceFlop: Int {
    let tokens = maxSeqLength
    let layers = layerParameters.saturatingTimes(config.numHiddenLayers).saturatingTimes(2)
      .saturatingTimes(tokens)
    let attention = tokens.saturatingTimes(tokens).saturatingTimes(config.hiddenSize)
      .saturatingTimes(4).saturatingTimes(config.numHiddenLayers)
    var flop = layers.saturatingPlus(attention)
    if let masked = maskedLanguageModel {
      let share = Int((masked.mlmProbability * Double(tokens)).rounded(.up))
      flop = flop.saturatingPlus(
        share.saturatingTimes(config.vocabSize).saturatingTimes(config.hiddenSize)
          .saturatingTimes(2))
    }
    return flop
  }

  /// Numbers kept of one sequence of full length until its gradient is done.
  var sequenceActivations: Int {
    let tokens = maxSeqLength
    let perLayer = config.hiddenSize.saturatingTimes(8).saturatingPlus(config.intermediateSize)
    var count = perLayer.saturatingTimes(config.numHiddenLayers).saturatingTimes(tokens)
    if let masked = maskedLanguageModel {
      let share = Int((masked.mlmProbability * Double(tokens)).rounded(.up))
      count = count.saturatingPlus(share.saturatingTimes(config.vocabSize).saturatingTimes(2))
    }
    return count
  }
}

/// A tokenizer with its files looked at.
package struct TokenizerPlan: Sendable, Hashable {
  package let spec: TokenizerSpec
  /// Digest of the files that it is read from; nil for one that is learned.
  package let digest: SHA256Digest?
  /// Tokens: exactly for one that is read, at most for one that is learned.
  package let size: Int

  /// What the fingerprint covers: neither the name of the data nor the path of a file.
  var canonical: FieldValue {
    switch spec {
    case .trained(var trained):
      trained.data = .named("data")
      return TokenizerSpec.trained(trained).canonical
    case .vocabulary(var vocabulary):
      vocabulary.vocab = ""
      return TokenizerSpec.vocabulary(vocabulary).canonical
    case .pretrained: return TokenizerSpec.pretrained(PretrainedTokenizerSpec()).canonical
    }
  }
}
