package import Experiments

/// A picture as data: what the text plot and the drawing show alike.
package struct Figure: Sendable, Hashable {
  /// The picture itself.
  package enum Content: Sendable, Hashable {
    case lines(LinePlot)
    case bars(BarChart)
    case histogram(Histogram)
    case confusion(ConfusionMatrix)
  }

  package var heading: ItemHeading
  package let content: Content
  /// Sentences below the picture: averaging, points left out.
  package let notes: [String]

  package init(heading: ItemHeading, content: Content, notes: [String] = []) {
    self.heading = heading
    self.content = content
    self.notes = notes
  }
}

/// Curves over one axis.
package struct LinePlot: Sendable, Hashable {
  /// One curve: values at ascending places; values that are not finite interrupt it.
  package struct Curve: Sendable, Hashable {
    package let name: String
    package let x: [Double]
    package let y: [Double]
    /// Lowest and highest of the repeats at each place; nil for one repeat.
    package let band: Band?

    package init(name: String, x: [Double], y: [Double], band: Band? = nil) {
      let count = min(x.count, y.count)
      self.name = name
      self.x = Array(x.prefix(count))
      self.y = Array(y.prefix(count))
      self.band = band.flatMap { $0.low.count >= count && $0.high.count >= count ? $0 : nil }
    }
  }

  /// A stretch of values per place.
  package struct Band: Sendable, Hashable {
    package let low: [Double]
    package let high: [Double]

    package init(low: [Double], high: [Double]) {
      self.low = low
      self.high = high
    }
  }

  package let xLabel: String
  package let yLabel: String
  package let curves: [Curve]
  package let x: AxisScale
  package let y: AxisScale

  /// Lays the axes out over all finite points.
  ///
  /// - Parameters:
  ///   - xScale, yScale: on a logarithmic scale values that are not positive are not shown.
  ///   - wholeX: whether x counts things, so that ticks lie on whole numbers.
  package init(
    xLabel: String, yLabel: String, curves: [Curve], xScale: AxisScale.Kind = .linear,
    yScale: AxisScale.Kind = .linear, wholeX: Bool = true
  ) {
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.curves = curves
    x = AxisScale.fitting(
      curves.lazy.flatMap { $0.x }, kind: xScale, tickLimit: 8, extended: false, whole: wholeX)
    y = AxisScale.fitting(
      curves.lazy.flatMap { $0.y + ($0.band?.low ?? []) + ($0.band?.high ?? []) }, kind: yScale,
      tickLimit: 6, extended: true)
  }

  /// Whether a point can be drawn.
  func isDrawable(_ x: Double, _ y: Double) -> Bool {
    x.isFinite && y.isFinite && (self.y.kind == .linear || y > 0)
      && (self.x.kind == .linear || x > 0)
  }

  /// How many points of all curves have no place in the plot.
  var hiddenPoints: Int {
    curves.reduce(0) { total, curve in
      total + zip(curve.x, curve.y).reduce(0) { $0 + (isDrawable($1.0, $1.1) ? 0 : 1) }
    }
  }
}

/// A value per category, as bars from zero.
package struct BarChart: Sendable, Hashable {
  package let valueLabel: String
  package let categories: [Chart.Category]
  package let quantity: Quantity

  package init(valueLabel: String, categories: [Chart.Category], quantity: Quantity) {
    self.valueLabel = valueLabel
    self.categories = categories
    self.quantity = quantity
  }
}

/// Counts of values between edges; the last bin holds its upper edge too.
package struct Histogram: Sendable, Hashable {
  package let valueLabel: String
  package let edges: [Double]
  package let counts: [Int]

  /// Counts beyond the edges are dropped: there is one edge more than counts.
  package init(valueLabel: String, edges: [Double], counts: [Int]) {
    let bins = max(0, min(counts.count, edges.count - 1))
    self.valueLabel = valueLabel
    self.edges = bins == 0 ? [] : Array(edges.prefix(bins + 1))
    self.counts = Array(counts.prefix(bins))
  }
}

/// Counts by true class (row) and predicted class (column).
package struct ConfusionMatrix: Sendable, Hashable {
  package let labels: [String]
  /// Square, as large as `labels`.
  package let counts: [[Int]]

  /// Missing rows and cells count as zero; surplus ones are dropped.
  package init(labels: [String], counts: [[Int]]) {
    self.labels = labels
    self.counts = labels.indices.map { row in
      labels.indices.map { column in
        counts.indices.contains(row) && counts[row].indices.contains(column)
          ? counts[row][column] : 0
      }
    }
  }

  /// Share of a true class that was recognised; nil for a class without samples.
  func recall(_ row: Int) -> Double? {
    let total = counts[row].reduce(0, &+)
    return total > 0 ? Double(counts[row][row]) / Double(total) : nil
  }

  /// Share of what was called a class that is one; nil for a class never predicted.
  func precision(_ column: Int) -> Double? {
    let total = counts.reduce(0) { $0 &+ $1[column] }
    return total > 0 ? Double(counts[column][column]) / Double(total) : nil
  }

  /// A kind of mistake and how often it was made.
  struct Mistake: Sendable, Hashable {
    let actual: Int
    let predicted: Int
    let count: Int
  }

  /// The most frequent mistakes, by count and then by row and column.
  func mistakes(limit: Int) -> [Mistake] {
    var all: [Mistake] = []
    for row in labels.indices {
      for column in labels.indices where row != column && counts[row][column] > 0 {
        all.append(Mistake(actual: row, predicted: column, count: counts[row][column]))
      }
    }
    all.sort { left, right in
      (-left.count, left.actual, left.predicted) < (-right.count, right.actual, right.predicted)
    }
    return Array(all.prefix(limit))
  }
}
