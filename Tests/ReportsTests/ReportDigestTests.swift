import Digests
import Experiments
import Reports
import Testing

/// Whatever a report shows is in its digest: texts that are taken from an earlier document are found
/// by it.
@Suite struct ReportDigestTests {
  private static func statistic(
    _ values: [Double] = [1, 2], mean: Double = 1.5, std: Double? = 0.7,
    interval: (Double, Double)? = (1, 2)
  ) -> Statistic {
    Statistic(
      values: values, mean: mean, std: std,
      interval: interval.map { Statistic.Interval(low: $0.0, high: $0.1) })
  }

  private static let heading = ItemHeading(name: "n", caption: "c", detail: "d", number: 1)

  private static func table(
    _ rows: [[ReportTable.Cell]], heading: ItemHeading = heading, columns: [String] = ["a", "b"]
  ) -> ReportItem { .table(ReportTable(heading: heading, columns: columns, rows: rows)) }

  private static func figure(
    _ content: Figure.Content, heading: ItemHeading = heading, notes: [String] = ["note"]
  ) -> ReportItem { .figure(Figure(heading: heading, content: content, notes: notes)) }

  private static func plot(
    x: String = "x", y: String = "y", name: String = "m", xs: [Double] = [1, 2],
    ys: [Double] = [3, 4], band: LinePlot.Band? = .init(low: [2, 3], high: [4, 5]),
    xScale: AxisScale.Kind = .linear, yScale: AxisScale.Kind = .linear, whole: Bool = true
  ) -> Figure.Content {
    .lines(
      LinePlot(
        xLabel: x, yLabel: y, curves: [.init(name: name, x: xs, y: ys, band: band)],
        xScale: xScale, yScale: yScale, wholeX: whole))
  }

  /// Items that differ from some other in one thing each.
  private static let items: [ReportItem] = [
    table([]), table([], heading: ItemHeading(name: "m", caption: "c", detail: "d", number: 1)),
    table([], heading: ItemHeading(name: "n", caption: "x", detail: "d", number: 1)),
    table([], heading: ItemHeading(name: "n", caption: "c", number: 1)),
    table([], heading: ItemHeading(name: "n", caption: "c", detail: "d", number: 2)),
    table([], columns: ["ab"]), table([], columns: ["a"]), table([[]]), table([[], []]),
    table([[.empty]]), table([[.text("")]]), table([[.text("a"), .text("b")]]),
    table([[.text("ab")]]), table([[.text("a")], [.text("b")]]), table([[.number(1, .ratio)]]),
    table([[.number(1, .loss)]]), table([[.number(2, .loss)]]), table([[.number(-0.0, .loss)]]),
    table([[.number(0, .loss)]]), table([[.statistic(statistic(), .loss)]]),
    table([[.statistic(statistic(), .ratio)]]), table([[.statistic(statistic([1, 3]), .loss)]]),
    table([[.statistic(statistic(mean: 2), .loss)]]),
    table([[.statistic(statistic(std: nil), .loss)]]),
    table([[.statistic(statistic(interval: nil), .loss)]]),
    table([[.statistic(statistic(interval: (1, 3)), .loss)]]),
    table([[.statistic(statistic(interval: (0, 2)), .loss)]]),
    figure(plot()), figure(plot(), notes: []), figure(plot(), notes: ["no", "te"]),
    figure(plot(), heading: ItemHeading(name: "n", caption: "c", detail: "d", number: 2)),
    figure(plot(x: "z")), figure(plot(y: "z")), figure(plot(name: "z")),
    figure(plot(xs: [1, 3])), figure(plot(ys: [3, 5])), figure(plot(band: nil)),
    figure(plot(band: .init(low: [1, 3], high: [4, 5]))),
    figure(plot(band: .init(low: [2, 3], high: [4, 6]))), figure(plot(xScale: .logarithmic)),
    figure(plot(yScale: .logarithmic)), figure(plot(whole: false)),
    figure(.bars(BarChart(valueLabel: "v", categories: [.init("a", 1)], quantity: .loss))),
    figure(.bars(BarChart(valueLabel: "w", categories: [.init("a", 1)], quantity: .loss))),
    figure(.bars(BarChart(valueLabel: "v", categories: [.init("b", 1)], quantity: .loss))),
    figure(.bars(BarChart(valueLabel: "v", categories: [.init("a", 2)], quantity: .loss))),
    figure(.bars(BarChart(valueLabel: "v", categories: [.init("a", 1)], quantity: .count))),
    figure(.histogram(Histogram(valueLabel: "v", edges: [0, 1], counts: [1]))),
    figure(.histogram(Histogram(valueLabel: "w", edges: [0, 1], counts: [1]))),
    figure(.histogram(Histogram(valueLabel: "v", edges: [0, 2], counts: [1]))),
    figure(.histogram(Histogram(valueLabel: "v", edges: [0, 1], counts: [2]))),
    figure(.confusion(ConfusionMatrix(labels: ["a"], counts: [[1]]))),
    figure(.confusion(ConfusionMatrix(labels: ["b"], counts: [[1]]))),
    figure(.confusion(ConfusionMatrix(labels: ["a"], counts: [[2]]))),
    .paragraph("a"), .paragraph("b"), .expectations([]),
    .expectations([.init(verdict: .holds, condition: "a", finding: nil)]),
    .expectations([.init(verdict: .fails, condition: "a", finding: nil)]),
    .expectations([.init(verdict: .holds, condition: "b", finding: nil)]),
    .expectations([.init(verdict: .holds, condition: "a", finding: "")]),
    .failure(Failure(id: "i", message: "m", notes: [])),
    .failure(Failure(id: "j", message: "m", notes: [])),
    .failure(Failure(id: "i", message: "n", notes: [])),
    .failure(Failure(id: "i", message: "m", notes: ["n"])),
    .provenance(.init(fingerprint: "f", numericsVersion: 1, seed: 1, repeats: 1)),
    .provenance(.init(fingerprint: "g", numericsVersion: 1, seed: 1, repeats: 1)),
    .provenance(.init(fingerprint: "f", numericsVersion: 2, seed: 1, repeats: 1)),
    .provenance(.init(fingerprint: "f", numericsVersion: 1, seed: nil, repeats: 1)),
    .provenance(.init(fingerprint: "f", numericsVersion: 1, seed: 2, repeats: 1)),
    .provenance(.init(fingerprint: "f", numericsVersion: 1, seed: 1, repeats: 2)),
  ]

  @Test func reportsThatDifferInOneThingHaveDifferentDigests() {
    var reports = Self.items.map { Report(block: "a", items: [$0]) }
    reports += [
      Report(block: "a", items: []), Report(block: "b", items: []),
      Report(block: "a", items: Self.items), Report(block: "a", items: Self.items.reversed()),
    ]
    var owners: [String: Int] = [:]
    for (index, report) in reports.enumerated() {
      if let other = owners.updateValue(index, forKey: report.digest.hexadecimal) {
        Issue.record("\(reports[other]) and \(report) have the same digest")
      }
      #expect(report.digest == report.digest)
    }
  }

  /// A property that somebody adds has to go into the digest, and into this list.
  @Test func everyPropertyIsKnown() {
    func names(_ value: Any) -> [String] { Mirror(reflecting: value).children.compactMap(\.label) }
    let expected: [(value: Any, names: [String])] = [
      (Report(block: "", items: []), ["block", "items"]),
      (Self.heading, ["name", "caption", "detail", "number"]),
      (
        ReportTable(heading: Self.heading, columns: [], rows: []), ["heading", "columns", "rows"]
      ),
      (Self.statistic(), ["values", "mean", "std", "interval"]),
      (Statistic.Interval(low: 0, high: 1), ["low", "high"]),
      (
        Figure(heading: Self.heading, content: Self.plot()), ["heading", "content", "notes"]
      ),
      (
        LinePlot(xLabel: "", yLabel: "", curves: []), ["xLabel", "yLabel", "curves", "x", "y"]
      ),
      (LinePlot.Curve(name: "", x: [], y: []), ["name", "x", "y", "band"]),
      (LinePlot.Band(low: [], high: []), ["low", "high"]),
      (
        LinePlot(xLabel: "", yLabel: "", curves: []).x, ["kind", "low", "high", "ticks"]
      ),
      (
        BarChart(valueLabel: "", categories: [], quantity: .loss),
        ["valueLabel", "categories", "quantity"]
      ),
      (Chart.Category("", 0), ["label", "value"]),
      (
        Histogram(valueLabel: "", edges: [], counts: []), ["valueLabel", "edges", "counts"]
      ),
      (ConfusionMatrix(labels: [], counts: []), ["labels", "counts"]),
      (
        ExpectationLine(verdict: .holds, condition: "", finding: nil),
        ["verdict", "condition", "finding"]
      ),
      (Failure(id: "", message: "", notes: []), ["id", "message", "notes"]),
      (
        ProvenanceLine(fingerprint: "", numericsVersion: 1, seed: nil, repeats: 1),
        ["fingerprint", "numericsVersion", "seed", "repeats"]
      ),
    ]
    for (value, known) in expected { #expect(names(value) == known, "\(type(of: value))") }
  }
}
