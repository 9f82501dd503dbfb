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
  ///
  /// - Parameter deadline: when that is given up.
  init(
    _ dataset: Dataset, shares: SplitSpec, stratify: Bool, key: RandomKey,
    deadline: ContinuousClock.Instant?
  ) throws(DatasetError) {
    self.dataset = dataset
    partition = try Partition(
      splitting: dataset,
      shares: Partition.Shares(
        train: shares.train, validation: shares.validation, test: shares.test),
      stratify: stratify, key: key, deadline: deadline)
  }

  /// What planning needs to know.
  func facts(digest: SHA256Digest?) -> DatasetFacts {
    DatasetFacts(
      digest: digest, featureCount: dataset.featureCount, target: dataset.targets.factsTarget,
      rows: partition.rows, classRows: partition.classRows(of: dataset.targets))
  }
}
