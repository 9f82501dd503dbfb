internal import Diagnostics
internal import Experiments

/// Bars as a table: label, bar and value in each row, so that a reader without pictures loses none.
enum BarTable {
  static func write(_ chart: BarChart, labels: Labels, to markup: inout Markup) {
    let format = ColumnFormat(numbers: chart.categories.map { ($0.value, chart.quantity) })
    write(
      names: chart.categories.map(\.label), values: chart.categories.map(\.value),
      texts: chart.categories.map { format.text($0.value, chart.quantity) },
      head: chart.valueLabel, isBinned: false, labels: labels, to: &markup)
  }

  static func write(_ histogram: Histogram, labels: Labels, to markup: inout Markup) {
    write(
      names: histogram.binNames(histogram.counts.count), values: histogram.counts.map(Double.init),
      texts: histogram.counts.map(String.init), head: histogram.valueLabel, isBinned: true,
      labels: labels, to: &markup)
  }

  private static func write(
    names: [String], values: [Double], texts: [String], head: String, isBinned: Bool,
    labels: Labels, to markup: inout Markup
  ) {
    let count = min(TextBars.barLimit, names.count)
    let finite = values.filter(\.isFinite)
    let low = min(0, finite.min() ?? 0)
    let high = max(0, finite.max() ?? 0)
    markup.begin("div", ["class": "scroll"])
    markup.begin("table", ["class": "bars", "aria-label": head])
    markup.begin("tbody")
    for index in 0..<count {
      markup.begin("tr")
      markup.element(
        "th", ["scope": "row", "class": isBinned ? "n" : nil], text: names[index])
      markup.begin("td", ["class": "bar"])
      drawBar(values[index], low: low, high: high, to: &markup)
      markup.end()
      markup.element("td", ["class": "n"], text: texts[index])
      markup.end()
      markup.newLine()
    }
    markup.end()
    markup.end()
    markup.end()
    markup.newLine()
    let note = count == 0 ? labels.noPoints : labels.moreBars(names.count - count)
    if count < names.count || count == 0 { markup.element("p", ["class": "note"], text: note) }
  }

  private static func drawBar(
    _ value: Double, low: Double, high: Double, to markup: inout Markup
  ) {
    // Halves first: the difference of two huge numbers overflows.
    let span = high / 2 - low / 2
    let zero = span > 0 ? -low / 2 / span * 100 : 0
    let length = value.isFinite && span > 0 ? value.magnitude / 2 / span * 100 : 0
    markup.begin(
      "svg",
      [
        "viewBox": "0 0 100 10", "preserveAspectRatio": "none", "aria-hidden": "true",
        "xmlns": "http://www.w3.org/2000/svg",
      ])
    if length > 0 {
      markup.empty(
        "rect",
        [
          "class": value < 0 ? "s1" : "s0", "x": drawn(value < 0 ? zero - length : zero), "y": "1",
          "width": drawn(max(0.2, length)), "height": "8",
        ])
    }
    markup.empty(
      "line",
      ["class": "zero", "x1": drawn(zero), "x2": drawn(zero), "y1": "0", "y2": "10"])
    markup.end()
  }
}
