/// What a block computed: numbers only, no clock, host, path or wording.
///
/// Names are those that expressions use (`test.accuracy`, `train.loss`), without the block's own.
/// Order is the order of presentation. Same fingerprint, same result bytes.
package struct RunResult: Sendable, Hashable {
  package var scalars: [Scalar]
  package var series: [Series]
  package var matrices: [Matrix]
  package var charts: [Chart]
  package var tables: [Table]

  package init(
    scalars: [Scalar] = [], series: [Series] = [], matrices: [Matrix] = [], charts: [Chart] = [],
    tables: [Table] = []
  ) {
    self.scalars = scalars
    self.series = series
    self.matrices = matrices
    self.charts = charts
    self.tables = tables
  }
}

/// What kind of number a value is; decides how it is printed when nobody says otherwise.
package enum Quantity: String, Sendable, Hashable, CaseIterable {
  /// A whole number of things.
  case count
  /// A share between 0 and 1: accuracy, F1.
  case ratio
  /// A loss or an error: positive, any magnitude.
  case loss
  /// Any other real number.
  case real
}

/// A value measured on one or more seeds.
package struct Statistic: Sendable, Hashable {
  /// One value per repeat, in order of the repeat index.
  package let values: [Double]
  /// Arithmetic mean; the value itself for one repeat.
  package let mean: Double
  /// Sample standard deviation (n − 1); nil for one repeat.
  package let std: Double?
  /// Ends of the 95 % interval of the mean (Student's t); nil for one repeat.
  package let interval: Interval?

  /// The ends of a confidence interval.
  package struct Interval: Sendable, Hashable {
    package let low: Double
    package let high: Double

    package init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }
  }

  /// Takes moments that the engine has computed under the numeric law.
  package init(values: [Double], mean: Double, std: Double?, interval: Interval?) {
    self.values = values
    self.mean = mean
    self.std = std
    self.interval = interval
  }

  /// A single measurement.
  package init(_ value: Double) {
    self.init(values: [value], mean: value, std: nil, interval: nil)
  }
}

/// A named number: `test.accuracy`, or `test.f1[setosa]` with the class as key.
package struct Scalar: Sendable, Hashable {
  package let name: String
  /// The class in brackets, if the number belongs to one.
  package let key: String?
  package let quantity: Quantity
  package let statistic: Statistic

  package init(_ name: String, key: String? = nil, _ quantity: Quantity, _ statistic: Statistic) {
    self.name = name
    self.key = key
    self.quantity = quantity
    self.statistic = statistic
  }
}

/// Values along training: `train.loss`, `validation.accuracy`, `lr`.
package struct Series: Sendable, Hashable {
  /// What the x axis counts.
  package enum Axis: String, Sendable, Hashable, CaseIterable { case step, epoch }

  package let name: String
  package let axis: Axis
  package let quantity: Quantity
  /// Ascending positions on the axis, shared by all repeats.
  package let x: [Double]
  /// `runs[repeat][i]` belongs to `x[i]`; a run stopped early is shorter than `x`.
  package let runs: [[Double]]
  /// Mean over the repeats that reached `x[i]`.
  package let mean: [Double]

  package init(
    _ name: String, axis: Axis, _ quantity: Quantity, x: [Double], runs: [[Double]],
    mean: [Double]
  ) {
    self.name = name
    self.axis = axis
    self.quantity = quantity
    self.x = x
    self.runs = runs
    self.mean = mean
  }
}

/// Counts by true (row) and predicted (column) class, summed over repeats.
package struct Matrix: Sendable, Hashable {
  package let name: String
  package let labels: [String]
  /// `counts[true][predicted]`.
  package let counts: [[Int]]

  package init(_ name: String, labels: [String], counts: [[Int]]) {
    self.name = name
    self.labels = labels
    self.counts = counts
  }
}

/// Bars: one value per category, or counts between edges.
package struct Chart: Sendable, Hashable {
  package enum Bars: Sendable, Hashable {
    /// A bar chart: label and value.
    case categories([Category])
    /// A histogram: `counts[i]` values lie in `edges[i]..<edges[i + 1]` (the last bin closed).
    case histogram(edges: [Double], counts: [Int])
  }

  package struct Category: Sendable, Hashable {
    package let label: String
    package let value: Double

    package init(_ label: String, _ value: Double) {
      self.label = label
      self.value = value
    }
  }

  package let name: String
  package let quantity: Quantity
  package let bars: Bars

  package init(_ name: String, _ quantity: Quantity, _ bars: Bars) {
    self.name = name
    self.quantity = quantity
    self.bars = bars
  }
}

/// A table whose shape is not that of the scalars: comparisons, model summaries, data overviews.
package struct Table: Sendable, Hashable {
  package enum Cell: Sendable, Hashable {
    /// Foreign or free text; escaped where it is printed.
    case text(String)
    /// A name of the field (`accuracy`, `parameters`) that the report may translate.
    case term(String)
    case number(Double, Quantity)
    case statistic(Statistic, Quantity)
    case empty
  }

  package let name: String
  /// Terms or free text; the first column is the row's head.
  package let columns: [Cell]
  package let rows: [[Cell]]

  package init(_ name: String, columns: [Cell], rows: [[Cell]]) {
    self.name = name
    self.columns = columns
    self.rows = rows
  }
}
