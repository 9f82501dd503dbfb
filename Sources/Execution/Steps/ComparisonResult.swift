internal import Experiments

extension RunResult {
  /// Runs side by side: every metric keyed by the run's label, and the table of all.
  ///
  /// - Parameter results: of the runs, in the same order.
  init(comparing runs: [ComparedRun], metrics: [String], results: [RunResult]) {
    self.init()
    let scope = ResultScope(
      blockNames: runs.map(\.name),
      results: Dictionary(
        zip(runs.map(\.name), results), uniquingKeysWith: { first, _ in first }))
    var rows = runs.map { [Table.Cell.text($0.label)] }
    for metric in metrics {
      for (index, run) in runs.enumerated() {
        guard let found = scope.measure(metric, of: run.name) else {
          rows[index].append(.empty)
          continue
        }
        rows[index].append(.statistic(found.statistic, found.quantity))
        scalars.append(Scalar(metric, key: run.label, found.quantity, found.statistic))
      }
    }
    tables = [Table("comparison", columns: [.term("run")] + metrics.map { .term($0) }, rows: rows)]
  }

  /// Series of several runs, named by run, or by run and series when there are several.
  init(plotting spec: PlotSpec, runs: [ComparedRun], results: [RunResult]) {
    self.init()
    let axis: Series.Axis =
      switch spec.x {
      case .step: .step
      case .epoch: .epoch
      }
    for (run, result) in zip(runs, results) {
      for name in spec.series {
        guard let found = result.series.first(where: { $0.name == name && $0.axis == axis })
        else { continue }
        let label = spec.series.count > 1 ? "\(run.label) \(name)" : run.label
        series.append(
          Series(
            label, axis: axis, found.quantity, x: found.x, runs: found.runs, mean: found.mean))
      }
    }
  }
}
