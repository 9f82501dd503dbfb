internal import Experiments

/// Prints reports as the parts of a page: one section for each block.
struct PageRenderer {
  let labels: Labels

  /// The section that stands in place of a block and its region.
  ///
  /// - Parameter source: the block's YAML, shown folded; nil hides it.
  func section(of report: Report, source: String?) -> String {
    var markup = Markup()
    markup.begin("section", ["class": "experiment", "id": report.block])
    markup.newLine()
    if let source { writeSource(source, name: report.block, to: &markup) }
    for item in report.items { write(item, of: report.block, to: &markup) }
    markup.end()
    markup.newLine()
    return markup.text
  }

  private func writeSource(_ source: String, name: String, to markup: inout Markup) {
    markup.begin("details", ["class": "source"])
    markup.begin("summary")
    markup.add("\(labels.source) ")
    markup.element("code", text: name)
    markup.end()
    markup.begin("pre")
    markup.begin("code", ["class": "language-yaml"])
    markup.add(lines: source)
    markup.end()
    markup.end()
    markup.end()
    markup.newLine()
  }

  private func write(_ item: ReportItem, of block: String, to markup: inout Markup) {
    switch item {
    case .table(let table):
      let id = "\(block).\(table.heading.name)"
      write(PrintedTable(table), id: id, captionOf: item, to: &markup)
    case .figure(let figure): write(figure, item, of: block, to: &markup)
    case .paragraph(let text): markup.element("p", text: text)
    case .expectations(let lines): write(lines, to: &markup)
    case .failure(let failure): write(failure, to: &markup)
    case .provenance(let line): write(line, to: &markup)
    }
    markup.newLine()
  }

  // MARK: - Tables

  private func write(
    _ table: PrintedTable, id: String?, captionOf item: ReportItem?, to markup: inout Markup
  ) {
    markup.begin("div", ["class": "scroll", "id": id, "tabindex": "0"])
    markup.begin("table")
    if let item { writeCaption(of: item, as: "caption", to: &markup) }
    markup.begin("thead")
    markup.begin("tr")
    for (column, name) in table.columns.enumerated() {
      markup.element(
        "th", ["scope": "col", "class": table.isNumeric[column] ? "n" : nil], text: name)
    }
    markup.end()
    markup.end()
    markup.newLine()
    markup.begin("tbody")
    for row in table.rows {
      markup.begin("tr")
      for (column, cell) in row.enumerated() {
        let isHead = column == 0 && !table.isNumeric[column]
        markup.begin(
          isHead ? "th" : "td",
          ["scope": isHead ? "row" : nil, "class": table.isNumeric[column] ? "n" : nil])
        if table.isNumeric[column] { writeNumber(cell, to: &markup) } else { markup.add(cell) }
        markup.end()
      }
      markup.end()
      markup.newLine()
    }
    markup.end()
    markup.end()
    markup.end()
  }

  /// The half interval of a mean stands back behind the mean.
  private func writeNumber(_ text: String, to markup: inout Markup) {
    // ` ± `: the sign's first byte is in no other text of a number.
    guard let sign = text.utf8.firstIndex(of: 0xC2), sign > text.startIndex else {
      markup.add(text)
      return
    }
    let blank = text.utf8.index(before: sign)
    markup.add(String(text[..<blank]))
    markup.element("span", ["class": "pm"], text: String(text[blank...]))
  }

  private func writeCaption(of item: ReportItem, as name: String, to markup: inout Markup) {
    guard let heading = item.heading else { return }
    markup.begin(name)
    // The style sheet makes the room behind the number.
    markup.element(
      "b", text: (labels.number(of: item) ?? "") + labels.captionSeparator.withoutBlanks)
    markup.add(" " + heading.caption)
    if let detail = heading.detail {
      markup.element("span", ["class": "detail"], text: labels.inParentheses(detail))
    }
    markup.end()
    markup.newLine()
  }

  // MARK: - Figures

  private func write(
    _ figure: Figure, _ item: ReportItem, of block: String, to markup: inout Markup
  ) {
    let id = "\(block).\(figure.heading.name)"
    markup.begin("figure", ["id": id])
    markup.newLine()
    switch figure.content {
    case .lines(let plot):
      LinePlotDrawing(plot, id: id, title: figure.heading.caption, labels: labels)
        .write(to: &markup)
    case .bars(let chart): BarTable.write(chart, labels: labels, to: &markup)
    case .histogram(let histogram): BarTable.write(histogram, labels: labels, to: &markup)
    case .confusion(let matrix): MatrixTable.write(matrix, labels: labels, to: &markup)
    }
    writeCaption(of: item, as: "figcaption", to: &markup)
    if case .lines(let plot) = figure.content {
      var notes = figure.notes
      if plot.curves.contains(where: { $0.band != nil }) { notes.append(labels.bandNote) }
      if !notes.isEmpty {
        markup.element("p", ["class": "note"], text: notes.joined(separator: " "))
      }
      writeNumbers(behind: plot, to: &markup)
    }
    markup.end()
  }

  /// The plotted values as a folded table, a row for each place on the x axis.
  private func writeNumbers(behind plot: LinePlot, to markup: inout Markup) {
    let curves = plot.curves.prefix(TextLinePlot.curveLimit)
    var places: [Double] = curves.flatMap(\.x).filter(\.isFinite)
    places.sort()
    var rows: [Double: Int] = [:]
    var distinct: [Double] = []
    for place in places where rows[place] == nil {
      rows[place] = distinct.count
      distinct.append(place)
    }
    guard !distinct.isEmpty else { return }
    var cells: [[ReportTable.Cell]] = distinct.map { place in
      [.number(place, .real)] + Array(repeating: .empty, count: curves.count)
    }
    for (column, curve) in curves.enumerated() {
      for (x, y) in zip(curve.x, curve.y) {
        guard let row = rows[x] else { continue }
        cells[row][column + 1] = .number(y, .loss)
      }
    }
    let table = ReportTable(
      heading: ItemHeading(name: "", caption: ""), columns: [plot.xLabel] + curves.map(\.name),
      rows: cells)
    markup.begin("details", ["class": "numbers"])
    markup.element("summary", text: labels.numbersBehind)
    write(PrintedTable(table), id: nil, captionOf: nil, to: &markup)
    markup.end()
    markup.newLine()
  }

  // MARK: - Sentences

  private func write(_ lines: [ExpectationLine], to markup: inout Markup) {
    markup.begin("ul", ["class": "expectations", "aria-label": labels.expectations])
    for line in lines {
      markup.begin("li", ["class": line.verdict.rawValue])
      markup.element("span", ["class": "mark", "aria-hidden": "true"], text: line.verdict.mark)
      markup.element("span", ["class": "word"], text: labels.word(for: line.verdict))
      markup.add(labels.captionColon)
      markup.element("code", text: line.condition)
      if let finding = line.finding { markup.add(labels.inParentheses(finding)) }
      markup.end()
    }
    markup.end()
  }

  private func write(_ failure: Failure, to markup: inout Markup) {
    markup.begin("div", ["class": "failure", "role": "note"])
    markup.begin("p")
    markup.element("strong", text: labels.failed)
    markup.add(labels.captionColon)
    write(sentence: failure.message, to: &markup)
    markup.add(" ")
    markup.element("code", text: failure.id)
    markup.end()
    for note in failure.notes {
      markup.begin("p")
      write(sentence: note, to: &markup)
      markup.end()
    }
    markup.end()
  }

  private func write(sentence: String, to markup: inout Markup) {
    for part in sentence.quotedParts {
      if part.isCode {
        markup.element("code", text: part.text)
      } else {
        markup.add(part.text)
      }
    }
  }

  private func write(_ line: ProvenanceLine, to markup: inout Markup) {
    markup.begin("p", ["class": "provenance"])
    markup.add("\(labels.fingerprint) ")
    markup.element("code", text: String(line.fingerprint.prefix(12)))
    markup.add(" · \(labels.numericsVersion) \(line.numericsVersion)")
    if let seed = line.seed { markup.add(" · \(labels.seed) \(seed)") }
    if line.repeats > 1 { markup.add(" · \(labels.repeats) \(line.repeats)") }
    markup.end()
  }
}

extension String {
  /// Without white space of any width.
  fileprivate var withoutBlanks: String { filter { !$0.isWhitespace } }
}
