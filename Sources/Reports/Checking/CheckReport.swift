package import Diagnostics
package import Experiments

/// What a check found, ready to be printed.
package struct CheckReport: Sendable {
  /// How much was recomputed.
  package enum Mode: Sendable {
    /// Everything.
    case run
    /// Nothing: fingerprints and digests only.
    case fingerprints
    /// A random choice of blocks; the text says what seeded it.
    case sample(BlockSample, seed: String)
  }

  package let mode: Mode
  package let notebooks: [NotebookCheck]
  /// What kept something from being checked and belongs to no notebook: a path that is not there, a
  /// template with a mistake.
  package let problems: [Diagnostic]
  /// Exit status of the command, as the JSON form repeats it.
  package let status: Int

  package init(
    mode: Mode, notebooks: [NotebookCheck], problems: [Diagnostic] = [], status: Int
  ) {
    self.mode = mode
    self.notebooks = notebooks
    self.problems = problems
    self.status = status
  }

  var blocks: [BlockComparison] { notebooks.flatMap { $0.ledger?.blocks ?? [] } }

  /// How many blocks came to each verdict, from best to worst, those of none left out.
  var counts: [(kind: CheckClass, count: Int)] {
    let blocks = blocks
    return CheckClass.allCases.map { kind in
      (kind, blocks.count { $0.verdict == kind })
    }.filter { $0.count > 0 }
  }

  /// `2 notebooks, 14 blocks: 12 identical, 2 stale`.
  var summary: String {
    let all = counts.map { "\($0.count) \($0.kind.rawValue)" }.joined(separator: ", ")
    let numbers = "\(Self.count(notebooks.count, "notebook")), \(Self.count(blocks.count, "block"))"
    let files = notebooks.reduce(into: 0) { sum, notebook in
      sum += (notebook.documents.map(\.verdict) + notebook.ledgerFindings.map(\.kind))
        .count { !$0.isFine }
    }
    let unchecked = notebooks.count { !$0.isChecked }
    return numbers + (all.isEmpty ? "" : ": \(all)")
      + (unchecked == 0 ? "" : "; \(Self.count(unchecked, "notebook")) not checked")
      + (files == 0 ? "" : "; \(Self.count(files, "file")) not as published")
  }

  /// What a sample proves; nil in the other modes.
  var sampleStatement: String? {
    guard case .sample(let sample, let seed) = mode else { return nil }
    let (chosen, total) = (sample.chosen.count, sample.total)
    guard total > 0 else { return "no block to choose from" }
    return
      "recomputed \(chosen) of \(Self.count(total, "block")), chosen at random (seed \(seed)), "
      + "with everything they need: a single wrong block would have been found with probability "
      + "\(chosen)/\(total) = \(NumberFormat.percent(1).text(sample.detection))"
  }

  static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
