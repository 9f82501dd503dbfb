internal import Digests
internal import Experiments
internal import Learning
internal import Tensors

/// A data set and the rows of it that train, validate and test.
struct SplitDataset: Sendable {
  let dataset: Dataset
  let partition: Partition

  init(dataset: Dataset, partition: Partition) {
    self.dataset = dataset
    self.partition = partition
  }

  /// Cuts a data set by seed.
  init(
    _ dataset: Dataset, shares: SplitSpec, stratify: Bool, key: RandomKey
  ) throws(DatasetError) {
    self.dataset = dataset
    partition = try Partition(
      splitting: dataset,
      shares: Partition.Shares(
        train: shares.train, validation: shares.validation, test: shares.test),
      stratify: stratify, key: key)
  }

  /// What planning needs to know.
  func facts(digest: SHA256Digest?) -> DatasetFacts {
    DatasetFacts(
      digest: digest, featureCount: dataset.featureCount,
      target: dataset.targets.classNames.map { .classes($0) }
        ?? .numbers(width: dataset.targets.valueWidth ?? 1),
      rows: PartRows(
        train: partition.train.count, validation: partition.validation.count,
        test: partition.test.count),
      classRows: classRows)
  }

  /// Rows of each class in each part; nil without classes.
  var classRows: [PartRows]? {
    guard case .classes(let codes, let names) = dataset.targets else { return nil }
    func counts(_ rows: [Int]) -> [Int] {
      var counts = [Int](repeating: 0, count: names.count)
      for row in rows { counts[Int(codes[row])] += 1 }
      return counts
    }
    let (train, validation, test) = (
      counts(partition.train), counts(partition.validation), counts(partition.test)
    )
    return names.indices.map {
      PartRows(train: train[$0], validation: validation[$0], test: test[$0])
    }
  }
}
