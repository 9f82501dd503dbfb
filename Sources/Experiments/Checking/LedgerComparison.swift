/// A ledger beside the notebook as it is now: fingerprints of all blocks, results of those that were
/// recomputed, claims of all.
package struct LedgerComparison: Sendable {
  /// In the order of the notebook, then those that only the ledger has.
  package let blocks: [BlockComparison]
  /// What is wrong with the ledger as a whole.
  package let findings: [CheckFinding]

  /// The worst that was found.
  package var verdict: CheckClass {
    (blocks.map(\.verdict) + findings.map(\.kind)).max() ?? .identical
  }

  /// - Parameters:
  ///   - ledger: as published.
  ///   - edited: blocks of the ledger whose lines are not those that were written.
  ///   - blocks: of the notebook, in order.
  ///   - numericsVersion: the numeric law of this program.
  ///   - options: the profile and parameters that are checked, as a ledger records them.
  ///   - cause: why a block's fingerprint is not the ledger's, in a few words; nil: not known.
  package init(
    ledger: Ledger, edited: Set<String> = [], blocks: [CheckedBlock], numericsVersion: Int,
    options: [String: String] = [:],
    cause: (_ block: String) -> String? = { _ in nil }
  ) {
    var recorded: [String: Ledger.Block] = [:]
    var findings: [CheckFinding] = []
    for block in ledger.blocks where recorded.updateValue(block, forKey: block.name) != nil {
      findings.append(
        CheckFinding(
          .handEdited, block: block.name, "The ledger has `\(block.name)` twice",
          notes: ["a merge may have kept both sides"]))
    }
    findings += Self.findings(ledger, numericsVersion, options)
    let published = ledger.blocks.map(\.name)
    let present = blocks.map(\.name)
    if findings.isEmpty, published != present, published.sorted() == present.sorted() {
      findings.append(CheckFinding(.stale, "The ledger has the blocks in another order"))
    }
    var comparisons = blocks.map {
      BlockComparison($0, recorded: recorded[$0.name], cause: cause)
    }
    let isSettled = comparisons.allSatisfy(\.isSettled)
    for (index, block) in blocks.enumerated() {
      for finding in Self.claims(of: block, recorded: recorded[block.name], isSettled: isSettled) {
        comparisons[index].add(finding)
      }
    }
    for (index, block) in blocks.enumerated()
    where edited.contains(block.name) && comparisons[index].verdict != .handEdited {
      comparisons[index].add(
        CheckFinding(
          .handEdited, block: block.name,
          "What the ledger says of `\(block.name)` was changed by hand",
          notes: ["the digest that stands with it is of other lines"]))
    }
    let known = Set(present)
    var told: Set<String> = []
    for block in ledger.blocks where !known.contains(block.name) {
      if told.insert(block.name).inserted { comparisons.append(BlockComparison(gone: block)) }
    }
    self.blocks = comparisons
    self.findings = findings
  }

  package subscript(name: String) -> BlockComparison? { blocks.first { $0.name == name } }

  private static func findings(
    _ ledger: Ledger, _ numericsVersion: Int, _ options: [String: String]
  ) -> [CheckFinding] {
    var findings: [CheckFinding] = []
    if ledger.numericsVersion != numericsVersion {
      findings.append(
        CheckFinding(
          .stale,
          "The ledger was made under numerics version \(ledger.numericsVersion); this program has "
            + "version \(numericsVersion)"))
    }
    if ledger.options != options {
      findings.append(
        CheckFinding(
          .stale, "The document was rendered with other options than it is checked with",
          notes: [
            "it was rendered \(phrase(ledger.options)) and is checked \(phrase(options))",
            "check it as it was rendered; to render over it, delete its ledger",
          ]))
    }
    return findings
  }

  private static func phrase(_ options: [String: String]) -> String {
    if options.isEmpty { return "without any" }
    let sorted = options.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return "with " + sorted.map { "\($0.key) `\($0.value)`" }.joined(separator: ", ")
  }

  // MARK: Claims

  /// What is wrong with the claims of a block.
  ///
  /// - Parameter isSettled: whether every result of the notebook is the published one, so that an
  ///   outcome can only differ because somebody changed the ledger.
  private static func claims(
    of block: CheckedBlock, recorded: Ledger.Block?, isSettled: Bool
  ) -> [CheckFinding] {
    var findings: [CheckFinding] = []
    let judged = block.areClaimsJudged ? block.recomputed : nil
    for claim in judged?.claims ?? recorded?.claims ?? [] where claim.outcome != .holds {
      let wording = judged == nil ? "By the ledger an expectation of" : "An expectation of"
      let verb = claim.outcome == .fails ? "does not hold" : "cannot be judged"
      findings.append(
        CheckFinding(
          .claimBroken, block: block.name, "\(wording) `\(block.name)` \(verb): \(claim.text)",
          claim: claim.text))
    }
    guard let recorded else { return findings }
    if recorded.claims.map(\.text) != block.claims {
      findings.append(
        CheckFinding(
          .stale, block: block.name,
          "The expectations of `\(block.name)` are not those that were published",
          notes: difference(recorded.claims.map(\.text), block.claims)))
    } else if let now = judged {
      for (before, after) in zip(recorded.claims, now.claims) where before.outcome != after.outcome
      {
        findings.append(
          CheckFinding(
            isSettled ? .handEdited : .stale, block: block.name,
            "The ledger says of an expectation that it \(before.outcome.rawValue), and it "
              + "\(after.outcome.rawValue): \(after.text)", claim: after.text))
      }
    }
    return findings
  }

  private static func difference(_ before: [String], _ after: [String]) -> [String] {
    let added = after.filter { !before.contains($0) }.map { "new: \($0)" }
    let removed = before.filter { !after.contains($0) }.map { "published: \($0)" }
    let notes = removed + added
    return notes.isEmpty ? ["they stand in another order, or another number of times"] : notes
  }
}
