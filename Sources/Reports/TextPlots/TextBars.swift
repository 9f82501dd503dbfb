internal import Diagnostics
internal import Experiments

/// Draws bar charts and histograms with characters: at most 80 columns.
package enum TextBars {
  /// Bars beyond this many are counted below the chart but not drawn.
  static let barLimit = 60
  private static let labelWidth = 28

  package static func text(_ chart: BarChart, charset: Charset, labels: Labels) -> String {
    let shown = chart.categories.prefix(barLimit)
    let values = ColumnFormat(numbers: shown.map { ($0.value, chart.quantity) })
    let names = shown.map {
      $0.label.escapedForFence.shortened(to: labelWidth, mark: charset.ellipsis)
    }
    var lines = TextLines()
    lines.append(chart.valueLabel.escapedForFence)
    let bars = Bars(
      names: names, isNameLeft: true, values: shown.map(\.value),
      texts: shown.map { values.text($0.value, chart.quantity) }, charset: charset)
    bars.append(to: &lines)
    if shown.isEmpty { lines.append(labels.noPoints) }
    if chart.categories.count > shown.count {
      lines.append(labels.moreBars(chart.categories.count - shown.count))
    }
    return lines.text
  }

  package static func text(_ histogram: Histogram, charset: Charset, labels: Labels) -> String {
    let bins = min(barLimit, histogram.counts.count)
    var lines = TextLines()
    lines.append(histogram.valueLabel.escapedForFence)
    let bars = Bars(
      names: histogram.binNames(bins), isNameLeft: false,
      values: histogram.counts.prefix(bins).map(Double.init),
      texts: histogram.counts.prefix(bins).map(String.init), charset: charset)
    bars.append(to: &lines)
    if bins == 0 { lines.append(labels.noPoints) }
    if histogram.counts.count > bins {
      lines.append(labels.moreBars(histogram.counts.count - bins))
    }
    return lines.text
  }
}

extension Histogram {
  /// `[0.5, 1.0)` for the first bins, edges with a common number of digits.
  func binNames(_ count: Int) -> [String] {
    let format = ColumnFormat(numbers: edges.map { ($0, .real) })
    let texts = edges.map { format.text($0, .real) }
    let widest = texts.map(\.utf8.count).max() ?? 0
    return (0..<min(count, counts.count)).map { bin in
      let closing = bin == counts.count - 1 ? "]" : ")"
      return "[\(texts[bin].leftPadded(to: widest)), "
        + "\(texts[bin + 1].leftPadded(to: widest))\(closing)"
    }
  }
}

/// Horizontal bars from a common zero line, values behind them.
private struct Bars {
  let names: [String]
  let isNameLeft: Bool
  let values: [Double]
  let texts: [String]
  let charset: Charset

  func append(to lines: inout TextLines) {
    let nameWidth = names.map(\.displayWidth).max() ?? 0
    let textWidth = texts.map(\.displayWidth).max() ?? 0
    let room = max(8, TextLines.maximalWidth - nameWidth - textWidth - 4)
    let finite = values.filter(\.isFinite)
    let low = min(0, finite.min() ?? 0)
    let high = max(0, finite.max() ?? 0)
    // Halves first: the difference of two huge numbers overflows.
    let span = high / 2 - low / 2
    let negativeRoom = span > 0 ? Int((Double(room) * (-low / 2 / span)).rounded()) : 0
    for (index, name) in names.enumerated() {
      let padded = isNameLeft ? name.padded(to: nameWidth) : name.leftPadded(to: nameWidth)
      let value = values[index]
      let length = value.isFinite && span > 0 ? value.magnitude / 2 / span * Double(room) : 0
      let left = value < 0 ? min(negativeRoom, Int(length.rounded())) : 0
      let before = String(repeating: " ", count: negativeRoom - left) + solid(left)
      let after = value > 0 ? bar(min(Double(room - negativeRoom), length)) : ""
      lines.append("\(padded) \(before)\(axis)\(after) \(texts[index].leftPadded(to: 0))")
    }
  }

  private var axis: String { charset == .ascii ? "|" : "│" }

  private func solid(_ count: Int) -> String {
    String(repeating: charset == .ascii ? "#" : "█", count: count)
  }

  /// A bar to the right; eighths of a column where the character set has them.
  private func bar(_ length: Double) -> String {
    guard charset == .unicode else {
      // Something that is there is seen, however small.
      return solid(max(1, Int(length.rounded())))
    }
    let eighths = max(1, Int((length * 8).rounded()))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return solid(eighths / 8) + parts[eighths % 8]
  }
}
