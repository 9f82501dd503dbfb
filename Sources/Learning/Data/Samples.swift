package import Tensors

/// Rows ready for the engine: float32 features and targets.
package struct Samples: Sendable {
  /// `[n, d]`.
  package let features: Tensor
  /// Of `n` rows.
  package let targets: BatchTargets

  package init(features: Tensor, targets: BatchTargets) {
    self.features = features
    self.targets = targets
  }

  package var count: Int { features.rows }
}

/// A split data set as tensors: what training, validation and test see.
package struct PreparedData: Sendable {
  package let featureNames: [String]
  /// Class names in index order; nil for regression.
  package let classNames: [String]?
  package let kind: TargetKind
  package let partition: Partition
  /// Fitted on the training rows; nil when features are taken as they are.
  package let standardization: Standardization?
  /// Targets of the training rows, for losses that count classes.
  package let trainingTargets: Targets
  package let train: Samples
  /// nil when the part has no rows.
  package let validation: Samples?
  package let test: Samples?

  /// Cuts a data set into parts and rounds it to float32 once, after standardising in double.
  ///
  /// - Parameter deadline: when that is given up.
  /// - Throws: `DatasetError.notFinite` for a feature that leaves float32's range;
  ///   `DatasetError.outOfTime`.
  package init(
    _ dataset: Dataset, partition: Partition, standardize: Bool,
    deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) {
    let scaling =
      standardize
      ? try Standardization(fitting: dataset, rows: partition.train, deadline: deadline) : nil
    func samples(_ rows: [Int]) throws(DatasetError) -> Samples {
      try dataset.samples(rows, scaling, deadline)
    }
    train = try samples(partition.train)
    validation = partition.validation.isEmpty ? nil : try samples(partition.validation)
    test = partition.test.isEmpty ? nil : try samples(partition.test)
    featureNames = dataset.featureNames
    classNames = dataset.targets.classNames
    kind = dataset.targets.kind
    trainingTargets = dataset.targets.rows(partition.train)
    self.partition = partition
    standardization = scaling
  }

  /// The rows of a part; nil when it has none.
  package func samples(of part: Partition.Part) -> Samples? {
    switch part {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }
}

extension Targets {
  /// The targets of some rows.
  func rows(_ rows: [Int]) -> Targets {
    switch self {
    case .classes(let codes, let names): return .classes(rows.map { codes[$0] }, names: names)
    case .values(let values, let names):
      let width = names.count
      return .values(
        rows.flatMap { values[$0 * width..<($0 + 1) * width] }, names: names)
    case .labels(let sets, let names): return .labels(sets.gathering(rows), names: names)
    }
  }
}

extension Dataset {
  fileprivate func samples(
    _ rows: [Int], _ scaling: Standardization?, _ deadline: ContinuousClock.Instant?
  ) throws(DatasetError) -> Samples {
    let width = featureCount
    var matrix = Tensor(uninitialized: .matrix(rows.count, width))
    var isOver = false
    let bad = matrix.withMutableElements { target -> Int? in
      for (index, row) in rows.enumerated() {
        if DeadlineInterval.includes(index), deadline.hasPassed {
          isOver = true
          return nil
        }
        for feature in 0..<width {
          let value = features[row * width + feature]
          let scaled = Float(scaling?.apply(value, feature: feature) ?? value)
          if !scaled.isFinite { return feature }
          target[index * width + feature] = scaled
        }
      }
      return nil
    }
    if isOver { throw .outOfTime }
    if let bad { throw .notFinite(column: featureNames[bad]) }
    return Samples(features: matrix, targets: BatchTargets(targets.rows(rows)))
  }
}
