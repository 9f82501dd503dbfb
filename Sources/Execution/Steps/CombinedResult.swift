internal import Experiments
internal import Learning
internal import Tensors

extension RunResult {
  /// One result out of a block's repeats, all given in order of the repeat index.
  ///
  /// - Parameters:
  ///   - models: the trainings; empty for a block that only evaluates.
  ///   - measured: what each repeat's evaluation found, the same names in the same order.
  init(combining models: [TrainedModel], measured: [[Measurement]]) {
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
    guard let first = models.first else { return }
    func count(_ name: String, _ value: (TrainedModel) -> Int) {
      let values = models.map { Double(value($0)) }
      scalars.append(Scalar(name, .count, Statistic(repeats: values)))
    }
    count("epochs") { $0.record.epochs }
    count("steps") { $0.record.steps }
    scalars.append(
      Scalar("parameters", .count, Statistic(Double(first.trainer.model.parameterCount))))
    series = Self.series(of: models)
  }

  /// Series by epoch first, then by step: an expression means the first of a name.
  private static func series(of models: [TrainedModel]) -> [Series] {
    var names: [(name: String, axis: Schedule.Unit)] = []
    for axis in [Schedule.Unit.epoch, .step] {
      for series in models.first?.record.series ?? [] where series.axis == axis {
        names.append((series.name, axis))
      }
    }
    return names.compactMap { name, axis in
      let runs = models.compactMap { $0.record.series(name, by: axis) }
      guard let longest = runs.max(by: { $0.x.count < $1.x.count }) else { return nil }
      let values = runs.map { $0.values.map(\.canonical) }
      return Series(
        name, axis: axis == .epoch ? .epoch : .step, quantity(of: name),
        x: longest.x.map(Double.init), runs: values, mean: values.columnMeans)
    }
  }

  private static func quantity(of series: String) -> Quantity {
    switch series.split(separator: ".").last {
    case "loss", "mse", "mae": .loss
    case "lr": .real
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
