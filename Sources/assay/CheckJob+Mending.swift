internal import Digests
internal import Execution
internal import Experiments
internal import Reports

extension CheckJob {
  /// The words that render the notebook as it is checked; none where a render refuses: over a ledger that
  /// cannot be read, and over documents of another notebook or of other options.
  ///
  /// - Parameter ignoresStore: whether what the store holds must not be taken.
  func renderCommand(ignoresStore: Bool) -> [String] {
    switch published.ledger {
    case .damaged, .unreadable: return []
    case .sound(let ledger):
      guard ledger.options == options.recorded, ledger.notebook == place.notebook else { return [] }
    case .missing: break
    }
    // Alone, a notebook that does not know the profile is refused: it may be a typing error.
    let isAlone = options.profile.map(knows) ?? true
    var words =
      ["assay", "render"] + (isAlone ? [prepared.path.asArgument] : options.effectivePaths)
    words += options.words
    words += options.settings.limits.arguments.flatMap { ["--limit", $0] }
    if printing.inPlace { words.append("--in-place") }
    if let folder = printing.output { words += ["-o", folder] }
    if let folder = printing.templates { words += ["--templates", folder] }
    if printing.allowsHTML { words.append("--allow-html") }
    // Of other notebooks there may be other documents.
    if isAlone, let format { words += ["--to", format] }
    if ignoresStore { words.append("--force") }
    return words
  }

  private func knows(_ profile: String) -> Bool {
    prepared.experiments.profileNames.contains(profile)
      || prepared.experiments.settings.profile == profile
  }

  /// The one format that is published; nil for both.
  ///
  /// A document that is there and not in the ledger is mended by writing it, too.
  private var format: String? {
    guard let ledger, !printing.inPlace else { return nil }
    let names = ledger.documents.map(\.name)
    let formats = [(published.markdown, "md"), (published.page, "html")].filter {
      names.contains($0.0.name) || $0.0.bytes != nil
    }
    return formats.count == 1 ? formats[0].1 : nil
  }

  /// Whether the store holds something else than was found: a render would go on printing that.
  ///
  /// - Parameter now: the recomputed blocks by name.
  func holdsOther(
    _ store: Store, than comparison: LedgerComparison, _ now: [String: Ledger.Block]
  ) -> Bool {
    comparison.blocks.contains { block in
      guard let found = now[block.name]?.result, block.isRecomputed,
        let result = prepared.plan.resultStep(of: block.name)
      else { return false }
      if let stored = store.resultDigest(of: result.fingerprint) {
        return SHA256Hex(stored) != found
      }
      // Its weights may be those of the published result.
      return block.findings.contains { $0.kind == .drifted }
        && prepared.plan.steps(of: block.name).contains { store.contains($0.fingerprint) }
    }
  }
}

extension String {
  /// A path that no command takes for an option.
  fileprivate var asArgument: String { hasPrefix("-") ? "./" + self : self }
}
