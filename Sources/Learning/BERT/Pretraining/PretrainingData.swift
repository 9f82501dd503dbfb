package import Tensors

/// The text that a BERT is pre-trained on, cut into sequences, and how tokens of it are hidden.
package struct PretrainingData: Sendable {
  /// Sequences of one part and what hides their tokens.
  package struct Part: Sendable {
    package let examples: PretrainingExamples
    package let masking: TokenMasking
  }

  package let objective: PretrainingObjective
  /// The smallest and the largest token that a sequence may hold.
  package let idBounds: ClosedRange<Int>
  package let train: Part
  /// nil without a validation part.
  ///
  /// Its sequences and masks are the same in every epoch.
  package let validation: Part?

  /// Finds where sequences begin.
  ///
  /// - Parameters:
  ///   - train: documents to train on; sentences of other documents come from here.
  ///   - validation: documents to measure on; nil or empty: nothing is measured.
  ///   - policy: for the places where sequences begin.
  package init(
    train: TokenizedDocuments, validation: TokenizedDocuments? = nil,
    objective: PretrainingObjective, vocabulary: PretrainingVocabulary, key: RandomKey,
    spilling policy: SpillPolicy = SpillPolicy()
  ) throws(PretrainingError) {
    func part(
      _ documents: TokenizedDocuments, _ prefix: String
    ) throws(PretrainingError) -> Part {
      Part(
        examples: try PretrainingExamples(
          documents, objective, vocabulary, key: key, spilling: policy, prefix: prefix),
        masking: TokenMasking(objective, vocabulary, key: key, prefix: prefix))
    }
    self.objective = objective
    idBounds = Self.idBounds([train] + (validation.map { [$0] } ?? []), vocabulary)
    self.train = try part(train, Self.prefixes[0])
    if let validation, validation.documentCount > 0 {
      self.validation = try part(validation, Self.prefixes[1])
    } else {
      self.validation = nil
    }
  }

  /// Tokens of the text, special ones, and random ones.
  private static func idBounds(
    _ documents: [TokenizedDocuments], _ vocabulary: PretrainingVocabulary
  ) -> ClosedRange<Int> {
    let ids =
      documents.compactMap(\.idBounds).flatMap { [Int($0.lowerBound), Int($0.upperBound)] }
      + [vocabulary.classification, vocabulary.separator, vocabulary.mask].map(Int.init)
      + [vocabulary.size - 1]
    return ids.reduce(ids[0]) { min($0, $1) }...ids.reduce(ids[0]) { max($0, $1) }
  }

  private static let prefixes = ["", "validation."]

  /// Every random site of making examples, for the check against collisions.
  package static var randomSites: [RandomSite] {
    prefixes.flatMap { [PretrainingExamples.site($0)] + TokenMasking.sites($0) }
  }
}
