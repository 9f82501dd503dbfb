internal import Digests
internal import Experiments
internal import Learning

/// The rows of a planned data set, numbers or texts, with those of each part.
enum PlannedRows: Sendable {
  case numbers(SplitDataset)
  case texts(SplitTexts)

  /// What planning needs to know.
  func facts(digest: SHA256Digest?) -> DatasetFacts {
    switch self {
    case .numbers(let data): data.facts(digest: digest)
    case .texts(let data): data.facts(digest: digest)
    }
  }

  private var partition: Partition {
    switch self {
    case .numbers(let data): data.partition
    case .texts(let data): data.parts.partition
    }
  }

  private var targets: Targets? {
    switch self {
    case .numbers(let data): data.dataset.targets
    case .texts(let data): data.corpus.targets
    }
  }

  /// What a data set's block reports: sizes, and how the classes or the target are spread.
  var result: RunResult {
    func count(_ name: String, _ value: Int) -> Scalar {
      Scalar(name, .count, Statistic(Double(value)))
    }
    var result = RunResult()
    switch self {
    case .numbers(let data):
      result.scalars = [
        count("rows", data.dataset.rowCount), count("features", data.dataset.featureCount),
      ]
    case .texts(let data):
      result.scalars = [
        count("rows", data.corpus.count), count("sentences", data.statistics.sentences),
        count("characters", data.statistics.characters),
      ]
    }
    if let classes = targets?.classNames {
      if case .labels(let sets, _)? = targets {
        let mean = Double(sets.labelCount) / Double(max(1, sets.count))
        result.scalars += [
          count("labels", classes.count), Scalar("labels_per_row", .real, Statistic(mean)),
        ]
      } else {
        result.scalars.append(count("classes", classes.count))
      }
      result.tables = [classTable(classes)]
    } else if case .values(let values, let names)? = targets, let name = names.first {
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
    let rows = zip(classes, partition.classRows(of: targets) ?? []).map { name, rows in
      [.text(name)]
        + [rows.train, rows.validation, rows.test].map {
          Experiments.Table.Cell.number(Double($0), .count)
        }
    }
    return Experiments.Table("class_counts", columns: columns, rows: rows)
  }
}
