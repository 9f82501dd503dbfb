internal import Diagnostics
internal import Digests
internal import Execution
internal import Experiments
internal import Notebooks
internal import Reports

/// One notebook to run and write.
struct RenderJob {
  let prepared: PreparedNotebook
  let place: OutputPlace
  let options: NotebookOptions
  let writing: WritingOptions
  let templates: TemplateSet

  private var writesPage: Bool { writing.formats.html && !writing.inPlace }

  /// Runs, renders and writes; the status covers this notebook alone.
  func perform(machine: Machine, quiet: Bool) -> (ExitStatus, [Diagnostic]) {
    let display = ProgressDisplay(notebook: prepared.notebook.file.path, quiet: quiet)
    let run = Run(
      prepared.plan, notebook: prepared.experiments, data: prepared.data, machine: machine,
      progress: display.show)
    display.close()
    display.say(summary(of: run.log))
    let document = document(of: run)
    var diagnostics = run.failures + document.diagnostics
    var statuses: [ExitStatus] = run.failures.isEmpty ? [] : [.blockFailed]
    if document.diagnostics.hasErrors { statuses.append(.invalidInput) }
    if document.verdicts.contains(where: { $0.verdict.outcome != .holds }) {
      statuses.append(.expectationFailed)
      diagnostics += document.verdicts.compactMap(failedExpectation)
    }
    guard ExitStatus.worst(statuses).permitsWriting else {
      return (ExitStatus.worst(statuses), diagnostics)
    }
    let ledger = ledger(of: run, document)
    let losses = Losses(place: place, document: document, ledger: ledger, writing: writing)
    diagnostics += losses.warnings
    let refused = losses.notAccepted(writing.accept)
    if !refused.diagnostics.isEmpty {
      StandardStream.output.write(refused.differences)
      return (ExitStatus.worst(statuses + [.drifted]), diagnostics + refused.diagnostics)
    }
    do throws(WriteFailure) {
      try write(document, ledger, display)
    } catch {
      statuses.append(.invalidInput)
      diagnostics.append(.unwritable(error))
    }
    return (ExitStatus.worst(statuses), diagnostics)
  }

  private func summary(of log: RunLog) -> String {
    let seconds = log.entries.reduce(0) { $0 + $1.seconds }
    return "\(log.entries.count) \(log.entries.count == 1 ? "step" : "steps") in "
      + "\(NumberFormat.fixed(2).text(seconds)) s: \(log.instructionSet), "
      + "\(log.threads) \(log.threads == 1 ? "thread" : "threads"), "
      + "peak memory \((log.peakMemory + 500_000) / 1_000_000) MB"
  }

  private func document(of run: Run) -> RenderedDocument {
    var options = DocumentOptions()
    options.allowsHTML = writing.allowsHTML
    options.makesPage = writesPage
    options.templates = templates
    return RenderedDocument.render(
      notebook: prepared.notebook, experiments: prepared.experiments,
      outcomes: outcomes(of: run), options: options)
  }

  private func outcomes(of run: Run) -> [String: BlockOutcome] {
    var outcomes: [String: BlockOutcome] = [:]
    for experiment in prepared.experiments.experiments {
      let work: BlockOutcome.Work =
        switch run.outcomes[experiment.name] {
        case .computed(let result): .result(result)
        case .failed(let diagnostic): .failure(diagnostic)
        case .blocked(let cause): .failure(.blocked(experiment, by: cause))
        case nil: .notRun
        }
      let provenance = prepared.plan.resultStep(of: experiment.name).map { step in
        ProvenanceLine(
          fingerprint: step.fingerprint.hexadecimal, numericsVersion: Machine.numericsVersion,
          seed: UInt64(bitPattern: Int64(experiment.seed)), repeats: experiment.common.repeats)
      }
      outcomes[experiment.name] = BlockOutcome(work: work, provenance: provenance)
    }
    return outcomes
  }

  private func ledger(of run: Run, _ document: RenderedDocument) -> Ledger {
    var ledger = Ledger(
      numericsVersion: Machine.numericsVersion, notebook: place.notebook)
    ledger.options = recordedOptions
    let results = run.results
    ledger.blocks = prepared.experiments.experiments.filter { $0.origin != .used }.map {
      experiment in
      Ledger.Block(
        name: experiment.name, kind: experiment.spec.kind.rawValue,
        steps: prepared.plan.steps(of: experiment.name), result: results[experiment.name],
        verdicts: document.verdicts.filter { $0.block == experiment.name }.map(\.verdict))
    }
    for (path, text) in documents(document) {
      ledger.documents.append(
        Ledger.Document(
          name: path.split(separator: "/").last.map(String.init) ?? path,
          digest: SHA256Digest(of: text)))
    }
    return ledger
  }

  /// Paths and texts of the documents that are written.
  private func documents(_ document: RenderedDocument) -> [(path: String, text: String)] {
    var documents: [(String, String)] = []
    if writing.formats.markdown || writing.inPlace {
      documents.append((place.markdown, document.markdown))
    }
    if writesPage, let html = document.html { documents.append((place.html, html)) }
    return documents
  }

  private func write(
    _ document: RenderedDocument, _ ledger: Ledger, _ display: ProgressDisplay
  ) throws(WriteFailure) {
    for (path, text) in documents(document) {
      try AtomicFile.write(Array(text.utf8), to: path)
      display.say("wrote \(prepared.root.relativePath(of: path) ?? path)")
    }
    try AtomicFile.write(Array(ledger.encoded().utf8), to: place.ledger)
    display.say("wrote \(prepared.root.relativePath(of: place.ledger) ?? place.ledger)")
  }

  private func failedExpectation(_ found: RenderedDocument.BlockVerdict) -> Diagnostic? {
    guard found.verdict.outcome != .holds, let block = prepared.experiments[found.block] else {
      return nil
    }
    let claim = block.expectations.first { $0.text == found.verdict.text }
    return .expectation(found.verdict, at: claim?.range ?? block.nameRange)
  }

  /// What the document is rendered with, as its ledger records it.
  private var recordedOptions: [String: String] {
    var recorded: [String: String] = [:]
    if let profile = options.profile { recorded["profile"] = profile }
    for parameter in options.parameters { recorded["param.\(parameter.name)"] = parameter.value }
    return recorded
  }

  /// A document that was rendered with a profile or parameters holds other values than its blocks
  /// alone give; rendered again without them it would silently change.
  private var optionsProblem: Diagnostic? {
    guard prepared.notebook.isRendered, prepared.path.hasSuffix(".md"),
      let bytes = try? UserFile.contents(
        of: prepared.path.dropLast(3) + ".ledger.json", limit: 64 << 20),
      let text = String(validating: bytes, as: UTF8.self),
      let ledger = Ledger.decode(SourceFile(path: prepared.path, text: text)).ledger,
      ledger.options != recordedOptions
    else { return nil }
    return .otherOptions(ledger.options, at: SourceRange(prepared.notebook.file, 0..<0))
  }

  /// Places that cannot be written, and notebooks that would be written to the same one.
  static func problemsOfPlaces(_ jobs: [RenderJob]) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var owners: [String: String] = [:]
    for job in jobs {
      if let problem = job.optionsProblem { diagnostics.append(problem) }
      if let owner = owners.updateValue(job.prepared.notebook.file.path, forKey: job.place.stem) {
        diagnostics.append(.samePlace(owner, job.prepared.notebook.file.path, job.place.stem))
      }
      for path in [job.place.markdown, job.place.html, job.place.ledger] {
        do throws(WriteFailure) {
          try AtomicFile.checkWritable(path)
        } catch {
          diagnostics.append(.unwritable(error))
          break
        }
      }
    }
    return diagnostics
  }
}

extension Diagnostic {
  fileprivate static func blocked(_ experiment: Experiment, by cause: String) -> Diagnostic {
    Diagnostic(
      .error, "run.blocked", "Not run, because `\(cause)` failed", at: experiment.nameRange)
  }

  fileprivate static func unwritable(_ failure: WriteFailure) -> Diagnostic {
    Diagnostic(
      .error, "output.unwritable", "`\(failure.path)` cannot be written: \(failure.reason)",
      notes: [.init("`-o DIR` writes to another folder; earlier documents are untouched")])
  }

  fileprivate static func otherOptions(
    _ options: [String: String], at range: SourceRange
  ) -> Diagnostic {
    let words = options.sorted { $0.key < $1.key }.map { key, value in
      key == "profile" ? "--profile \(value)" : "-P \(key.dropFirst(6))=\(value)"
    }
    return Diagnostic(
      .error, "output.other-options",
      "A document is rendered again with the options that it was rendered with", at: range,
      notes: [
        .init(words.isEmpty ? "that is without any" : "that is `\(words.joined(separator: " "))`")
      ])
  }

  fileprivate static func samePlace(_ first: String, _ second: String, _ stem: String)
    -> Diagnostic
  {
    Diagnostic(
      .error, "output.same-place",
      "`\(first)` and `\(second)` would both be written to `\(stem).md`",
      notes: [.init("render them one at a time with different folders after `-o`")])
  }

  fileprivate static func expectation(
    _ verdict: Expectation.Verdict, at range: SourceRange
  ) -> Diagnostic {
    let found = verdict.comparisons.map {
      "\($0.leftText) \($0.comparison.comparator.rawValue) \($0.rightText)"
    }
    return Diagnostic(
      .error, verdict.outcome == .fails ? "expect.fails" : "expect.unjudged",
      verdict.outcome == .fails
        ? "The expectation does not hold: \(verdict.text)"
        : "The expectation cannot be judged: \(verdict.text)",
      at: range, notes: found.map { Note("found \($0)") })
  }
}
