internal import Experiments
internal import Learning

extension EvaluationPlan {
  /// The part of the data that is measured.
  var part: Partition.Part {
    switch spec.split {
    case .train: .train
    case .validation: .validation
    case .test: .test
    }
  }

  /// What is asked for, in its order: numbers, numbers per class or label, the confusion matrix.
  ///
  /// - Parameter classes: names of the classes or labels; nil for numbers.
  func measurements(of evaluation: Learning.Evaluation, classes: [String]?) -> [Measurement] {
    let classes = classes ?? []
    var found: [Measurement] = []
    var seen: Set<[String?]> = []
    func add(_ measurement: Measurement) {
      if seen.insert([measurement.name, measurement.key]).inserted { found.append(measurement) }
    }
    for metric in metrics {
      let name = "\(spec.split.rawValue).\(metric.name.rawValue)"
      if metric.name == .confusionMatrix {
        add(Measurement(name, counts: evaluation.confusion?.counts ?? [], labels: classes))
        continue
      }
      if metric.name == .multilabelConfusionMatrix {
        for (label, counts) in zip(classes, evaluation.multilabel?.labels ?? []) {
          for count in LabelCount.allCases {
            add(
              Measurement(
                "\(spec.split.rawValue).\(count.rawValue)", key: label, Double(counts[count]),
                .count))
          }
        }
        continue
      }
      let positive = metric.positive.flatMap { classes.firstIndex(of: $0) }
      if let measured = Metric(name: metric.name.rawValue),
        let value = evaluation.value(of: measured, positive: positive)
      {
        add(Measurement(name, value, metric.name.quantity))
      }
      if let measure = metric.name.perClassMeasure,
        let score = ConfusionMatrix.Score(rawValue: measure.rawValue)
      {
        let values = evaluation.confusion?.scores(score) ?? evaluation.multilabel?.scores(score)
        for (label, value) in zip(classes, values ?? []) {
          add(
            Measurement("\(spec.split.rawValue).\(measure.rawValue)", key: label, value, .ratio))
        }
      }
    }
    return found
  }

  /// What is asked for of a pre-training, by the names of its measures.
  func measurements(of values: [(name: String, value: Double)]) -> [Measurement] {
    metrics.compactMap { metric in
      values.first { $0.name == metric.name.rawValue }.map {
        Measurement("\(spec.split.rawValue).\($0.name)", $0.value, metric.name.quantity)
      }
    }
  }
}

extension MultilabelScores.Counts {
  fileprivate subscript(count: LabelCount) -> Int {
    switch count {
    case .truePositives: truePositives
    case .falsePositives: falsePositives
    case .falseNegatives: falseNegatives
    case .trueNegatives: trueNegatives
    }
  }
}

extension MetricName {
  /// How the metric is printed.
  var quantity: Quantity {
    switch self {
    case .loss, .mse, .mae, .mlmLoss, .nspLoss: .loss
    case .r2, .perplexity: .real
    default: .ratio
    }
  }
}
