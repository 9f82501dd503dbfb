internal import Diagnostics
internal import Digests
internal import Execution
internal import Experiments
internal import Notebooks
internal import Reports

/// What a run makes of a notebook: its document and its ledger, before anything is written or
/// compared.
struct Rendering {
  /// How a notebook is rendered.
  struct Settings {
    let options: NotebookOptions
    let templates: TemplateSet
    let allowsHTML: Bool
    let writesMarkdown: Bool
    let writesPage: Bool
  }

  let document: RenderedDocument
  let ledger: Ledger
  let ledgerText: String
  /// Paths and texts of the documents.
  let documents: [(path: String, text: String)]

  /// - Parameters:
  ///   - kept: results of blocks that the run left out.
  ///   - earlier: what blocks showed the last time.
  init(
    of run: Run, _ prepared: PreparedNotebook, at place: OutputPlace, _ settings: Settings,
    kept: KeptResults = .none, earlier: PrintedBlocks = .none
  ) {
    var options = DocumentOptions()
    options.allowsHTML = settings.allowsHTML
    options.makesPage = settings.writesPage
    options.templates = settings.templates
    options.earlier = earlier
    options.name = place.notebook
    let document = RenderedDocument.render(
      notebook: prepared.notebook, experiments: prepared.experiments,
      outcomes: prepared.outcomes(of: run, kept), options: options)
    var documents: [(path: String, text: String)] = []
    if settings.writesMarkdown { documents.append((place.markdown, document.markdown)) }
    if let html = document.html { documents.append((place.html, html)) }
    self.document = document
    self.documents = documents
    var ledger = Ledger(numericsVersion: Machine.numericsVersion, notebook: place.notebook)
    ledger.options = settings.options.recorded
    let results = run.results
    let verdicts = Dictionary(grouping: document.verdicts, by: \.block)
    ledger.blocks = prepared.experiments.experiments.concurrentMap { experiment -> Ledger.Block? in
      let name = experiment.name
      if kept.unpublished.contains(name) { return nil }
      let verdicts = verdicts[name]?.map(\.verdict) ?? []
      if let stale = kept.stale[name] {
        return stale.published.printed(experiment.presentation, verdicts)
      }
      return Ledger.Block(
        name: name, kind: experiment.spec.kind.rawValue, presentation: experiment.presentation,
        steps: prepared.plan.steps(of: name),
        result: results[name] ?? kept.current[name], digest: run.digests[name], verdicts: verdicts)
    }.compactMap(\.self)
    ledger.documents = documents.concurrentMap { path, text in
      Ledger.Document(name: path.fileName, digest: SHA256Digest(of: text))
    }
    if !settings.writesMarkdown {
      ledger.source = SHA256Hex(SHA256Digest(of: prepared.notebook.source))
    }
    self.ledger = ledger
    ledgerText = ledger.encoded()
  }
}

extension PreparedNotebook {
  /// What came of every experiment, as reports take it.
  ///
  /// A block that was neither run nor is kept has none.
  fileprivate func outcomes(of run: Run, _ kept: KeptResults) -> [String: BlockOutcome] {
    var outcomes: [String: BlockOutcome] = [:]
    for experiment in experiments.experiments where !kept.unpublished.contains(experiment.name) {
      if let stale = kept.stale[experiment.name] {
        outcomes[experiment.name] = BlockOutcome(
          work: .result(stale.result), provenance: ProvenanceLine(stale.published))
        continue
      }
      let work: BlockOutcome.Work =
        switch run.outcomes[experiment.name] {
        case .computed(let result): .result(result)
        case .failed(let diagnostic): .failure(diagnostic)
        case .blocked(let cause): .failure(.blocked(experiment, by: cause))
        case nil: kept.current[experiment.name].map { .result($0) } ?? .notRun
        }
      let provenance = plan.resultStep(of: experiment.name).map { step in
        ProvenanceLine(of: step, among: plan.steps(of: experiment.name))
      }
      outcomes[experiment.name] = BlockOutcome(work: work, provenance: provenance)
    }
    return outcomes
  }
}

extension ProvenanceLine {
  /// What a block's result is computed with.
  ///
  /// Seed and repeats are said where its own steps depend on them: a comparison draws nothing.
  fileprivate init(of result: Step, among steps: [Step]) {
    let seed = steps.lazy.compactMap(\.work.seed).first
    self.init(
      fingerprint: result.fingerprint.hexadecimal, numericsVersion: Machine.numericsVersion,
      seed: seed.map { UInt64(bitPattern: Int64($0)) },
      repeats: steps.lazy.compactMap(\.work.repeats).first ?? 1)
  }

  /// The same of a result that is published under an earlier fingerprint.
  fileprivate init?(_ block: Ledger.Block) {
    guard let fingerprint = block.fingerprint(of: block.name) else { return nil }
    let number = { (path: String) in
      block.fields?.first { $0.path == path }.flatMap { Int($0.text) }
    }
    self.init(
      fingerprint: fingerprint.hexadecimal, numericsVersion: Machine.numericsVersion,
      seed: number("seed").map { UInt64(bitPattern: Int64($0)) }, repeats: number("repeat") ?? 1)
  }
}

extension NotebookOptions {
  /// Profile and parameters as ledgers record them.
  var recorded: [String: String] {
    var recorded: [String: String] = [:]
    if let profile { recorded["profile"] = profile }
    for parameter in parameters { recorded["param.\(parameter.name)"] = parameter.value }
    return recorded
  }

  /// The same as words of a command line.
  var words: [String] {
    (profile.map { ["--profile", $0] } ?? [])
      + parameters.flatMap { ["-P", "\($0.name)=\($0.value)"] }
  }
}

extension String {
  /// What stands behind the last slash.
  var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}

extension Diagnostic {
  fileprivate static func blocked(_ experiment: Experiment, by cause: String) -> Diagnostic {
    Diagnostic(
      .error, "run.blocked", "Not run, because `\(cause)` failed", at: experiment.nameRange)
  }
}
