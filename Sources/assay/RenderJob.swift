internal import Diagnostics
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

  /// Runs, renders and writes; the status covers this notebook alone.
  func perform(
    machine: Machine, running: RunOptions, quiet: Bool
  ) -> (ExitStatus, [Diagnostic]) {
    let display = ProgressDisplay(notebook: prepared.notebook.file.path, quiet: quiet)
    let run = Run(
      prepared.plan, notebook: prepared.experiments, data: prepared.data, machine: machine,
      options: running, progress: display.show)
    display.close()
    display.say(summary(of: run.log))
    if let stopped = run.log.stopped { return (.limitReached, run.log.warnings + [stopped]) }
    let rendering = Rendering(of: run, prepared, at: place, settings)
    let document = rendering.document
    var diagnostics = run.log.warnings + run.failures + document.diagnostics
    var statuses: [ExitStatus] = run.failures.isEmpty ? [] : [.blockFailed]
    if document.diagnostics.hasErrors { statuses.append(.invalidInput) }
    if document.verdicts.contains(where: { $0.verdict.outcome != .holds }) {
      statuses.append(.expectationFailed)
      diagnostics += document.verdicts.compactMap(failedExpectation)
    }
    guard ExitStatus.worst(statuses).permitsWriting else {
      return (ExitStatus.worst(statuses), diagnostics)
    }
    let losses = Losses(
      place: place, document: document, ledger: rendering.ledger, writing: writing)
    diagnostics += losses.warnings
    let refused = losses.notAccepted(writing.accept)
    if !refused.diagnostics.isEmpty {
      StandardStream.output.write(refused.differences)
      return (ExitStatus.worst(statuses + [.drifted]), diagnostics + refused.diagnostics)
    }
    do throws(WriteFailure) {
      try write(rendering, display)
    } catch {
      statuses.append(.invalidInput)
      diagnostics.append(.unwritable(error))
    }
    return (ExitStatus.worst(statuses), diagnostics)
  }

  private func summary(of log: RunLog) -> String {
    let computed = log.entries.filter { $0.origin == .computed }
    let reused = log.entries.count - computed.count
    if computed.isEmpty { return "nothing to compute: \(reused) \(Self.steps(reused)) reused" }
    let seconds = computed.reduce(0) { $0 + $1.seconds }
    return "\(computed.count) \(Self.steps(computed.count)) computed"
      + (reused > 0 ? ", \(reused) reused" : "")
      + ": \(NumberFormat.fixed(2).text(seconds)) s of \(log.instructionSet), "
      + "\(log.jobs) × \(log.threads) \(log.threads == 1 ? "thread" : "threads"), "
      + "peak memory \((log.peakMemory + 500_000) / 1_000_000) MB"
  }

  private static func steps(_ count: Int) -> String { count == 1 ? "step" : "steps" }

  private var settings: Rendering.Settings {
    Rendering.Settings(
      options: options, templates: templates, allowsHTML: writing.printing.allowsHTML,
      writesMarkdown: writing.formats.markdown || !place.hasPage,
      writesPage: writing.formats.html && place.hasPage)
  }

  private func write(
    _ rendering: Rendering, _ display: ProgressDisplay
  ) throws(WriteFailure) {
    let files = rendering.documents + [(path: place.ledger, text: rendering.ledger.encoded())]
    let changed = try AtomicFile.write(
      files.map { (path: $0.path, bytes: Array($0.text.utf8)) })
    for file in files {
      let verb = changed.contains(file.path) ? "wrote" : "unchanged:"
      display.say("\(verb) \(prepared.root.relativePath(of: file.path) ?? file.path)")
    }
  }

  private func failedExpectation(_ found: RenderedDocument.BlockVerdict) -> Diagnostic? {
    guard found.verdict.outcome != .holds, let block = prepared.experiments[found.block] else {
      return nil
    }
    let claim = block.expectations.first { $0.text == found.verdict.text }
    return .expectation(found.verdict, at: claim?.range ?? block.nameRange)
  }

  /// A document that was rendered with a profile or parameters holds other values than its blocks
  /// alone give; rendered again without them it would silently change.
  private var optionsProblem: Diagnostic? {
    guard prepared.notebook.isRendered, prepared.path.hasSuffix(".md"),
      let bytes = try? UserFile.contents(
        of: prepared.path.dropLast(3) + ".ledger.json", limit: 64 << 20),
      let text = String(validating: bytes, as: UTF8.self),
      let ledger = Ledger.decode(SourceFile(path: prepared.path, text: text)).ledger,
      ledger.options != options.recorded
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
