internal import Diagnostics
internal import Digests
internal import Execution
internal import Experiments
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
  /// Paths and texts of the documents.
  let documents: [(path: String, text: String)]

  init(of run: Run, _ prepared: PreparedNotebook, at place: OutputPlace, _ settings: Settings) {
    var options = DocumentOptions()
    options.allowsHTML = settings.allowsHTML
    options.makesPage = settings.writesPage
    options.templates = settings.templates
    let document = RenderedDocument.render(
      notebook: prepared.notebook, experiments: prepared.experiments,
      outcomes: prepared.outcomes(of: run), options: options)
    var documents: [(path: String, text: String)] = []
    if settings.writesMarkdown { documents.append((place.markdown, document.markdown)) }
    if let html = document.html { documents.append((place.html, html)) }
    self.document = document
    self.documents = documents
    var ledger = Ledger(numericsVersion: Machine.numericsVersion, notebook: place.notebook)
    ledger.options = settings.options.recorded
    ledger.blocks = prepared.publishedExperiments.map { experiment in
      Ledger.Block(
        name: experiment.name, kind: experiment.spec.kind.rawValue,
        steps: prepared.plan.steps(of: experiment.name), result: run.results[experiment.name],
        verdicts: document.verdicts.filter { $0.block == experiment.name }.map(\.verdict))
    }
    ledger.documents = documents.map { path, text in
      Ledger.Document(name: path.fileName, digest: SHA256Digest(of: text))
    }
    self.ledger = ledger
  }
}

extension PreparedNotebook {
  /// The experiments that a ledger lists: those of the notebook itself.
  var publishedExperiments: [Experiment] {
    experiments.experiments.filter { $0.origin != .used }
  }

  /// What came of every experiment, as reports take it.
  fileprivate func outcomes(of run: Run) -> [String: BlockOutcome] {
    var outcomes: [String: BlockOutcome] = [:]
    for experiment in experiments.experiments {
      let work: BlockOutcome.Work =
        switch run.outcomes[experiment.name] {
        case .computed(let result): .result(result)
        case .failed(let diagnostic): .failure(diagnostic)
        case .blocked(let cause): .failure(.blocked(experiment, by: cause))
        case nil: .notRun
        }
      let provenance = plan.resultStep(of: experiment.name).map { step in
        ProvenanceLine(
          fingerprint: step.fingerprint.hexadecimal, numericsVersion: Machine.numericsVersion,
          seed: UInt64(bitPattern: Int64(experiment.seed)), repeats: experiment.common.repeats)
      }
      outcomes[experiment.name] = BlockOutcome(work: work, provenance: provenance)
    }
    return outcomes
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
