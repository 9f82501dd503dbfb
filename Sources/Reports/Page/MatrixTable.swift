internal import Experiments

/// A confusion matrix as a table with shaded cells.
enum MatrixTable {
  /// Shades of the style sheet.
  private static let shades = 8

  static func write(_ matrix: ConfusionMatrix, labels: Labels, to markup: inout Markup) {
    guard !matrix.labels.isEmpty else {
      markup.element("p", ["class": "note"], text: labels.noPoints)
      return
    }
    if matrix.labels.count > TextConfusionMatrix.classLimit {
      writeMistakes(matrix, labels: labels, to: &markup)
      return
    }
    markup.begin("div", ["class": "scroll", "tabindex": "0"])
    markup.begin("table", ["class": "matrix"])
    writeHead(matrix, labels, &markup)
    markup.begin("tbody")
    for row in matrix.labels.indices {
      let total = matrix.counts[row].reduce(0, &+)
      markup.begin("tr")
      markup.element("th", ["scope": "row"], text: matrix.labels[row])
      for column in matrix.labels.indices {
        let count = matrix.counts[row][column]
        let shade = shade(count, of: total)
        let names = [shade > 0 ? "h\(shade)" : nil, row == column ? "diagonal" : nil]
          .compactMap { $0 }
        markup.element(
          "td", ["class": names.isEmpty ? nil : names.joined(separator: " ")], text: "\(count)")
      }
      markup.element("td", ["class": "share"], text: share(matrix.recall(row)))
      markup.end()
      markup.newLine()
    }
    markup.begin("tr")
    markup.element("th", ["scope": "row", "class": "corner"], text: labels.precision)
    for column in matrix.labels.indices {
      markup.element("td", ["class": "foot"], text: share(matrix.precision(column)))
    }
    markup.element("td", ["class": "share"], text: "")
    markup.end()
    markup.end()
    markup.end()
    markup.end()
    markup.newLine()
  }

  private static func writeHead(
    _ matrix: ConfusionMatrix, _ labels: Labels, _ markup: inout Markup
  ) {
    markup.begin("thead")
    markup.begin("tr")
    markup.element(
      "th", ["class": "corner", "scope": "col"],
      text: "\(labels.trueClass) \\ \(labels.predictedClass)")
    for label in matrix.labels { markup.element("th", ["scope": "col"], text: label) }
    markup.element("th", ["scope": "col", "class": "share"], text: labels.recall)
    markup.end()
    markup.end()
    markup.newLine()
  }

  private static func writeMistakes(
    _ matrix: ConfusionMatrix, labels: Labels, to markup: inout Markup
  ) {
    let mistakes = matrix.mistakes(limit: TextConfusionMatrix.mistakeLimit)
    markup.element(
      "p", ["class": "note"],
      text: labels.mistakesOf(classes: matrix.labels.count, shown: mistakes.count))
    markup.begin("div", ["class": "scroll", "tabindex": "0"])
    markup.begin("table")
    markup.begin("thead")
    markup.begin("tr")
    for head in [labels.trueClass, labels.predictedClass] {
      markup.element("th", ["scope": "col"], text: head)
    }
    markup.element("th", ["scope": "col", "class": "n"], text: labels.count)
    markup.end()
    markup.end()
    markup.begin("tbody")
    for mistake in mistakes {
      markup.begin("tr")
      markup.element("td", text: matrix.labels[mistake.actual])
      markup.element("td", text: matrix.labels[mistake.predicted])
      markup.element("td", ["class": "n"], text: "\(mistake.count)")
      markup.end()
      markup.newLine()
    }
    markup.end()
    markup.end()
    markup.end()
    markup.newLine()
  }

  /// From 0 (none) to 8 (the whole row), rounded up so that no mistake looks like none.
  private static func shade(_ count: Int, of total: Int) -> Int {
    guard count > 0, total > 0 else { return 0 }
    return min(shades, max(1, Int((Double(count) / Double(total) * Double(shades)).rounded(.up))))
  }

  private static func share(_ value: Double?) -> String {
    value.map { NumberFormat.fixed(3).text($0) } ?? "–"
  }
}
