internal import Diagnostics
internal import Digests
internal import Execution
internal import Experiments
internal import Notebooks
internal import Reports

/// One notebook to compare with what is published of it; nothing is written.
struct CheckJob {
  let prepared: PreparedNotebook
  let place: OutputPlace
  let options: NotebookOptions
  let printing: PrintingOptions
  let templates: TemplateSet
  let published: PublishedNotebook

  init(
    _ prepared: PreparedNotebook, options: NotebookOptions, printing: PrintingOptions,
    templates: TemplateSet
  ) {
    self.prepared = prepared
    self.options = options
    self.printing = printing
    self.templates = templates
    place = printing.place(of: prepared.path, root: prepared.root, options)
    published = PublishedNotebook(at: place, root: prepared.root)
  }

  /// The ledger, when there is a sound one to compare a sound notebook with.
  var ledger: Ledger? {
    guard prepared.status == .fine, case .sound(let ledger) = published.ledger else { return nil }
    return ledger
  }

  /// The options that the notebook wants when they are not the ones asked for, as words behind “it is
  /// checked”: its own profile, or those that its file name tells it was rendered with.
  var otherOptions: String? {
    guard prepared.status == .fine else { return nil }
    if let profile = prepared.otherProfile { return "with --profile \(profile)" }
    guard let document = RenderedOptions(of: prepared), document.recorded != options.recorded,
      document.isNamed || document.recorded.isEmpty && document.isPublished
    else { return nil }
    return document.recorded.isEmpty
      ? "without --profile and -P"
      : "with " + document.words.joined(separator: " ").escapingControlCharacters
  }

  /// The blocks that a sample may choose: those that compute something.
  ///
  /// - Parameter notebook: the name that tells the notebook from others of the sample.
  func sampleMembers(as notebook: String) -> [BlockSample.Member] {
    guard ledger != nil else { return [] }
    return prepared.experiments.experiments.map(\.name)
      .filter { !prepared.plan.steps(of: $0).isEmpty }
      .map { BlockSample.Member(notebook: notebook, block: $0) }
  }

  // MARK: Without running

  /// Compares fingerprints, digests, and what the ledger itself says of claims.
  func checkFingerprints() -> NotebookCheck {
    guard let ledger else { return unchecked }
    return compare(ledger, rendering: nil, recomputed: [], judged: [], problems: [])
  }

  /// The notebook is unsound, or there is no ledger that could be compared.
  private var unchecked: NotebookCheck {
    let finding: CheckFinding? =
      switch published.ledger {
      case .sound: nil
      case .missing:
        CheckFinding(
          .missing, "The notebook has no ledger, so nothing of it is published",
          notes: ["`\(place.shown(place.ledger))` is not there"])
      case .unreadable(let refusal):
        CheckFinding(
          .missing, "The ledger cannot be read, so nothing vouches for the document",
          notes: [
            "`\(place.shown(place.ledger))` \(refusal.rule)",
            "put the ledger of version control in its place, or nothing, and render again",
          ])
      case .damaged(let cause):
        CheckFinding(
          .missing, "The ledger cannot be read, so nothing vouches for the document",
          notes: [
            cause.map { "\($0.range.map { "\($0): " } ?? "")\($0.message)" }
              ?? "`\(place.shown(place.ledger))` is not UTF-8 text",
            LedgerFile.remedy(of: cause),
          ])
      }
    guard prepared.status == .fine else {
      return notebookCheck(ledgerFindings: [], ledger: nil, documents: [], problems: [])
    }
    return notebookCheck(
      ledgerFindings: [finding].compactMap(\.self), ledger: nil,
      documents: [.unlisted(editedIn: published.markdown)].compactMap(\.self), problems: [])
  }

  // MARK: With results

  /// Recomputes and compares.
  ///
  /// - Parameter chosen: the blocks of a sample; nil: all.
  func check(
    chosen: Set<String>?, machine: Machine, running: RunOptions, quiet: Bool
  ) -> (check: NotebookCheck, status: ExitStatus) {
    guard let ledger else { return (unchecked, .fine) }
    let names = Set(prepared.experiments.experiments.map(\.name))
    var wanted = chosen ?? names
    for name in chosen ?? [] {
      if let experiment = prepared.experiments[name] {
        wanted.formUnion(experiment.blocksOfClaims(among: names))
      }
    }
    if wanted.isEmpty { return (checkFingerprints(), .fine) }
    let plan = chosen == nil ? prepared.plan : prepared.plan.restricted(to: wanted.sorted())
    let foreseen = [running.timeWarning(of: plan, in: prepared.experiments)].compactMap(\.self)
    let display = ProgressDisplay(notebook: prepared.notebook.file.path, quiet: quiet)
    let run = Run(
      plan, notebook: prepared.experiments, data: prepared.data, machine: machine,
      options: running, progress: display.show)
    display.close()
    if let stopped = run.log.stopped {
      let check = notebookCheck(
        ledgerFindings: [], ledger: nil, documents: [],
        problems: foreseen + run.log.warnings + [stopped])
      return (check, .limitReached)
    }
    let listed = Set(ledger.documents.map(\.name))
    let rendering = Rendering(
      of: run, prepared, at: place,
      Rendering.Settings(
        options: options, templates: templates, allowsHTML: printing.allowsHTML,
        writesMarkdown: listed.contains(place.markdown.fileName),
        writesPage: place.hasPage && listed.contains(place.html.fileName)))
    // Of a block whose weights alone were needed there is no result to compare.
    let recomputed = Set(plan.steps.map(\.block).filter { plan.resultStep(of: $0) != nil })
    let problems =
      foreseen + run.log.warnings + run.failures
      + (chosen == nil ? rendering.document.diagnostics.filter(\.isError) : [])
    let check = compare(
      ledger, rendering: rendering, recomputed: chosen == nil ? names : recomputed,
      judged: chosen ?? names, problems: problems)
    return (check, problems.contains { $0.isRenderingFault } ? .invalidInput : .fine)
  }

  /// - Parameters:
  ///   - recomputed: blocks that were run.
  ///   - judged: blocks of which everything was run that their claims speak of.
  private func compare(
    _ ledger: Ledger, rendering: Rendering?, recomputed: Set<String>, judged: Set<String>,
    problems: [Diagnostic]
  ) -> NotebookCheck {
    let now = Dictionary(
      (rendering?.ledger.blocks ?? []).map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
    let blocks = prepared.experiments.experiments.map { experiment in
      CheckedBlock(
        experiment, plan: prepared.plan,
        recomputed: recomputed.contains(experiment.name) ? now[experiment.name] : nil,
        areClaimsJudged: judged.contains(experiment.name))
    }
    let store = Store(
      directory: Store.directory(of: prepared.root), access: .readOnly)
    var history = PlanHistory(
      plan: prepared.plan, ledger: ledger, stored: { store.provenance(of: $0) })
    let comparison = LedgerComparison(
      ledger: ledger, edited: Set(published.editedBlocks), blocks: blocks,
      numericsVersion: Machine.numericsVersion,
      options: options.recorded, cause: { history.change(of: $0)?.text })
    let isWhole =
      rendering != nil
      && prepared.experiments.experiments.allSatisfy { experiment in
        judged.contains(experiment.name) || prepared.plan.steps(of: experiment.name).isEmpty
      }
    let documents = DocumentComparison.all(
      recorded: ledger.documents, markdown: published.markdown, page: published.page,
      DocumentContext(
        experiments: prepared.experiments, notebook: prepared.notebook, ledger: comparison,
        rendered: rendering?.document, isWhole: isWhole,
        isTextChanged: isTextChanged(since: ledger)))
    let findings = findings(ledger, comparison, documents, isWhole ? rendering?.ledger : nil)
    let isFine =
      findings.isEmpty && comparison.verdict.isFine && documents.allSatisfy { $0.verdict.isFine }
    return notebookCheck(
      ledgerFindings: findings, ledger: comparison, documents: documents, problems: problems,
      ignoresStore: !isFine && holdsOther(store, than: comparison, now))
  }

  /// Whether the notebook has another text than a page was made of that is published alone.
  private func isTextChanged(since ledger: Ledger) -> Bool {
    guard let source = ledger.source else { return false }
    return source != SHA256Hex(SHA256Digest(of: prepared.notebook.source))
  }

  /// What is wrong with the ledger as a file.
  private func findings(
    _ ledger: Ledger, _ comparison: LedgerComparison, _ documents: [DocumentComparison],
    _ now: Ledger?
  ) -> [CheckFinding] {
    var findings: [CheckFinding] = []
    if ledger.notebook != place.notebook {
      findings.append(
        CheckFinding(
          .stale, "The ledger was made of `\(ledger.notebook)`, not of `\(place.notebook)`",
          notes: ["to render over it, delete it"]))
    }
    let documentNames = ledger.documents.map(\.name)
    let order = [published.markdown.name, published.page.name].filter(documentNames.contains)
    if documentNames.count == order.count, documentNames != order {
      findings.append(
        CheckFinding(
          .handEdited, "`\(published.ledgerName)` lists the documents in another order"))
    }
    if isTextChanged(since: ledger) {
      findings.append(
        CheckFinding(.stale, "The text of the notebook is not that which was published"))
    }
    if !published.isLedgerCanonical, published.editedBlocks.isEmpty {
      findings.append(
        CheckFinding(
          .handEdited, "The text of `\(published.ledgerName)` is not as it is written",
          notes: ["its numbers are read all the same; see the other findings"]))
    }
    let isFine =
      findings.isEmpty && comparison.verdict == .identical
      && documents.allSatisfy { $0.verdict == .identical }
    if let now, isFine, now.encoded(format: ledger.format) != ledger.encoded(format: ledger.format)
    {
      findings.append(
        CheckFinding(
          .handEdited,
          "`\(published.ledgerName)` says something of its blocks that is not so, though their "
            + "results are the published ones"))
    }
    return findings
  }

  private func notebookCheck(
    ledgerFindings: [CheckFinding], ledger: LedgerComparison?, documents: [DocumentComparison],
    problems: [Diagnostic], ignoresStore: Bool = false
  ) -> NotebookCheck {
    NotebookCheck(
      experiments: prepared.experiments, file: prepared.notebook.file,
      problems: prepared.diagnostics + problems, ledgerName: published.ledgerName,
      ledgerFindings: (published.isUnfinished ? [.unfinished] : []) + ledgerFindings,
      ledger: ledger, documents: documents,
      mend: renderCommand(ignoresStore: ignoresStore))
  }
}

extension CheckFinding {
  fileprivate static let unfinished = CheckFinding(
    .missing, "A render was cut off while it put the documents in their places",
    notes: ["they are checked as they will be once `assay render` has finished that"])
}

extension Diagnostic {
  /// Whether the document cannot be printed, as against a block that failed.
  fileprivate var isRenderingFault: Bool { isError && !id.hasPrefix("run.") }
}
