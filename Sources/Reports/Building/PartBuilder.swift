internal import Experiments

/// Makes the items of a result, part by part.
struct PartBuilder {
  let result: RunResult
  let spec: ExperimentSpec
  let labels: Labels

  /// What a block prints when it has no `show:`, in this order, as far as the result has it.
  static func usualParts(of kind: ExperimentKind) -> [ShownPart] {
    switch kind {
    case .dataset: [.summary, .classCounts, .histogram]
    case .tokenizer, .model: [.summary]
    case .train, .evaluate: [.metrics, .summary, .lossCurve, .histogram, .confusionMatrix]
    case .compare: [.comparison, .lossCurve, .histogram]
    case .plot: [.plot]
    }
  }

  /// The items of a part; none when the result has nothing for it.
  func items(for part: ShownPart) -> [ReportItem] {
    let items: [ReportItem]
    switch part {
    case .summary: items = summary
    case .metrics: return metrics
    case .lossCurve: items = curves(part, labels.lossCurve) { $0.isLoss }
    case .accuracyCurve:
      items = curves(part, labels.accuracyCurve) { !$0.isLoss && $0.lastPart != "lr" }
    case .lrCurve: items = curves(part, labels.lrCurve) { $0.lastPart == "lr" }
    case .confusionMatrix: items = confusionMatrices
    case .classCounts: items = classCounts
    case .histogram: items = histograms
    case .comparison: items = comparison
    case .bars: items = bars
    case .plot: items = curves(part, labels.lossCurve) { _ in true }
    }
    return items.named(part.rawValue)
  }

  private var isComparison: Bool { spec.kind == .compare }

  /// How many seeds stand behind the result.
  private var seeds: Int {
    let scalars = result.scalars.map(\.statistic.values.count).max() ?? 0
    return max(1, scalars, result.series.map(\.runs.count).max() ?? 0)
  }

  // MARK: - Tables

  private var summary: [ReportItem] {
    var items: [ReportItem] = []
    let facts = result.scalars.filter { $0.key == nil && (spec.kind == .dataset || !$0.hasSplit) }
    if !facts.isEmpty, !isComparison {
      let rows = facts.map { scalar -> [ReportTable.Cell] in
        let name = scalar.split.map {
          labels.term(scalar.metric) + labels.inParentheses(labels.term($0))
        }
        let value: ReportTable.Cell =
          scalar.statistic.isConstant
          ? .number(scalar.statistic.mean, scalar.quantity)
          : .statistic(scalar.statistic, scalar.quantity)
        return [.text(name ?? labels.term(scalar.name)), value]
      }
      let isMeasured = facts.contains { !$0.statistic.isConstant }
      let detail = isMeasured ? labels.meanWithInterval(seeds) : nil
      items.append(
        table("summary", labels.summary, detail, [labels.quantity, labels.value], rows))
    }
    let claimed: Set<String> = ["comparison", "class_counts"]
    items += result.tables.filter { !claimed.contains($0.name) }.map { own($0) }
    return items
  }

  private var metrics: [ReportItem] {
    guard !isComparison, spec.kind != .dataset else { return [] }
    let scalars = result.scalars.filter { $0.key == nil && $0.hasSplit }
    var items: [ReportItem] = []
    if !scalars.isEmpty {
      let splits = scalars.compactMap(\.split).uniqued
      var cells: [String: [String: ReportTable.Cell]] = [:]
      for scalar in scalars {
        cells[scalar.metric, default: [:]][scalar.split ?? ""] =
          .statistic(scalar.statistic, scalar.quantity)
      }
      let rows = scalars.map(\.metric).uniqued.map { metric in
        [.text(labels.term(metric))] + splits.map { cells[metric]?[$0] ?? .empty }
      }
      let place = splits.count == 1 ? splits.first : nil
      items.append(
        table(
          "metrics", caption(labels.metrics, on: place), labels.meanWithInterval(seeds),
          [labels.metric] + splits.map(labels.term), rows))
    }
    return items.named("metrics") + perClass.named("per_class")
  }

  private var perClass: [ReportItem] {
    let keyed = result.scalars.filter { $0.key != nil && $0.hasSplit }
    return keyed.compactMap(\.split).uniqued.map { split in
      let scalars = keyed.filter { $0.split == split }
      let columns = scalars.map(\.metric).uniqued
      var cells: [String: [String: ReportTable.Cell]] = [:]
      for scalar in scalars {
        cells[scalar.key ?? "", default: [:]][scalar.metric] =
          .statistic(scalar.statistic, scalar.quantity)
      }
      let rows = scalars.compactMap(\.key).uniqued.map { key in
        [.text(key)] + columns.map { cells[key]?[$0] ?? .empty }
      }
      return table(
        "per_class", caption(labels.perClass, on: split), labels.meanWithInterval(seeds),
        [labels.className] + columns.map(labels.term), rows)
    }
  }

  private var comparison: [ReportItem] {
    let tables = result.tables.filter { $0.name == "comparison" }
    if !tables.isEmpty || !isComparison { return tables.map { own($0) } }
    let keyed = result.scalars.filter { $0.key != nil }
    guard !keyed.isEmpty else { return [] }
    let columns = keyed.map(\.name).uniqued
    var cells: [String: [String: ReportTable.Cell]] = [:]
    for scalar in keyed {
      cells[scalar.key ?? "", default: [:]][scalar.name] =
        .statistic(scalar.statistic, scalar.quantity)
    }
    let rows = keyed.compactMap(\.key).uniqued.map { key in
      [.text(key)] + columns.map { cells[key]?[$0] ?? .empty }
    }
    let heads = columns.map { labels.path($0) }
    return [
      table(
        "comparison", labels.comparison, labels.meanWithInterval(seeds),
        [labels.term("run")] + heads, rows)
    ]
  }

  private var classCounts: [ReportItem] {
    let tables = result.tables.filter { $0.name == "class_counts" }.map { own($0) }
    guard spec.kind == .dataset else { return tables }
    return tables + categoryCharts
  }

  /// A table that the result brings along, its terms in the document's language.
  private func own(_ source: Table) -> ReportItem {
    func cell(_ cell: Table.Cell) -> ReportTable.Cell {
      switch cell {
      case .text(let text): .text(text)
      case .term(let term): .text(labels.path(term))
      case .number(let value, let quantity): .number(value, quantity)
      case .statistic(let statistic, let quantity): .statistic(statistic, quantity)
      case .empty: .empty
      }
    }
    var seeds = 0
    for case .statistic(let statistic, _) in source.rows.joined() {
      seeds = max(seeds, statistic.values.count)
    }
    let columns = source.columns.map { column -> String in
      switch column {
      case .text(let text): text
      case .term(let term): labels.path(term)
      case .number(let value, let quantity): NumberFormat.standard(for: quantity).text(value)
      case .statistic, .empty: ""
      }
    }
    return table(
      source.name, labels.title(of: source.name),
      seeds > 0 ? labels.meanWithInterval(seeds) : nil, columns,
      source.rows.map { $0.map(cell) })
  }

  // MARK: - Charts

  private var bars: [ReportItem] {
    if spec.kind != .dataset, !categoryCharts.isEmpty { return categoryCharts }
    guard isComparison else { return [] }
    let keyed = result.scalars.filter { $0.key != nil }
    return keyed.map(\.name).uniqued.compactMap { name in
      let scalars = keyed.filter { $0.name == name }
      guard let first = scalars.first else { return nil }
      let chart = BarChart(
        valueLabel: labels.path(name),
        categories: scalars.map { Chart.Category($0.key ?? "", $0.statistic.mean) },
        quantity: first.quantity)
      return figure(labels.measure(name), labels.mean(seeds), .bars(chart))
    }
  }

  private var categoryCharts: [ReportItem] {
    result.charts.compactMap { chart in
      guard case .categories(let categories) = chart.bars else { return nil }
      let bars = BarChart(
        valueLabel: labels.term(chart.name), categories: categories, quantity: chart.quantity)
      return figure(labels.title(of: chart.name), nil, .bars(bars))
    }
  }

  private var histograms: [ReportItem] {
    result.charts.compactMap { chart in
      guard case .histogram(let edges, let counts) = chart.bars else { return nil }
      let name = labels.term(chart.name)
      let histogram = Histogram(valueLabel: name, edges: edges, counts: counts)
      let caption = labels.distribution + labels.captionColon + name
      return figure(caption, nil, .histogram(histogram))
    }
  }

  private var confusionMatrices: [ReportItem] {
    result.matrices.map { matrix in
      let split = matrix.name.split(separator: ".").first.map(String.init)
      let known = split.flatMap { Scalar.splits.contains($0) ? $0 : nil }
      return figure(
        caption(labels.confusionMatrix, on: known), labels.summed(seeds),
        .confusion(ConfusionMatrix(labels: matrix.labels, counts: matrix.counts)))
    }
  }

  private func curves(
    _ part: ShownPart, _ caption: String, _ isWanted: (Series) -> Bool
  ) -> [ReportItem] {
    let series = result.series.filter(isWanted)
    return SeriesFigures(labels: labels, spec: spec, scalars: result.scalars)
      .figures(of: series, caption: caption)
  }

  // MARK: - Pieces

  private func caption(_ words: String, on split: String?) -> String {
    guard let split else { return words }
    return labels.captionOn(words, split: labels.term(split))
  }

  private func table(
    _ name: String, _ caption: String, _ detail: String?, _ columns: [String],
    _ rows: [[ReportTable.Cell]]
  ) -> ReportItem {
    .table(
      ReportTable(
        heading: ItemHeading(name: name, caption: caption, detail: detail), columns: columns,
        rows: rows))
  }

  private func figure(_ caption: String, _ detail: String?, _ content: Figure.Content) -> ReportItem
  {
    .figure(
      Figure(heading: ItemHeading(name: "", caption: caption, detail: detail), content: content))
  }
}

extension [ReportItem] {
  /// Numbered items under a common name: `NAME`, `NAME_2`, `NAME_3`.
  func named(_ name: String) -> [ReportItem] {
    var count = 0
    return map { item in
      guard let heading = item.heading else { return item }
      count += 1
      return item.with(
        ItemHeading(
          name: count == 1 ? name : "\(name)_\(count)", caption: heading.caption,
          detail: heading.detail, number: heading.number))
    }
  }
}

extension Scalar {
  /// Parts that data is split into; a name that begins with one is measured on it.
  static let splits: Set<String> = ["train", "validation", "test"]

  var hasSplit: Bool { split != nil }

  /// `test` of `test.accuracy`.
  var split: String? {
    guard let dot = name.firstIndex(of: ".") else { return nil }
    let first = String(name[..<dot])
    return Self.splits.contains(first) ? first : nil
  }

  /// `accuracy` of `test.accuracy`; the whole name without a split.
  var metric: String {
    guard hasSplit, let dot = name.firstIndex(of: ".") else { return name }
    return String(name[name.index(after: dot)...])
  }
}

extension Series {
  /// `loss` of `train.loss`.
  var lastPart: String { nameParts.last ?? name }

  /// Whether the series is a loss, or an objective's share of it.
  var isLoss: Bool { lastPart == "loss" || lastPart.hasSuffix("_loss") }

  var nameParts: [String] { SeriesFigures.parts(of: name) }
}

extension Statistic {
  /// Whether all seeds gave the same value, so that an interval would say nothing.
  var isConstant: Bool { values.allSatisfy { $0 == values.first } }
}

extension Array where Element: Hashable {
  /// The elements without repetitions, in order of first appearance.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension String {
  /// The text with its first letter in upper case.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
