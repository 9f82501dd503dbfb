package import Tensors

/// Rows of features and what they are to be predicted as, in double, before any split.
package struct Dataset: Sendable {
  /// One name a feature, in column order.
  package let featureNames: [String]
  /// `rowCount` × `featureNames.count`, row-major, finite.
  package private(set) var features: [Double]
  package private(set) var targets: Targets
  package let rowCount: Int

  /// Rows × features; the arrays' sizes must fit each other (they come from our own readers).
  init(featureNames: [String], features: [Double], targets: Targets, rowCount: Int) {
    self.featureNames = featureNames
    self.features = features
    self.targets = targets
    self.rowCount = rowCount
  }

  package var featureCount: Int { featureNames.count }

  /// Every random site of making, splitting and spoiling data, for the check against collisions.
  package static var randomSites: [RandomSite] {
    [
      "glyphs.shape", "glyphs.noise", "friedman1.features", "friedman1.noise",
      "friedman1.outlier", "friedman1.outlier_size", "split",
    ].map { RandomSite(purpose: $0) }
  }

  /// The same rows with other target values; used where outliers are put in.
  func replacingTargets(_ targets: Targets) -> Dataset {
    var copy = self
    copy.targets = targets
    return copy
  }
}

/// Why a table does not make a data set, or a data set no split.
package enum DatasetError: Error, Sendable, Hashable {
  /// The file itself is at fault.
  case csv(CSVError)
  /// No column has this name.
  case unknownColumn(String, available: [String])
  /// A column is used twice: as two features, or as feature and target.
  case repeatedColumn(String)
  /// No column is left to be a feature.
  case noFeatures
  /// No column is named as a target.
  case noTargets
  /// A classifier needs two classes; all rows are of this one.
  case oneClass(String)
  /// Labels are learned where one holds for some row; no row has any.
  case noLabels
  /// Shares must be positive numbers (or 0) that add up to 1.
  case invalidShares
  /// A part of the split with a positive share gets no row.
  case emptyPart(Partition.Part, rows: Int)
  /// A part of the split with a positive share gets no row of a class that has `rows` rows.
  case missingClass(String, Partition.Part, rows: Int)
  /// A feature column leaves float32's range after standardising, or has no finite statistics.
  case notFinite(column: String)
  /// The file of the data is no longer as it was when the data set was planned.
  case changed(path: String)
  /// The data was not there by the time at which that is given up.
  case outOfTime
  /// A synthetic data set cannot be made with this value.
  case outOfRange(parameter: String, allowed: String)
}
