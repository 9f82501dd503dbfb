/// Labelled sequences ready for the engine.
package struct SequenceSamples: Sendable {
  /// Special tokens included.
  package let sequences: TokenSequences
  /// One row a sequence.
  package let targets: BatchTargets

  package init(sequences: TokenSequences, targets: BatchTargets) {
    self.sequences = sequences
    self.targets = targets
  }

  fileprivate init(_ part: PreparedSequences.Part) {
    self.init(sequences: part.sequences, targets: BatchTargets(part.targets))
  }

  package var count: Int { sequences.count }
}

/// A split data set of labelled sequences: what fine-tuning sees.
package struct PreparedSequences: Sendable {
  /// Sequences with one row of targets each; all parts of a data set have the same class names.
  package typealias Part = (sequences: TokenSequences, targets: Targets)

  /// Class names in index order; nil for regression.
  package let classNames: [String]?
  package let kind: TargetKind
  /// Targets of the training sequences, for losses that count classes.
  package let trainingTargets: Targets
  package let train: SequenceSamples
  /// nil when the part has no sequences.
  package let validation: SequenceSamples?
  package let test: SequenceSamples?

  package init(train: Part, validation: Part? = nil, test: Part? = nil) {
    classNames = train.targets.classNames
    kind = train.targets.kind
    trainingTargets = train.targets
    self.train = SequenceSamples(train)
    self.validation = validation.flatMap { $0.sequences.count == 0 ? nil : SequenceSamples($0) }
    self.test = test.flatMap { $0.sequences.count == 0 ? nil : SequenceSamples($0) }
  }

  /// The sequences of a part; nil when it has none.
  package func samples(of part: Partition.Part) -> SequenceSamples? {
    switch part {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }
}
