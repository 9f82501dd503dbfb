extension Experiment {
  /// The block as a notebook could spell it out: kind and common fields, defaults left out.
  package var encoded: FieldValue {
    var entries: [FieldValue.Entry] = []
    func add(_ kind: ExperimentKind, _ value: FieldValue) {
      entries.append(FieldValue.Entry(kind.rawValue, value))
    }
    switch spec {
    case .dataset(let dataset): add(.dataset, dataset.canonical)
    case .tokenizer(let tokenizer): add(.tokenizer, tokenizer.canonical)
    case .model(let model): add(.model, model.canonical)
    case .train(let train, let evaluate):
      add(.train, train.written)
      if let evaluate { add(.evaluate, evaluate.canonical) }
    case .evaluate(let evaluate): add(.evaluate, evaluate.canonical)
    case .compare(let compare): add(.compare, compare.canonical)
    case .plot(let plot): add(.plot, plot.canonical)
    }
    return .group(table: "block", version: 1, entries + CommonSpec.table.entries(common))
  }
}

extension ExperimentNotebook {
  /// One line per experiment, for tests: name, what is resolved, and the block spelled out.
  package var dump: String {
    var lines: [String] = []
    let settings = NotebookSettings.table.entries(settings)
    if !settings.isEmpty {
      lines.append(
        "settings: " + FieldValue.group(table: "front matter", version: 1, settings).yaml)
    }
    for experiment in experiments {
      var line = experiment.name
      switch experiment.origin {
      case .block: break
      case .variant: line += " (variant)"
      case .used: line += " (used)"
      }
      if experiment.seed != 0 { line += " seed \(experiment.seed)" }
      lines.append("\(line): \(experiment.encoded.yaml)")
      for run in experiment.compared { lines.append("  \(run.label) = \(run.name)") }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
