internal import Diagnostics
internal import Experiments
internal import Notebooks

/// The work of comparing a Markdown document: with its ledger's digest, its own digests of regions,
/// the notebook's text, and region by region and value by value with what the results give.
struct MarkdownComparison {
  private let file: PublishedFile
  private let context: DocumentContext
  /// Whether the bytes are those that were written.
  private let isUntouched: Bool
  private var findings: [CheckFinding] = []
  private var difference = ""

  var comparison: DocumentComparison {
    DocumentComparison(file.name, findings, difference: difference)
  }

  init(
    _ file: PublishedFile, _ bytes: [UInt8], _ recorded: SHA256Hex, _ context: DocumentContext
  ) {
    self.file = file
    self.context = context
    isUntouched = file.digest == recorded
    guard let text = String(validating: bytes, as: UTF8.self) else {
      findings.append(.edited(file.name))
      return
    }
    if let rendered = context.rendered, context.isWhole,
      rendered.markdown.utf8.elementsEqual(text.utf8)
    {
      if !isUntouched { findings.append(.wrongDigest(file.name)) }
      return
    }
    compare(text)
  }

  private mutating func compare(_ text: String) {
    let published = Notebook.parse(SourceFile(path: file.path, text: text)).notebook
    let edited = compareDigests(published)
    let sources = SourceComparison(published: published, notebook: context.notebook)
    report(sources, hasEditedRegions: !edited.isEmpty)
    if let rendered = context.rendered {
      let file = SourceFile(path: file.path, text: rendered.markdown)
      let now = Notebook.parse(file).notebook
      // Front matter and references reach into regions: where they changed, another text is due to them.
      if !sources.isProseChanged {
        compareRegions(published, now, leavingOut: edited.union(sources.changedBlocks))
        compareInlines(published, now)
      }
    }
    if !isUntouched, findings.isEmpty { findings.append(.edited(file.name)) }
    if context.mustMatch, findings.isEmpty {
      findings.append(.otherText(file.name))
    }
    showDifference(text, sources)
  }

  /// Regions whose text does not fit their own digest, by name of the block.
  private mutating func compareDigests(_ published: Notebook) -> Set<String> {
    let edited = CheckFinding.editedRegions(of: published)
    findings += edited
    return Set(edited.compactMap(\.block))
  }

  // MARK: The notebook's own text

  private mutating func report(_ sources: SourceComparison, hasEditedRegions: Bool) {
    // Bytes that are not those that were written, with no region to blame, were edited where they
    // differ from the notebook.
    let kind: CheckClass = isUntouched || hasEditedRegions ? .stale : .handEdited
    if sources.isProseChanged {
      findings.append(
        CheckFinding(
          kind,
          kind == .stale
            ? "The prose of `\(file.name)` is not that of the notebook any more"
            : "The prose of `\(file.name)` was changed by hand"))
    }
    for name in sources.changedBlocks.sorted()
    where context.ledger[name]?.explainsDifferences != true {
      findings.append(
        CheckFinding(
          kind, block: name, "The text of block `\(name)` in `\(file.name)` is not the notebook's",
          notes: ["its fingerprint is the same: a caption, a comment or the spelling changed"]))
    }
  }

  // MARK: What the results give

  private func mustMatch(_ block: String) -> Bool {
    context.ledger[block]?.hasPublishedResult ?? false
  }

  /// Whether the block's region must be what it was: its own result, and those that its claims show, are
  /// the published ones.
  private func regionMustMatch(_ block: String, among names: Set<String>) -> Bool {
    guard mustMatch(block), let experiment = context.experiments[block] else { return false }
    return experiment.blocksOfClaims(among: names).allSatisfy(mustMatch)
  }

  private var kindOfOtherText: CheckClass { isUntouched ? .drifted : .handEdited }

  private mutating func compareRegions(
    _ published: Notebook, _ now: Notebook, leavingOut told: Set<String>
  ) {
    let labels = Labels(context.experiments.settings.lang)
    let before = published.bodiesByBlock
    let after = now.bodiesByBlock
    let names = Set(context.experiments.experiments.map(\.name))
    for block in context.notebook.blocks
    where !told.contains(block.name) && regionMustMatch(block.name, among: names) {
      let (old, new) = (before[block.name], after[block.name])
      // Figures are numbered through the document, and not every block may be there.
      if old.map(labels.withoutNumbers) == new.map(labels.withoutNumbers) { continue }
      let what =
        switch (old, new) {
        case (nil, _): "has no generated text for `\(block.name)`, though there is some"
        case (_, nil): "has generated text for `\(block.name)`, though there is none"
        default:
          "says something else of `\(block.name)` than its result, which is the published one"
        }
      findings.append(
        CheckFinding(kindOfOtherText, block: block.name, "`\(file.name)` \(what)"))
      if !context.isWhole {
        difference += unifiedDiff(
          from: old ?? "", to: new ?? "", oldName: "\(file.path) (\(block.name))",
          newName: "rendered (\(block.name))")
      }
    }
  }

  /// Values in the prose that depend on blocks with the published result only, and, when all have it,
  /// references.
  private mutating func compareInlines(_ published: Notebook, _ now: Notebook) {
    let names = Set(context.experiments.experiments.map(\.name))
    guard published.inlines.count == now.inlines.count else { return }
    for (index, pair) in zip(published.inlines, now.inlines).enumerated() {
      guard let shown = pair.0.shown, let expected = pair.1.shown, shown != expected else {
        continue
      }
      switch pair.1.kind {
      case .reference: guard context.mustMatch else { continue }
      case .value(let text):
        guard let expression = Expression.parse(text).expression,
          expression.blocks(among: names).allSatisfy(mustMatch)
        else { continue }
      }
      let inlines = context.notebook.inlines
      findings.append(
        CheckFinding(
          kindOfOtherText,
          "`\(file.name)` shows `\(shown)` in its prose where the results give `\(expected)`",
          notes: ["at \(pair.0.range)"],
          at: inlines.indices.contains(index) ? inlines[index].range : nil))
    }
  }

  // MARK: Showing it

  private mutating func showDifference(_ text: String, _ sources: SourceComparison) {
    if let rendered = context.rendered, context.isWhole {
      if findings.isEmpty, context.ledger.verdict.isFine { return }
      difference = unifiedDiff(
        from: text, to: rendered.markdown, oldName: file.path, newName: "rendered")
    } else if sources.isProseChanged || !sources.changedBlocks.isEmpty {
      difference += unifiedDiff(
        from: sources.publishedText, to: sources.notebookText,
        oldName: "\(file.path) (without generated text)", newName: context.notebook.file.path)
    }
  }
}

extension Notebook {
  /// Generated text by name of the block.
  fileprivate var bodiesByBlock: [String: String] {
    Dictionary(regions.map { ($0.name, $0.body) }, uniquingKeysWith: { first, _ in first })
  }
}
