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
    let target: DatasetFacts.Target =
      switch corpus.targets {
      case .classes(_, let names): .classes(names)
      case .values(_, let names): .numbers(width: names.count)
      case nil: .nothing
      }
    return DatasetFacts(
      digest: digest, featureCount: 0, target: target, rows: parts.partition.rows,
      classRows: parts.partition.classRows(of: corpus.targets),
      text: TextFacts(
        sentences: statistics.sentences, bytes: statistics.bytes,
        residentBytes: statistics.residentBytes, isPair: corpus.isPair))
  }
}

extension Partition {
  var rows: PartRows {
    PartRows(train: train.count, validation: validation.count, test: test.count)
  }

  /// Rows of each class in each part; nil without classes.
  func classRows(of targets: Targets?) -> [PartRows]? {
    guard case .classes(let codes, let names)? = targets else { return nil }
    func counts(_ rows: [Int]) -> [Int] {
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
