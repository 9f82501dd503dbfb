internal import Experiments
internal import Learning

extension Trainer {
  /// What an evaluation asks for, in its order: numbers, numbers per class, the confusion matrix.
  func measurements(_ plan: EvaluationPlan, of record: TrainingRecord) -> [Measurement] {
    guard let part = Partition.Part(rawValue: plan.spec.split.rawValue),
      let samples = data.samples(of: part)
    else { return [] }
    let evaluation = evaluate(record.parameters, on: samples)
    let classes = data.classNames ?? []
    var found: [Measurement] = []
    var seen: Set<[String?]> = []
    func add(_ measurement: Measurement) {
      if seen.insert([measurement.name, measurement.key]).inserted { found.append(measurement) }
    }
    for metric in plan.metrics {
      let name = "\(plan.spec.split.rawValue).\(metric.name.rawValue)"
      if metric.name == .confusionMatrix {
        add(Measurement(name, counts: evaluation.confusion?.counts ?? [], labels: classes))
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
        let values = evaluation.confusion?.scores(score) ?? []
        for (label, value) in zip(classes, values) {
          add(
            Measurement(
              "\(plan.spec.split.rawValue).\(measure.rawValue)", key: label, value, .ratio))
        }
      }
    }
    return found
  }
}

extension MetricName {
  /// How the metric is printed.
  var quantity: Quantity {
    switch self {
    case .loss, .mse, .mae: .loss
    case .r2: .real
    default: .ratio
    }
  }
}
