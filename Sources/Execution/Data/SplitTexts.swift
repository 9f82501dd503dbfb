internal import Digests
internal import Experiments
internal import Learning
internal import Tensors

/// Documents, and which of them train, validate and test.
struct SplitTexts: Sendable {
  let corpus: TextCorpus
  let parts: SplitCorpus
  let statistics: CorpusStatistics

  /// Cuts a corpus by seed.
  ///
  /// - Parameter deadline: when that is given up.
  init(
    _ corpus: TextCorpus, shares: SplitSpec, stratify: Bool, key: RandomKey,
    deadline: ContinuousClock.Instant?
  ) throws(DatasetError) {
    self.corpus = corpus
    parts = try SplitCorpus(
      corpus,
      shares: Partition.Shares(
        train: shares.train, validation: shares.validation, test: shares.test),
      stratify: stratify, key: key, deadline: deadline)
    statistics = try corpus.statistics(deadline: deadline)
  }

  /// What planning needs to know.
  func facts(digest: SHA256Digest?) -> DatasetFacts {
    DatasetFacts(
      digest: digest, featureCount: 0, target: corpus.targets?.factsTarget ?? .nothing,
      rows: parts.partition.rows,
      classRows: parts.partition.classRows(of: corpus.targets),
      text: TextFacts(
        sentences: statistics.sentences, bytes: statistics.bytes,
        residentBytes: statistics.residentBytes, isPair: corpus.isPair))
  }
}

extension Targets {
  /// What planning needs to know of them.
  var factsTarget: DatasetFacts.Target {
    switch self {
    case .classes(_, let names): .classes(names)
    case .labels(_, let names): .labels(names)
    case .values(_, let names): .numbers(width: names.count)
    }
  }
}

extension Partition {
  var rows: PartRows {
    PartRows(train: train.count, validation: validation.count, test: test.count)
  }

  /// Rows of each class or label in each part; nil without either.
  func classRows(of targets: Targets?) -> [PartRows]? {
    guard let targets, let names = targets.classNames else { return nil }
    func counts(_ rows: [Int]) -> [Int] {
      if case .labels(let sets, _) = targets { return sets.counts(of: rows, labels: names.count) }
      guard case .classes(let codes, _) = targets else { return [] }
      var counts = [Int](repeating: 0, count: names.count)
      for row in rows { counts[Int(codes[row])] += 1 }
      return counts
    }
    let (train, validation, test) = (counts(train), counts(validation), counts(test))
    return names.indices.map {
      PartRows(train: train[$0], validation: validation[$0], test: test[$0])
    }
  }
}
