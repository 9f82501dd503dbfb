/// A published block beside the one that is there now.
package struct BlockComparison: Sendable {
  package let name: String
  package let kind: String
  package let isRecomputed: Bool
  /// Whether it computes nothing by itself.
  private let isComponent: Bool
  /// Every number that was compared; none when the block was not recomputed.
  package let values: [ValueComparison]
  /// What is wrong, or nearly so; empty when all is as published.
  package private(set) var findings: [CheckFinding]

  /// The worst that was found.
  package var verdict: CheckClass {
    findings.map(\.kind).max() ?? (isRecomputed ? .identical : .unchanged)
  }

  /// Whether nothing was found so far.
  var isSettled: Bool { findings.isEmpty }

  /// Whether the result was recomputed, where there is one to compute, and is the published one, so that
  /// what was printed of it is what must be printed now.
  package var hasPublishedResult: Bool {
    (isRecomputed || isComponent)
      && findings.allSatisfy { $0.kind == .claimBroken || $0.kind == .handEdited }
  }

  /// Whether a difference of the documents at this block is told already.
  package var explainsDifferences: Bool {
    findings.contains { $0.kind == .stale || $0.kind == .new || $0.kind == .gone }
  }

  /// A block that is in the notebook.
  ///
  /// - Parameter cause: why its fingerprint is another one; asked for where it is.
  init(_ block: CheckedBlock, recorded: Ledger.Block?, cause: (String) -> String?) {
    name = block.name
    kind = block.kind
    isRecomputed = block.recomputed != nil
    isComponent = block.steps.isEmpty
    findings = []
    guard let recorded else {
      values = []
      findings.append(
        CheckFinding(.new, block: name, "`\(name)` is not in the ledger: it is not published yet"))
      if let now = block.recomputed { findings += Self.failure(now, block) }
      return
    }
    let isStale = recorded.steps != block.steps || recorded.kind != block.kind
    if let now = block.recomputed {
      values = ValueComparison.all(
        recorded: recorded, found: now, tolerances: block.tolerances)
      let failures = Self.failure(now, block)
      findings += failures
      if isStale {
        findings.append(Self.stale(recorded, block, values, cause(name)))
      } else if failures.isEmpty {
        findings += drift(from: recorded, to: now)
      }
    } else {
      values = []
      if isStale { findings.append(Self.stale(recorded, block, [], cause(name))) }
      if recorded.result == nil, !recorded.steps.isEmpty {
        findings.append(
          CheckFinding(.failed, block: name, "The ledger records that `\(name)` failed"))
      }
    }
    if let printed = recorded.presentation, printed != block.presentation {
      findings.append(Self.printedOtherwise(name, printed, block.presentation))
    }
  }

  /// A block that only the ledger has.
  init(gone recorded: Ledger.Block) {
    name = recorded.name
    kind = recorded.kind
    isRecomputed = false
    isComponent = false
    values = []
    findings = [
      CheckFinding(
        .gone, block: recorded.name,
        "`\(recorded.name)` is in the ledger and no longer in the notebook")
    ]
  }

  mutating func add(_ finding: CheckFinding) { findings.append(finding) }

  // MARK: Results

  private static func failure(_ now: Ledger.Block, _ block: CheckedBlock) -> [CheckFinding] {
    guard now.result == nil, !now.steps.isEmpty else { return [] }
    return [
      CheckFinding(.failed, block: block.name, "`\(block.name)` has no result: its run failed")
    ]
  }

  private static func stale(
    _ recorded: Ledger.Block, _ block: CheckedBlock, _ values: [ValueComparison], _ cause: String?
  ) -> CheckFinding {
    var notes = [cause].compactMap(\.self)
    if recorded.kind != block.kind {
      notes.append("it was a `\(recorded.kind)` block and is a `\(block.kind)` block")
    }
    let moved = values.filter { $0.kind != .identical }
    if !moved.isEmpty {
      notes += listing(moved)
    } else if !values.isEmpty {
      notes.append("its numbers are the published ones all the same")
    }
    return CheckFinding(
      .stale, block: block.name, "`\(block.name)` is not the block that was published",
      notes: notes)
  }

  /// A change of what the block, or one that it copies, says of printing.
  private static func printedOtherwise(
    _ name: String, _ before: [String: String], _ now: [String: String]
  ) -> CheckFinding {
    let notes = Set(before.keys).union(now.keys).sorted().filter { before[$0] != now[$0] }.map {
      "\($0) \(before[$0] ?? "default") → \(now[$0] ?? "default")"
    }
    return CheckFinding(
      .stale, block: name, "`\(name)` is to be printed otherwise than it was published",
      notes: notes)
  }

  /// What differs though the fingerprint does not.
  private func drift(from recorded: Ledger.Block, to now: Ledger.Block) -> [CheckFinding] {
    if recorded.result == nil {
      guard now.result != nil else { return [] }
      return [
        CheckFinding(
          .drifted, block: name, "The ledger records no result of `\(name)`, and there is one")
      ]
    }
    let moved = values.filter { $0.kind != .identical }
    if recorded.result == now.result {
      return moved.isEmpty
        ? []
        : [
          CheckFinding(
            .handEdited, block: name,
            "The ledger's numbers of `\(name)` do not fit the ledger's own digest of its result",
            notes: Self.listing(moved))
        ]
    }
    if moved.contains(where: { $0.kind == .drifted }) {
      return [
        CheckFinding(
          .drifted, block: name, "`\(name)` no longer gives what is published",
          notes: Self.listing(moved))
      ]
    }
    if moved.isEmpty {
      return [
        CheckFinding(
          .drifted, block: name, "`\(name)` no longer gives what is published",
          notes: ["its listed numbers do; a table, a chart or the ledger's digest of them differs"])
      ]
    }
    return [
      CheckFinding(
        .withinTolerance, block: name, "`\(name)` differs from what is published, as it may",
        notes: Self.listing(moved)
          + ["what documents show of it is compared by their digests alone"])
    ]
  }

  private static let longestListing = 12

  private static func listing(_ values: [ValueComparison]) -> [String] {
    let worstFirst = values.filter { $0.kind == .drifted } + values.filter { $0.kind != .drifted }
    var lines = worstFirst.prefix(longestListing).map(\.text)
    if values.count > longestListing { lines.append("and \(values.count - longestListing) more") }
    return lines
  }
}
