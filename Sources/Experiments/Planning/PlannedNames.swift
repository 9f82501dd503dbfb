// Names of results, known before anything runs. Execution's results have exactly these.

extension TrainingPlan {
  /// Series and counts of a training, and the numbers of its evaluation.
  func outline(evaluation: EvaluationPlan?, repeats: Int) -> ResultOutline {
    var entries = evaluation.map { $0.entries } ?? []
    entries += ["epochs", "steps", "parameters"].map { ResultOutline.Entry($0, .scalar) }
    entries += (["train.loss", "lr"] + partialLosses).map { ResultOutline.Entry($0, .series) }
    entries += validationMetrics.map {
      ResultOutline.Entry("validation.\($0.rawValue)", .series)
    }
    return ResultOutline(entries: entries, repeats: repeats)
  }

  /// The losses of the objectives, whose sum the loss is.
  private var partialLosses: [String] {
    guard let bert = model.bert else { return [] }
    return (bert.maskedLanguageModel != nil ? ["train.mlm_loss"] : [])
      + (bert.predictsNextSentence ? ["train.nsp_loss"] : [])
  }

  /// What is measured on the validation part as training goes on.
  static func validationMetrics(of spec: TrainSpec, facts: DatasetFacts) -> [MetricName] {
    guard facts.rows.validation > 0 else { return [] }
    var metrics: [MetricName] = [.loss]
    if !spec.objective.isEmpty {
      for case .maskedLanguageModel in spec.objective {
        metrics += [.mlmLoss, .mlmAccuracy, .perplexity]
      }
      if spec.objective.contains(.nextSentence) { metrics += [.nspLoss, .nspAccuracy] }
    } else if facts.classes != nil {
      metrics.append(.accuracy)
    }
    if let monitored = spec.earlyStopping?.monitor.metric, !metrics.contains(monitored) {
      metrics.append(monitored)
    }
    return metrics
  }
}

extension EvaluationPlan {
  /// `SPLIT.METRIC`, and per class what the metric is made of.
  var entries: [ResultOutline.Entry] {
    var entries: [ResultOutline.Entry] = []
    var seen: Set<ResultOutline.Entry> = []
    func add(_ name: String, _ shape: ResultOutline.Entry.Shape) {
      let entry = ResultOutline.Entry("\(spec.split.rawValue).\(name)", shape)
      if seen.insert(entry).inserted { entries.append(entry) }
    }
    let classes = training.facts.classes
    for metric in metrics {
      if metric.name == .confusionMatrix {
        add(metric.name.rawValue, .matrix(classes))
        continue
      }
      if metric.name == .multilabelConfusionMatrix {
        for count in LabelCount.allCases { add(count.rawValue, .keyed(classes)) }
        continue
      }
      add(metric.name.rawValue, .scalar)
      if let measure = metric.name.perClassMeasure { add(measure.rawValue, .keyed(classes)) }
    }
    return entries
  }
}

/// What `multilabel_confusion_matrix` counts of each label: results `SPLIT.NAME[LABEL]`.
package enum LabelCount: String, Sendable, Hashable, CaseIterable {
  case truePositives = "true_positives"
  case falsePositives = "false_positives"
  case falseNegatives = "false_negatives"
  case trueNegatives = "true_negatives"
}

extension MetricName {
  /// The measure that is also reported per class: F1 for `f1`, `macro_f1` and `weighted_f1`.
  package var perClassMeasure: MetricName? {
    switch self {
    case .precision, .macroPrecision, .weightedPrecision: .precision
    case .recall, .macroRecall, .weightedRecall: .recall
    case .f1, .macroF1, .weightedF1: .f1
    default: nil
    }
  }
}

extension DatasetFacts {
  var outline: ResultOutline {
    var names = ["rows"] + (text == nil ? ["features"] : ["sentences", "characters"])
    if hasLabelSets {
      names += ["labels", "labels_per_row"]
    } else if classes != nil {
      names.append("classes")
    }
    names += SplitPart.allCases.map { "\($0.rawValue).rows" }
    return ResultOutline(entries: names.map { ResultOutline.Entry($0, .scalar) }, repeats: 1)
  }
}
