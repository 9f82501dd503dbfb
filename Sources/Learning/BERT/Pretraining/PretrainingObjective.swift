/// What a BERT learns from unlabelled text, and how its examples are cut.
///
/// Defined by Devlin et al. 2019, BERT.
package struct PretrainingObjective: Sendable, Hashable {
  /// What is masked together.
  package enum Masking: String, Sendable, Hashable, CaseIterable {
    /// Every token by itself.
    case token
    /// All tokens of a word, as ``PretrainingVocabulary/words`` tells them.
    case wholeWord = "whole_word"
  }

  /// Whether masked tokens are to be guessed; true.
  package var maskedLanguageModel: Bool
  /// Whether it is to be guessed if the second segment follows the first; true.
  package var nextSentence: Bool
  /// Tokens of a sequence at most, special ones included (`max_seq_length`); 128.
  package var maxSequenceLength: Int
  package var masking: Masking
  /// Probability of a token, or word, to be guessed (`mlm_probability`); 0.15.
  package var maskedShare: Double
  /// Share of tokens to be guessed that `[MASK]` takes the place of (`mask_replace_prob`); 0.8.
  package var maskShare: Double
  /// Share of them that a random token takes the place of (`random_replace_prob`); 0.1.
  ///
  /// The rest stay as they are.
  package var randomShare: Double

  package init(
    maskedLanguageModel: Bool = true, nextSentence: Bool = true, maxSequenceLength: Int = 128,
    masking: Masking = .token, maskedShare: Double = 0.15, maskShare: Double = 0.8,
    randomShare: Double = 0.1
  ) {
    self.maskedLanguageModel = maskedLanguageModel
    self.nextSentence = nextSentence
    self.maxSequenceLength = maxSequenceLength
    self.masking = masking
    self.maskedShare = maskedShare
    self.maskShare = maskShare
    self.randomShare = randomShare
  }

  /// Special tokens of a sequence.
  var specialCount: Int { nextSentence ? 3 : 2 }

  /// Names of the losses that the loss is the sum of.
  package var lossParts: [String] {
    (maskedLanguageModel ? ["mlm_loss"] : []) + (nextSentence ? ["nsp_loss"] : [])
  }

  /// What is measured on a validation part.
  package var validationMeasures: [String] {
    ["loss"] + (maskedLanguageModel ? ["mlm_loss", "mlm_accuracy", "perplexity"] : [])
      + (nextSentence ? ["nsp_loss", "nsp_accuracy"] : [])
  }

  /// Refuses values out of their ranges.
  func check() throws(PretrainingError) {
    guard maskedLanguageModel || nextSentence else {
      throw .outOfRange(
        parameter: "objective", allowed: "`masked_language_model`, `next_sentence` or both")
    }
    // A segment has a token at least.
    let shortest = specialCount + (nextSentence ? 2 : 1)
    guard maxSequenceLength >= shortest else {
      throw .outOfRange(parameter: "max_seq_length", allowed: "\(shortest) or more")
    }
    guard maskedShare > 0, maskedShare <= 1 else {
      throw .outOfRange(parameter: "mlm_probability", allowed: "above 0 and at most 1")
    }
    guard maskShare >= 0, maskShare <= 1 else {
      throw .outOfRange(parameter: "mask_replace_prob", allowed: "0 to 1")
    }
    guard randomShare >= 0, maskShare + randomShare <= 1 else {
      throw .outOfRange(
        parameter: "random_replace_prob", allowed: "0 to 1 − `mask_replace_prob`")
    }
  }
}

/// Why text does not make examples to pre-train on.
package enum PretrainingError: Error, Sendable, Hashable {
  /// No document has a token.
  case noText
  /// Next sentences need two documents at least, one for the other's random sentences, and one of
  /// two sentences or more; there are `documents`.
  case noSentencePairs(documents: Int)
  /// A setting is out of its range.
  case outOfRange(parameter: String, allowed: String)
  /// Places of the examples could not be laid aside.
  case spill(SpillError)
  /// Tokenizing was given up at the deadline.
  case outOfTime
}

extension PretrainingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noText: "the text has no token: pre-training needs a document with a sentence"
    case .noSentencePairs(let documents):
      "`next_sentence` needs two documents or more, and one of them with two sentences or more; "
        + "there are \(documents) documents, and none gives a pair: add documents, or leave the "
        + "objective out"
    case .outOfRange(let parameter, let allowed): "`\(parameter)` must be \(allowed)"
    case .spill(let error): error.description
    case .outOfTime: "the time is over"
    }
  }
}
