internal import Experiments
internal import Learning
internal import Tensors

extension RunResult {
  /// One result out of a block's repeats, all given in order of the repeat index.
  ///
  /// - Parameters:
  ///   - records: the trainings; empty for a block that only evaluates.
  ///   - measured: what each repeat's evaluation found, the same names in the same order.
  init(combining records: [TrainingRecord], measured: [[Measurement]]) {
    self.init()
    for (index, first) in (measured.first ?? []).enumerated() {
      let all = measured.compactMap { $0.indices.contains(index) ? $0[index].value : nil }
      switch first.value {
      case .number(_, let quantity):
        let values = all.compactMap { if case .number(let value, _) = $0 { value } else { nil } }
        scalars.append(Scalar(first.name, key: first.key, quantity, Statistic(repeats: values)))
      case .counts(_, let labels):
        let matrices = all.compactMap { value in
          if case .counts(let counts, _) = value { ConfusionMatrix(counts: counts) } else { nil }
        }
        let sum = ConfusionMatrix.sum(matrices)?.counts ?? []
        self.matrices.append(Matrix(first.name, labels: labels, counts: sum))
      }
    }
    guard let first = records.first else { return }
    func count(_ name: String, _ value: (TrainingRecord) -> Int) {
      let values = records.map { Double(value($0)) }
      scalars.append(Scalar(name, .count, Statistic(repeats: values)))
    }
    count("epochs", \.epochs)
    count("steps", \.steps)
    scalars.append(
      Scalar("parameters", .count, Statistic(Double(first.parameters.count))))
    series = Self.series(of: records)
    tables = first.transfer.map { [Table(weights: $0)] } ?? []
  }

  /// Series by epoch first, then by step: an expression means the first of a name.
  private static func series(of records: [TrainingRecord]) -> [Series] {
    var names: [(name: String, axis: Schedule.Unit)] = []
    for axis in [Schedule.Unit.epoch, .step] {
      for series in records.first?.series ?? [] where series.axis == axis {
        names.append((series.name, axis))
      }
    }
    return names.compactMap { name, axis in
      let runs = records.compactMap { $0.series(name, by: axis) }
      guard let longest = runs.max(by: { $0.x.count < $1.x.count }) else { return nil }
      let values = runs.map { $0.values.map(\.canonical) }
      return Series(
        name, axis: axis == .epoch ? .epoch : .step, quantity(of: name),
        x: longest.x.map(Double.init), runs: values, mean: values.columnMeans)
    }
  }

  private static func quantity(of series: String) -> Quantity {
    switch series.split(separator: ".").last {
    case "loss", "mse", "mae", "mlm_loss", "nsp_loss": .loss
    case "lr", "perplexity": .real
    default: .ratio
    }
  }
}

extension Statistic {
  /// The statistic of one value per repeat.
  init(repeats values: [Double]) {
    let summary = RepeatSummary(values.map(\.canonical))
    var interval: Interval?
    if let low = summary.low, let high = summary.high { interval = Interval(low: low, high: high) }
    self.init(
      values: summary.values, mean: summary.mean, std: summary.std, interval: interval)
  }
}

extension [[Double]] {
  /// The mean of each position over the rows that reach it.
  var columnMeans: [Double] {
    let length = map(\.count).max() ?? 0
    return (0..<length).map { position in
      RepeatSummary(compactMap { $0.indices.contains(position) ? $0[position] : nil }).mean
    }
  }
}
