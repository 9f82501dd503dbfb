internal import Diagnostics
internal import Digests
internal import Experiments

/// Where a block's result comes from: what is asked for, and every step with its fingerprint.
struct BlockExplanation {
  private let experiment: Experiment
  private let prepared: PreparedNotebook

  init(_ experiment: Experiment, in prepared: PreparedNotebook) {
    self.experiment = experiment
    self.prepared = prepared
  }

  var text: String {
    var lines = [
      "\(experiment.name): \(experiment.spec.kind.rawValue), at \(experiment.nameRange)",
      "seed \(experiment.seed), repeats \(experiment.common.repeats), numerics version "
        + "\(prepared.plan.numericsVersion)",
      "",
    ]
    for step in prepared.plan.steps(of: experiment.name) {
      lines.append("\(step.id)  \(step.kind.rawValue)  \(step.fingerprint.hexadecimal)")
      for input in step.inputs {
        let fingerprint = prepared.plan[input]?.fingerprint.hexadecimal.prefix(12) ?? ""
        lines.append("    from \(input)  \(fingerprint)")
      }
      if case .prepare(_, _, let facts) = step.work { lines += describe(facts) }
    }
    if prepared.plan.steps(of: experiment.name).isEmpty {
      lines.append("A component: computed where a run uses it.")
    }
    return lines.joined(separator: "\n").escapingLineControls + "\n"
  }

  private func describe(_ facts: DatasetFacts) -> [String] {
    var lines = [
      "    rows \(facts.rows.total): train \(facts.rows.train), "
        + "validation \(facts.rows.validation), test \(facts.rows.test)",
      "    features \(facts.featureCount)",
    ]
    if let digest = facts.digest { lines.append("    bytes \(digest.hexadecimal)") }
    if let classes = facts.classes {
      lines.append("    classes \(classes.prefix(20).joined(separator: ", "))")
    }
    return lines
  }
}

extension String {
  /// Control characters spelled out, line feeds kept.
  fileprivate var escapingLineControls: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).escapingControlCharacters }.joined(separator: "\n")
  }
}
