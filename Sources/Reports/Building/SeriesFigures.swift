internal import Experiments

/// Makes line plots of series: one figure per axis, or one when axes can be reconciled.
struct SeriesFigures {
  let labels: Labels
  let spec: ExperimentSpec
  let scalars: [Scalar]

  /// Points of a curve that a figure keeps; longer series are averaged in equal groups.
  static let pointLimit = 400

  /// From this many epochs on, values by epoch tell more than the noise by step.
  private static let manyEpochs = 10

  func figures(of series: [Series], caption: String) -> [ReportItem] {
    let series = reconciled(distinct(series))
    return Series.Axis.allCases.compactMap { axis in
      let group = series.filter { $0.axis == axis }
      return group.isEmpty ? nil : figure(group, axis, caption)
    }
  }

  private func figure(_ series: [Series], _ axis: Series.Axis, _ caption: String) -> ReportItem {
    let logarithmic: [PlotSpec.LogarithmicAxis] =
      if case .plot(let plot) = spec { plot.log } else { [] }
    // Thinning by one factor keeps the curves of a figure comparable.
    let longest = series.map(\.mean.count).max() ?? 0
    let group = max(1, (longest + Self.pointLimit - 1) / Self.pointLimit)
    let names = curveNames(series)
    let curves = zip(series, names).map { curve($0, name: $1, group: group) }
    let plot = LinePlot(
      xLabel: axis == .step ? labels.step : labels.epoch, yLabel: valueName(series),
      curves: curves, xScale: logarithmic.contains(.x) ? .logarithmic : .linear,
      yScale: logarithmic.contains(.y) ? .logarithmic : .linear, wholeX: true)
    let seeds = max(1, series.map(\.runs.count).max() ?? 1)
    var notes: [String] = []
    if group > 1 { notes.append(labels.thinned(group)) }
    if plot.hiddenPoints > 0 { notes.append(labels.hiddenPoints(plot.hiddenPoints)) }
    var caption = caption
    if case .plot(let plot) = spec {
      caption =
        plot.series.count == 1
        ? labels.measure(plot.series[0]) : valueName(series).capitalizedFirst
    }
    return .figure(
      Figure(
        heading: ItemHeading(
          name: "", caption: caption, detail: labels.mean(seeds)),
        content: .lines(plot), notes: notes))
  }

  /// One series per name: by epoch when there are many epochs, else by step.
  private func distinct(_ series: [Series]) -> [Series] {
    let names = Dictionary(grouping: series, by: \.name)
    return series.filter { candidate in
      guard let same = names[candidate.name], same.count > 1,
        let byEpoch = same.first(where: { $0.axis == .epoch })
      else { return true }
      return candidate.axis == (byEpoch.x.count >= Self.manyEpochs ? .epoch : .step)
    }
  }

  // MARK: - Names

  /// What the names of all series end with is the y axis: `loss`; `value` when they differ.
  private func valueName(_ series: [Series]) -> String {
    var names = series.map(\.nameParts)
    // A plot's series are named by labels, which say nothing about the values.
    if case .plot(let plot) = spec {
      if plot.series.count == 1 { return labels.path(plot.series[0]) }
      names = plot.series.map(Self.parts)
    }
    let common = commonEnd(names)
    return common.isEmpty ? labels.value : labels.path(common.joined(separator: "."))
  }

  /// The names without what they all end with: `train` and `validation`, or the runs of a plot.
  private func curveNames(_ series: [Series]) -> [String] {
    if case .plot(let plot) = spec { return series.map { plotted($0.name, plot.series) } }
    guard series.count > 1 else { return series.map { labels.path($0.name) } }
    let names = series.map(\.nameParts)
    let common = commonEnd(names).count
    return names.map { labels.path($0.dropLast(common).joined(separator: ".")) }
  }

  /// `cosine validation` for the curve `cosine validation.loss`; a label alone stays as it is.
  private func plotted(_ name: String, _ wanted: [String]) -> String {
    guard wanted.count > 1, let series = wanted.first(where: { name.hasSuffix(" \($0)") }) else {
      return name
    }
    let common = commonEnd(wanted.map(Self.parts)).count
    let own = Self.parts(of: series).dropLast(common).joined(separator: ".")
    return name.dropLast(series.count) + labels.path(own)
  }

  /// A name cut at its dots, but not at those in brackets: `rates[0.1]`, `train`, `loss`.
  static func parts(of name: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in name {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if character == ".", depth <= 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }

  /// The longest list of parts that all names end with, leaving at least one part of each name.
  private func commonEnd(_ names: [[String]]) -> [String] {
    guard var common = names.first else { return [] }
    if names.count == 1 { return Array(common.suffix(1)) }
    for name in names {
      let room = min(common.count, name.count - 1)
      var length = 0
      while length < room, common[common.count - 1 - length] == name[name.count - 1 - length] {
        length += 1
      }
      common = Array(common.suffix(length))
    }
    return common.count < (names.map(\.count).min() ?? 0) ? common : Array(common.dropFirst())
  }

  /// Epochs placed at steps, when both axes occur and the run says how many of each it made.
  private func reconciled(_ series: [Series]) -> [Series] {
    func total(_ name: String) -> Double? {
      scalars.first { $0.name == name && $0.key == nil }?.statistic.mean
    }
    guard series.map(\.axis).uniqued.count > 1, let steps = total("steps"),
      let epochs = total("epochs"), steps.isFinite, epochs > 0
    else { return series }
    return series.map { series in
      guard series.axis == .epoch else { return series }
      return Series(
        series.name, axis: .step, series.quantity, x: series.x.map { $0 * steps / epochs },
        runs: series.runs, mean: series.mean)
    }
  }

  private func curve(_ series: Series, name: String, group: Int) -> LinePlot.Curve {
    let count = min(series.x.count, series.mean.count)
    var band: LinePlot.Band?
    if series.runs.count > 1 {
      var low: [Double] = []
      var high: [Double] = []
      for index in 0..<count {
        let values = series.runs.compactMap { $0.indices.contains(index) ? $0[index] : nil }
          .filter(\.isFinite)
        low.append(values.min() ?? .nan)
        high.append(values.max() ?? .nan)
      }
      band = LinePlot.Band(low: low.averaged(by: group), high: high.averaged(by: group))
    }
    return LinePlot.Curve(
      name: name, x: Array(series.x.prefix(count)).averaged(by: group),
      y: Array(series.mean.prefix(count)).averaged(by: group), band: band)
  }
}

extension [Double] {
  /// Means of consecutive groups of `size` values, the last group possibly smaller.
  fileprivate func averaged(by size: Int) -> [Double] {
    guard size > 1 else { return self }
    return stride(from: 0, to: count, by: size).map { start in
      let group = self[start..<Swift.min(count, start + size)]
      return group.reduce(0, +) / Double(group.count)
    }
  }
}
