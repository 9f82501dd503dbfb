package import Diagnostics
package import Experiments

extension Report {
  /// The report of a block: what `show:` asks for, expectations and provenance.
  ///
  /// - Parameters:
  ///   - experiment: the block, decoded.
  ///   - outcome: its numbers, or its failure, which then stands in place of everything else.
  ///   - verdicts: its expectations as judged.
  ///   - labels: the words of the document's language.
  /// - Returns: the report, and a warning for every part asked for that the result does not have.
  package static func make(
    of experiment: Experiment, outcome: BlockOutcome, verdicts: [Expectation.Verdict],
    labels: Labels
  ) -> (report: Report, diagnostics: [Diagnostic]) {
    var report = Report(block: experiment.name, items: [])
    var diagnostics: [Diagnostic] = []
    switch outcome.work {
    case .result(let result):
      let parts = experiment.common.show ?? PartBuilder.usualParts(of: experiment.spec.kind)
      let builder = PartBuilder(
        result: result, spec: experiment.spec, labels: labels)
      for part in parts.uniqued {
        let items = builder.items(for: part)
        if items.isEmpty, experiment.common.show != nil {
          diagnostics.append(.nothingToShow(part, of: experiment))
        }
        report.items += items
      }
      report.caption(experiment.common.caption)
    case .failure(let diagnostic):
      report.items = [
        .failure(
          Failure(
            id: diagnostic.id, message: diagnostic.message, notes: diagnostic.notes.map(\.message)))
      ]
    case .notRun:
      break
    }
    if !verdicts.isEmpty { report.items.append(.expectations(verdicts.map(ExpectationLine.init))) }
    if let provenance = outcome.provenance { report.items.append(.provenance(provenance)) }
    return (report, diagnostics)
  }

  /// Puts the author's caption before the first numbered item's own words.
  private mutating func caption(_ caption: String?) {
    guard let caption, let index = items.firstIndex(where: { $0.heading != nil }) else { return }
    guard var heading = items[index].heading else { return }
    heading = ItemHeading(
      name: heading.name, caption: caption, detail: heading.detail, number: heading.number)
    items[index] = items[index].with(heading)
  }
}

extension ReportItem {
  /// The heading of a table or figure; nil for items without number.
  package var heading: ItemHeading? {
    switch self {
    case .table(let table): table.heading
    case .figure(let figure): figure.heading
    case .paragraph, .expectations, .failure, .provenance: nil
    }
  }

  /// The item under another heading; items without one stay as they are.
  func with(_ heading: ItemHeading) -> ReportItem {
    switch self {
    case .table(var table):
      table.heading = heading
      return .table(table)
    case .figure(var figure):
      figure.heading = heading
      return .figure(figure)
    case .paragraph, .expectations, .failure, .provenance:
      return self
    }
  }
}

extension ExpectationLine {
  /// The line of a judged expectation.
  init(_ verdict: Expectation.Verdict) {
    let outcome: Verdict =
      switch verdict.outcome {
      case .holds: .holds
      case .fails: .fails
      case .cannotBeJudged: .undecided
      }
    let findings = verdict.comparisons.map {
      "\($0.leftText) \($0.comparison.comparator.rawValue) \($0.rightText)"
    }
    self.init(
      verdict: outcome, condition: verdict.text,
      finding: findings.isEmpty ? nil : findings.joined(separator: ", "))
  }
}

extension [ShownPart] {
  /// The parts without repetitions.
  fileprivate var uniqued: [ShownPart] {
    var seen: Set<ShownPart> = []
    return filter { seen.insert($0).inserted }
  }
}

extension Diagnostic {
  fileprivate static func nothingToShow(_ part: ShownPart, of experiment: Experiment) -> Diagnostic
  {
    Diagnostic(
      .warning, "report.nothing-to-show",
      "The result of `\(experiment.name)` has nothing for `\(part.rawValue)`",
      at: experiment.range(of: "show"),
      notes: [Note("`show:` names parts that the block computes")])
  }
}
