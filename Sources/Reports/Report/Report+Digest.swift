package import Digests
internal import Experiments

extension Report {
  /// SHA-256 of everything that the report holds: what two printed alike have in common.
  package var digest: SHA256Digest {
    var content = ReportContent()
    content.add(block)
    content.add(items) { $0.add($1) }
    return SHA256Digest(of: content.bytes)
  }
}

/// The values of a report one after another, so that different reports never give the same bytes:
/// texts and lists follow their length, alternatives their number.
private struct ReportContent {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: UInt64(bitPattern: Int64(number)).littleEndian) { bytes += $0 }
  }

  mutating func add(_ value: Double) {
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
  }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes += text.utf8
  }

  mutating func add<Value>(_ value: Value?, _ write: (inout Self, Value) -> Void) {
    add(value == nil ? 0 : 1)
    if let value { write(&self, value) }
  }

  mutating func add<Value>(_ values: [Value], _ write: (inout Self, Value) -> Void) {
    add(values.count)
    for value in values { write(&self, value) }
  }

  mutating func add(_ values: [Double]) { add(values) { $0.add($1) } }

  mutating func add(_ item: ReportItem) {
    switch item {
    case .table(let table):
      add(0)
      add(table.heading)
      add(table.columns) { $0.add($1) }
      add(table.rows) { $0.add($1) { $0.add($1) } }
    case .figure(let figure):
      add(1)
      add(figure.heading)
      add(figure.content)
      add(figure.notes) { $0.add($1) }
    case .paragraph(let text):
      add(2)
      add(text)
    case .expectations(let lines):
      add(3)
      add(lines) { content, line in
        content.add(line.verdict.rawValue)
        content.add(line.condition)
        content.add(line.finding) { $0.add($1) }
      }
    case .failure(let failure):
      add(4)
      add(failure.id)
      add(failure.message)
      add(failure.notes) { $0.add($1) }
    case .provenance(let line):
      add(5)
      add(line.fingerprint)
      add(line.numericsVersion)
      add(line.seed) { $0.add(Int(truncatingIfNeeded: $1)) }
      add(line.repeats)
    }
  }

  private mutating func add(_ heading: ItemHeading) {
    add(heading.name)
    add(heading.caption)
    add(heading.detail) { $0.add($1) }
    add(heading.number)
  }

  private mutating func add(_ cell: ReportTable.Cell) {
    switch cell {
    case .empty: add(0)
    case .text(let text):
      add(1)
      add(text)
    case .number(let value, let quantity):
      add(2)
      add(value)
      add(quantity.rawValue)
    case .statistic(let statistic, let quantity):
      add(3)
      add(statistic.values)
      add(statistic.mean)
      add(statistic.std) { $0.add($1) }
      add(statistic.interval) { content, interval in
        content.add(interval.low)
        content.add(interval.high)
      }
      add(quantity.rawValue)
    }
  }

  private mutating func add(_ content: Figure.Content) {
    switch content {
    case .lines(let plot):
      add(0)
      add(plot.xLabel)
      add(plot.yLabel)
      add(plot.curves) { content, curve in
        content.add(curve.name)
        content.add(curve.x)
        content.add(curve.y)
        content.add(curve.band) { content, band in
          content.add(band.low)
          content.add(band.high)
        }
      }
      add(plot.x)
      add(plot.y)
    case .bars(let chart):
      add(1)
      add(chart.valueLabel)
      add(chart.categories) { content, category in
        content.add(category.label)
        content.add(category.value)
      }
      add(chart.quantity.rawValue)
    case .histogram(let histogram):
      add(2)
      add(histogram.valueLabel)
      add(histogram.edges)
      add(histogram.counts) { $0.add($1) }
    case .confusion(let matrix):
      add(3)
      add(matrix.labels) { $0.add($1) }
      add(matrix.counts) { $0.add($1) { $0.add($1) } }
    }
  }

  private mutating func add(_ scale: AxisScale) {
    add(scale.kind.rawValue)
    add(scale.low)
    add(scale.high)
    add(scale.ticks) { content, tick in
      content.add(tick.value)
      content.add(tick.label)
    }
  }
}
