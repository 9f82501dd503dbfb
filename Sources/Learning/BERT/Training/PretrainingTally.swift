internal import Tensors

/// Losses and right guesses of a BERT on hidden tokens and next sentences.
struct PretrainingTally {
  private var masked: [Double] = []
  private var nextSentence: [Double] = []
  private var rightTokens = 0
  private var rightSentences = 0

  /// Adds what the network says of some sequences, in evaluation mode.
  mutating func add(_ hidden: HiddenExamples, _ network: BertNetwork, _ compute: Compute) {
    let guesses = network.guesses(
      of: hidden.sequences, hidden.task(maskedCount: 0, sequenceCount: 0), compute: compute)
    masked += guesses.losses.masked
    nextSentence += guesses.losses.nextSentence
    rightTokens += zip(guesses.tokens, hidden.masked?.labels ?? []).count { $0 == $1 }
    rightSentences += zip(guesses.nextSentence, hidden.nextSentence ?? []).count { $0 == $1 }
  }

  /// What ``PretrainingObjective/validationMeasures`` names, in its order.
  func measures(_ objective: PretrainingObjective) -> ValidationMeasures {
    func mean(_ losses: [Double]) -> Double {
      LossPart(sum: Statistics.sum(losses), weight: Double(losses.count)).mean
    }
    func share(_ right: Int, of losses: [Double]) -> Double {
      losses.isEmpty ? 0 : Double(right) / Double(losses.count)
    }
    let (maskedLoss, nextSentenceLoss) = (mean(masked), mean(nextSentence))
    let loss =
      (objective.maskedLanguageModel ? maskedLoss : 0)
      + (objective.nextSentence ? nextSentenceLoss : 0)
    let values = objective.validationMeasures.map { name -> (name: String, value: Double) in
      switch name {
      case "mlm_loss": (name, maskedLoss)
      case "mlm_accuracy": (name, share(rightTokens, of: masked))
      case "perplexity": (name, DoubleMath.exp(maskedLoss))
      case "nsp_loss": (name, nextSentenceLoss)
      case "nsp_accuracy": (name, share(rightSentences, of: nextSentence))
      default: (name, loss)
      }
    }
    return ValidationMeasures(loss: loss, values: values)
  }
}
