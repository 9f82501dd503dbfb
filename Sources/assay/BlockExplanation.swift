internal import Diagnostics
internal import Digests
internal import Execution
internal import Experiments

/// Where a block's result comes from: every step behind it, with what its fingerprint is made of, and
/// when and with what it was computed.
struct BlockExplanation {
  private let experiment: Experiment
  private let prepared: PreparedNotebook
  private let state: PlanForecast.State?

  init(_ experiment: Experiment, in prepared: PreparedNotebook, options: NotebookOptions) {
    self.experiment = experiment
    self.prepared = prepared
    let forecast = PlanForecast.of(prepared, options: options).forecast
    state = forecast.blocks.first { $0.name == experiment.name }?.state
  }

  var text: String {
    var lines = [
      "\(experiment.name): \(experiment.spec.kind.rawValue), at \(experiment.nameRange)",
      "seed \(experiment.seed), repeats \(experiment.common.repeats), numerics version "
        + "\(prepared.plan.numericsVersion)",
    ]
    lines += [state.map(\.text), ""].compactMap(\.self)
    var shown: [Step] = []
    for step in prepared.plan.restricted(to: [experiment.name]).steps {
      lines += describe(step, after: shown)
      shown.append(step)
    }
    if shown.isEmpty {
      lines.append("A component: computed where a run uses it.")
      let users = prepared.experiments.users(of: experiment.name)
      if !users.isEmpty { lines.append("Used by \(users.joined(separator: ", ")).") }
    }
    return lines.joined(separator: "\n").escapingLineControls + "\n"
  }

  private func describe(_ step: Step, after earlier: [Step]) -> [String] {
    var lines = ["\(step.id)  \(step.kind.rawValue)  \(step.fingerprint.hexadecimal)"]
    lines.append("    " + storing(of: step.fingerprint))
    let provenance = step.provenance
    for input in provenance.inputs {
      lines.append("    from \(input.step)  \(input.fingerprint.prefix())")
    }
    let own = provenance.fieldsOfAllRepeats
    if step.work.repeatIndex ?? 0 > 0,
      let first = earlier.first(where: {
        $0.kind == step.kind && $0.block == step.block && $0.provenance.fieldsOfAllRepeats == own
      })
    {
      lines.append("    as \(first.id), of another repeat")
      return lines
    }
    if case .prepare(_, _, let facts) = step.work {
      lines += describe(facts, file: provenance.file)
    }
    // A group stands by its fields.
    let fields = provenance.fields.filter { $0.text != "{}" }
    let width = fields.map(\.path.displayWidth).max() ?? 0
    return lines + fields.map { "    \($0.path.padded(to: width))  \($0.text)" }
  }

  private func storing(of fingerprint: Fingerprint) -> String {
    guard prepared.store.contains(fingerprint) else { return "not in the store" }
    guard let log = prepared.store.log(of: fingerprint) else { return "in the store" }
    return "in the store: computed \(log.computedText) in "
      + "\(NumberFormat.fixed(2).text(log.seconds)) s, \(log.instructionSet), "
      + "\(log.threads) \(log.threads == 1 ? "thread" : "threads")"
  }

  private func describe(_ facts: DatasetFacts, file: String?) -> [String] {
    var lines: [String] = []
    if let file { lines.append("    file \(file)") }
    lines += [
      "    rows \(facts.rows.total): train \(facts.rows.train), "
        + "validation \(facts.rows.validation), test \(facts.rows.test)",
      "    features \(facts.featureCount)",
    ]
    if let classes = facts.classes {
      let rest = classes.count > 20 ? ", … (\(classes.count))" : ""
      let kind = facts.hasLabelSets ? "labels" : "classes"
      lines.append("    \(kind) \(classes.prefix(20).joined(separator: ", "))\(rest)")
    }
    return lines
  }
}

extension Provenance {
  /// The fields but the one that tells repeats apart.
  fileprivate var fieldsOfAllRepeats: [Field] { fields.filter { $0.path != "repeat_index" } }
}

extension String {
  /// Control characters spelled out, line feeds kept.
  fileprivate var escapingLineControls: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).escapingControlCharacters }.joined(separator: "\n")
  }
}
