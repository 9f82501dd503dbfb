package import Tensors

/// A corpus cut into what trains, validates and tests.
package struct SplitCorpus: Sendable {
  /// Class names in index order; nil without classes.
  package let classNames: [String]?
  package let partition: Partition
  package let train: TextCorpus
  /// nil when the part has no documents.
  package let validation: TextCorpus?
  package let test: TextCorpus?

  /// Cuts a corpus by a partition of its documents; the text itself is shared.
  package init(_ corpus: TextCorpus, partition: Partition) {
    func part(_ rows: [Int]) -> TextCorpus? { rows.isEmpty ? nil : corpus.selecting(rows) }
    classNames = corpus.classNames
    self.partition = partition
    train = corpus.selecting(partition.train)
    validation = part(partition.validation)
    test = part(partition.test)
  }

  /// Cuts a corpus by seed, class by class if asked, as tables are cut.
  ///
  /// - Parameter deadline: when that is given up.
  package init(
    _ corpus: TextCorpus, shares: Partition.Shares, stratify: Bool = true, key: RandomKey,
    deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) {
    self.init(
      corpus,
      partition: try Partition(
        of: corpus.count, targets: corpus.targets, shares: shares, stratify: stratify, key: key,
        deadline: deadline))
  }

  /// The documents of a part; nil when it has none.
  package func corpus(of part: Partition.Part) -> TextCorpus? {
    switch part {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }
}
