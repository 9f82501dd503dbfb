internal import Diagnostics

extension Planner {
  /// `evaluate: {run: NAME}`: one measurement per repeat of the training.
  mutating func planEvaluation(_ spec: EvaluateSpec, _ experiment: Experiment) {
    guard let name = spec.run, let run = notebook[name], case .train(let trainSpec, _) = run.spec
    else {
      report(
        "plan.reference", "`run` names a block that trains",
        at: experiment.range(of: "evaluate.run"))
      return
    }
    // Without a training its own problems have been reported.
    guard let training = trainings[name] else { return }
    var checks = TrainingChecks(experiment: run, spec: trainSpec, facts: training.facts)
    checks.checkEvaluation(spec, in: experiment)
    for diagnostic in checks.diagnostics { report(diagnostic) }
    let measured = evaluationPlan(spec, training)
    let repeats = max(1, run.common.repeats)
    outlines[experiment.name] = ResultOutline(entries: measured.entries, repeats: repeats)
    var inputs: [Step.ID] = []
    for index in 0..<repeats {
      let id = add(
        "\(experiment.name).evaluate#\(index)", experiment,
        .evaluate(measured, repeatIndex: index),
        inputs: training.evaluationInputs(of: Step.ID("\(name).train#\(index)")),
        cost: measured.cost)
      guard let id else { return }
      inputs.append(id)
    }
    add(experiment.name, experiment, .combine(repeats: repeats), inputs: inputs, cost: .none)
  }

  mutating func planComparison(_ spec: CompareSpec, _ experiment: Experiment) {
    let path = spec.base == nil ? "compare.runs" : "compare.base"
    guard !experiment.compared.isEmpty else {
      report("plan.compare", "A comparison has runs", at: experiment.range(of: "compare"))
      return
    }
    guard checkRuns(experiment.compared.map(\.name), experiment, path) else { return }
    let metrics = metrics(of: spec, experiment)
    guard !metrics.isEmpty else { return }
    let labels = experiment.compared.map(\.label)
    outlines[experiment.name] = ResultOutline(
      entries: metrics.map { ResultOutline.Entry($0, .keyed(labels)) }, repeats: nil)
    add(
      experiment.name, experiment, .compare(experiment.compared, metrics: metrics),
      inputs: experiment.compared.map { Step.ID($0.name) }, cost: .none)
  }

  /// The metrics asked for, each checked in every run; or all numbers of evaluations in common.
  private mutating func metrics(of spec: CompareSpec, _ experiment: Experiment) -> [String] {
    let runs = experiment.compared.map(\.name)
    guard spec.metrics.isEmpty else {
      var isSound = true
      for (index, metric) in spec.metrics.enumerated() {
        let range = experiment.range(of: "compare.metrics[\(index)]")
        let problems = MeasurePath.check(metric, of: runs, blocks(), at: range)
        for problem in problems { report(problem) }
        if problems.hasErrors { isSound = false }
      }
      return isSound ? spec.metrics : []
    }
    let all = runs.compactMap { outlines[$0] }
    let scalars = all.map { outline in
      Set(outline.entries.filter { $0.shape == .scalar }.map(\.name))
    }
    let common = (all.first?.entries ?? []).map(\.name).filter { name in
      SplitPart.allCases.contains { name.hasPrefix("\($0.rawValue).") }
        && scalars.allSatisfy { $0.contains(name) }
    }
    if common.isEmpty {
      report(
        "plan.compare", "Compared runs have a metric in common",
        at: experiment.range(of: "compare"),
        notes: ["runs are measured by `evaluate:`, with the same part and metrics"])
    }
    return common
  }

  private func blocks() -> ResultOutlines {
    ResultOutlines(blockNames: notebook.experiments.map(\.name), outlines: outlines)
  }

  mutating func planPlot(_ spec: PlotSpec, _ experiment: Experiment) {
    var runs = spec.runs.map { ComparedRun(name: $0, label: $0) }
    var path = "plot.runs"
    if let name = spec.compare {
      path = "plot.compare"
      guard let comparison = notebook[name], case .compare = comparison.spec else {
        report(
          "plan.reference", "`compare` names a comparison", at: experiment.range(of: path))
        return
      }
      runs = comparison.compared
    }
    guard checkRuns(runs.map(\.name), experiment, path) else { return }
    let known = Set(
      runs.compactMap { outlines[$0.name] }.flatMap { outline in
        outline.entries.filter { $0.shape == .series }.map(\.name)
      })
    // What is measured on the validation part has one value per epoch.
    if spec.x == .step, spec.series != PlotSpec().series {
      for (index, series) in spec.series.enumerated()
      where series.hasPrefix("validation.") && known.contains(series) {
        report(
          "plan.series", "`\(series)` is measured once an epoch and has no value per step",
          at: experiment.range(of: "plot.series[\(index)]"), notes: ["`x: epoch` shows it"])
      }
    }
    let listed = known.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for (index, series) in spec.series.enumerated() where !known.contains(series) {
      // The default names the validation loss, which data without that part does not have.
      if spec.series == PlotSpec().series { continue }
      report(
        "plan.series", "No run of the plot has a series `\(series)`",
        at: experiment.range(of: "plot.series[\(index)]"),
        notes: ["series are " + listed.map { "`\($0)`" }.joined(separator: ", ")],
        suggestion: nearestName(to: series, among: listed))
    }
    outlines[experiment.name] = ResultOutline(entries: [], repeats: nil)
    add(
      experiment.name, experiment, .plot(spec, runs: runs), inputs: runs.map { Step.ID($0.name) },
      cost: .none)
  }

  /// Whether all runs are planned; a block that is no run is reported, one that has its own
  /// problems is not.
  private mutating func checkRuns(_ names: [String], _ experiment: Experiment, _ path: String)
    -> Bool
  {
    var isSound = true
    for (index, name) in names.enumerated() {
      switch notebook[name]?.spec {
      case .train, .evaluate: if !isPlanned(name) { isSound = false }
      default:
        isSound = false
        report(
          "plan.reference", "A run is a block that trains or evaluates; `\(name)` is not",
          at: experiment.range(of: path.hasSuffix("runs") ? "\(path)[\(index)]" : path))
      }
    }
    return isSound
  }
}
