internal import Experiments
internal import Learning

extension SplitDataset {
  /// What a data set's block reports: sizes, and how the classes or the target are spread.
  var result: RunResult {
    func count(_ name: String, _ value: Int) -> Scalar {
      Scalar(name, .count, Statistic(Double(value)))
    }
    var result = RunResult(scalars: [
      count("rows", dataset.rowCount), count("features", dataset.featureCount),
    ])
    if let classes = dataset.targets.classNames {
      result.scalars.append(count("classes", classes.count))
      result.tables = [classTable(classes)]
    } else if case .values(let values, let names) = dataset.targets, let name = names.first {
      let width = max(1, names.count)
      let column = stride(from: 0, to: values.count, by: width).map { values[$0] }
      if let bins = RoundBins(column) {
        result.charts = [
          Chart(name, .count, .histogram(edges: bins.edges, counts: bins.counts))
        ]
      }
    }
    for part in Partition.Part.allCases {
      result.scalars.append(count("\(part.rawValue).rows", partition.rows(of: part).count))
    }
    return result
  }

  private func classTable(_ classes: [String]) -> Experiments.Table {
    let columns = ["class", "train", "validation", "test"].map(Experiments.Table.Cell.term)
    let rows = zip(classes, classRows ?? []).map { name, rows in
      [.text(name)]
        + [rows.train, rows.validation, rows.test].map {
          Experiments.Table.Cell.number(Double($0), .count)
        }
    }
    return Experiments.Table("class_counts", columns: columns, rows: rows)
  }
}
