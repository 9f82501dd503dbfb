/// A table of numbers with a label or a target per row, and how it is cut into parts.
package enum DatasetSpec: Sendable, Hashable {
  case csv(CSVDatasetSpec)
  case glyphs(GlyphsDatasetSpec)
  case friedman1(Friedman1DatasetSpec)

  /// The fields that every data set has, wherever its rows come from.
  package var common: any DatasetCommon {
    switch self {
    case .csv(let spec): spec
    case .glyphs(let spec): spec
    case .friedman1(let spec): spec
    }
  }

  package var split: SplitSpec { common.split }
  package var standardize: Bool { common.standardize }

  /// Whether rows carry a class (true) or a number to predict (false).
  package var hasClasses: Bool {
    switch self {
    case .csv(let spec): spec.label != nil
    case .glyphs: true
    case .friedman1: false
    }
  }

  /// Whether each part gets each class in the same share: as asked, otherwise when there are classes.
  package var isStratified: Bool {
    switch self {
    case .csv(let spec): spec.stratify ?? hasClasses
    case .glyphs(let spec): spec.stratify
    case .friedman1: false
    }
  }
}

/// What all data sets have in common.
package protocol DatasetCommon: Sendable {
  /// Shares of the rows per part.
  var split: SplitSpec { get set }
  /// Whether features are scaled to mean 0 and variance 1, both measured on the training part.
  var standardize: Bool { get set }
}

/// Shares of the rows; they add up to 1.
package struct SplitSpec: Sendable, Hashable {
  package var train = 0.6
  package var validation = 0.2
  package var test = 0.2

  package init(train: Double = 0.6, validation: Double = 0.2, test: Double = 0.2) {
    self.train = train
    self.validation = validation
    self.test = test
  }
}

/// A CSV file with a header, below the project root.
package struct CSVDatasetSpec: DatasetCommon, Sendable, Hashable {
  /// Path relative to the project root, `/` between its parts.
  package var csv = ""
  /// Feature columns by name; nil: all columns but the label or target, in the file's order.
  package var features: [String]?
  /// The column that holds the class; exactly one of `label` and `target` is set.
  package var label: String?
  /// The column that holds the number to predict.
  package var target: String?
  package var standardize = false
  /// nil: when there are classes.
  package var stratify: Bool?
  package var split = SplitSpec()

  package init() {}
}

/// Drawings of the ten digits, 28×28 = 784 features in 0…1, made by the program.
package struct GlyphsDatasetSpec: DatasetCommon, Sendable, Hashable {
  package var samples = 4000
  /// Standard deviation of the noise added to each pixel.
  package var noise = 0.25
  /// Strength of shift, rotation, shear and stroke width; 0 draws every digit alike,
  /// 1 as a hasty hand.
  package var distortion = 1.0
  package var standardize = false
  package var stratify = true
  package var split = SplitSpec()

  package init() {}
}

/// The regression problem of Friedman (1991), as scikit-learn's `make_friedman1` draws it.
package struct Friedman1DatasetSpec: DatasetCommon, Sendable, Hashable {
  package var samples = 600
  /// Number of features, five of which matter.
  package var features = 10
  /// Standard deviation of the noise on the target.
  package var noise = 1.0
  /// Share of the training rows whose target is thrown off.
  package var outliers = 0.0
  /// Standard deviation of what is added to those targets.
  package var outlierScale = 50.0
  package var standardize = false
  package var split = SplitSpec()

  package init() {}
}

/// A part of a data set.
package enum SplitPart: String, Sendable, Hashable, CaseIterable { case train, validation, test }
