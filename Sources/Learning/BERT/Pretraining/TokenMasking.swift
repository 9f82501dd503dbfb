package import Tensors

/// A sequence with tokens to guess.
package struct MaskedTokens: Sendable, Hashable {
  /// What the model sees.
  package let ids: [Int32]
  /// Places of the tokens to guess, ascending; none is a special token's, and there may be none.
  package let positions: [Int32]
  /// What stood there.
  package let labels: [Int32]
}

/// Hides tokens of sequences, as Hugging Face's `DataCollatorForLanguageModeling` does, or whole
/// words, as `DataCollatorForWholeWordMask`.
///
/// Each token (or word) is to be guessed with the probability of the objective, independently.
/// Whether, and what takes a token's place, are words of purposes `mask.select`, `mask.replace` and
/// `mask.token`, whose draw is the sequence's and whose element is the position (of a word: its
/// first token), so that nothing depends on batches.
package struct TokenMasking: Sendable {
  private let vocabulary: PretrainingVocabulary
  private let masksWholeWords: Bool
  /// A word below it selects.
  private let selection: UInt64
  /// Below the first `[MASK]` is put, below the second a random token.
  private let replacement: (mask: UInt64, random: UInt64)
  private let select: RandomStream
  private let replace: RandomStream
  private let token: RandomStream

  /// - Parameter prefix: of the purposes, to keep parts of the data apart.
  package init(
    _ objective: PretrainingObjective, _ vocabulary: PretrainingVocabulary, key: RandomKey,
    prefix: String = ""
  ) {
    self.vocabulary = vocabulary
    masksWholeWords = objective.masking == .wholeWord
    selection = Self.threshold(objective.maskedShare)
    replacement = (
      Self.threshold(objective.maskShare),
      Self.threshold(objective.maskShare + objective.randomShare)
    )
    let sites = Self.sites(prefix)
    select = RandomStream(key: key, site: sites[0])
    replace = RandomStream(key: key, site: sites[1])
    token = RandomStream(key: key, site: sites[2])
  }

  static func sites(_ prefix: String) -> [RandomSite] {
    ["select", "replace", "token"].map { RandomSite(purpose: "\(prefix)mask.\($0)") }
  }

  /// How many words of 2³² a probability is, ties to even.
  private static func threshold(_ probability: Double) -> UInt64 {
    UInt64((min(1, max(0, probability)) * 0x1p32).rounded(.toNearestOrEven))
  }

  /// - Parameters:
  ///   - ids: special tokens included.
  ///   - draw: the sequence's ordinal, below 2⁴⁸.
  package func apply(to ids: [Int32], draw: UInt64) -> MaskedTokens {
    let starts = wordStarts(ids)
    let selecting = select.words(count: ids.count, draw: draw)
    let replacing = replace.words(count: ids.count, draw: draw)
    var seen = ids
    var positions: [Int32] = []
    var labels: [Int32] = []
    for (place, id) in ids.enumerated() {
      guard UInt64(selecting[starts?[place] ?? place]) < selection,
        !vocabulary.special.contains(id)
      else { continue }
      positions.append(Int32(place))
      labels.append(id)
      let word = UInt64(replacing[place])
      if word < replacement.mask {
        seen[place] = vocabulary.mask
      } else if word < replacement.random {
        let drawn = token.integer(below: UInt32(vocabulary.size), draw: draw, element: place)
        seen[place] = Int32(drawn)
      }
    }
    return MaskedTokens(ids: seen, positions: positions, labels: labels)
  }

  /// For every place that of the first token of its word; nil: its own.
  private func wordStarts(_ ids: [Int32]) -> [Int]? {
    guard masksWholeWords else { return nil }
    var starts = Array(ids.indices)
    for word in vocabulary.words(ids) {
      for place in word { starts[place] = word.lowerBound }
    }
    return starts
  }
}
