/// Rows of numbers or texts, most with a label or a target, and how they are cut into parts.
package enum DatasetSpec: Sendable, Hashable {
  case csv(CSVDatasetSpec)
  case jsonl(JSONLinesDatasetSpec)
  case text(TextDatasetSpec)
  case glyphs(GlyphsDatasetSpec)
  case friedman1(Friedman1DatasetSpec)
  case written(WrittenDatasetSpec)

  /// The fields that every data set has, wherever its rows come from.
  package var common: any DatasetCommon {
    switch self {
    case .csv(let spec): spec
    case .jsonl(let spec): spec
    case .text(let spec): spec
    case .glyphs(let spec): spec
    case .friedman1(let spec): spec
    case .written(let spec): spec
    }
  }

  package var split: SplitSpec { common.split }

  /// Whether features are scaled; texts have none.
  package var standardize: Bool { (common as? any TableDatasetCommon)?.standardize ?? false }

  /// Whether rows are texts (true) or numbers (false).
  package var isText: Bool {
    switch self {
    case .csv(let spec): spec.textColumn != nil
    case .jsonl, .text, .written: true
    case .glyphs, .friedman1: false
    }
  }

  /// The file or folder that is read, relative to the project root; nil for data that is drawn.
  package var path: String? {
    switch self {
    case .csv(let spec): spec.csv
    case .jsonl(let spec): spec.jsonl
    case .text(let spec): spec.text
    case .glyphs, .friedman1, .written: nil
    }
  }

  /// Whether rows carry a class or labels (true) or a number to predict (false).
  package var hasClasses: Bool {
    switch self {
    case .csv(let spec): spec.label != nil || spec.labelColumns != nil
    case .jsonl(let spec): spec.label != nil
    case .text(let spec): spec.labels != .none
    case .glyphs, .written: true
    case .friedman1: false
    }
  }

  /// Whether each part gets each class or label in the same share: as asked, otherwise when there
  /// are any.
  package var isStratified: Bool {
    switch self {
    case .csv(let spec): spec.stratify ?? hasClasses
    case .jsonl(let spec): spec.stratify ?? hasClasses
    case .text(let spec): spec.stratify ?? hasClasses
    case .glyphs(let spec): spec.stratify
    case .written(let spec): spec.stratify
    case .friedman1: false
    }
  }
}

/// What all data sets have in common.
package protocol DatasetCommon: Sendable {
  /// Shares of the rows per part.
  var split: SplitSpec { get set }
}

/// What data sets of numbers have in common.
package protocol TableDatasetCommon: DatasetCommon {
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
package struct CSVDatasetSpec: TableDatasetCommon, Sendable, Hashable {
  /// Path relative to the project root, `/` between its parts.
  package var csv = ""
  /// Feature columns by name; nil: all columns but the label or target, in the file's order.
  package var features: [String]?
  /// The column that holds the text, for a data set of texts.
  package var textColumn: String?
  /// The column that holds the second text of a pair.
  package var textPairColumn: String?
  /// The column that holds the class; at most one of `label`, `labelColumns` and `target` is set, and
  /// one is unless the rows are texts.
  package var label: String?
  /// What stands between the labels of a cell of the column `label`, which then holds any number of
  /// them; nil: a cell is one class.
  package var labelSeparator: String?
  /// Columns of 0 and 1, one for each label.
  package var labelColumns: [String]?
  /// The column that holds the number to predict.
  package var target: String?
  package var standardize = false
  /// nil: when there are classes.
  package var stratify: Bool?
  package var split = SplitSpec()

  package init() {}
}

/// Drawings of the ten digits, 28×28 = 784 features in 0…1, made by the program.
package struct GlyphsDatasetSpec: TableDatasetCommon, Sendable, Hashable {
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
package struct Friedman1DatasetSpec: TableDatasetCommon, Sendable, Hashable {
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
