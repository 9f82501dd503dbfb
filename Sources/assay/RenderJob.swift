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
  /// The only blocks to compute, with what they depend on; nil: all.
  let only: [String]?

  /// Runs, renders and writes; the status covers this notebook alone.
  func perform(
    machine: Machine, running: RunOptions, quiet: Bool
  ) -> (ExitStatus, [Diagnostic]) {
    let display = ProgressDisplay(notebook: prepared.notebook.file.path, quiet: quiet)
    let remembered =
      only == nil ? running.store.flatMap { RememberedRendering(of: self, in: $0) } : nil
    if running.reuses, writing.accept.isEmpty, let steps = remembered?.reusedSteps {
      display.say(Self.nothingToCompute(reused: steps))
      report(changed: [], display)
      return (.fine, [])
    }
    let plan = self.plan
    let kept = kept(besides: plan)
    if let refusal = kept.refusal { return (.drifted, kept.warnings + [refusal]) }
    let run = Run(
      plan, notebook: prepared.experiments, data: prepared.data, machine: machine,
      options: running, progress: display.show)
    display.close()
    let warnings = kept.warnings + run.log.warnings
    if let stopped = run.log.stopped {
      // What was computed is in the store; of what was reused or kept nothing came.
      if !run.log.computed.isEmpty { display.say(summary(of: run.log)) }
      return (.limitReached, warnings + [stopped])
    }
    display.say(([summary(of: run.log), kept.summary].compactMap(\.self)).joined(separator: "; "))
    let rendering = Rendering(
      of: run, prepared, at: place, settings, kept: kept, earlier: remembered?.printed ?? .none)
    let document = rendering.document
    var diagnostics = warnings + run.failures + document.diagnostics
    var statuses: [ExitStatus] = run.failures.isEmpty ? [] : [.blockFailed]
    if document.diagnostics.hasErrors { statuses.append(.invalidInput) }
    let broken = document.verdicts.filter { verdict in
      // What was left out may be what an expectation speaks of.
      verdict.verdict.outcome == .fails
        || verdict.verdict.outcome == .cannotBeJudged && kept.unpublished.isEmpty
    }
    if !broken.isEmpty {
      statuses.append(.expectationFailed)
      diagnostics += broken.compactMap(failedExpectation)
    }
    guard ExitStatus.worst(statuses).permitsWriting else {
      return (ExitStatus.worst(statuses), diagnostics)
    }
    do throws(WriteFailure) {
      let (status, found) = try publish(rendering, display)
      if status == .fine, (diagnostics + found).isEmpty { remembered?.keep(rendering, of: run) }
      return (ExitStatus.worst(statuses + [status]), diagnostics + found)
    } catch {
      return (ExitStatus.worst(statuses + [.invalidInput]), diagnostics + [.unwritable(error)])
    }
  }

  /// What is run of the notebook.
  var plan: Plan { only.map { prepared.plan.restricted(to: $0) } ?? prepared.plan }

  /// Puts documents and ledger in their places, unless that would lose something.
  private func publish(
    _ rendering: Rendering, _ display: ProgressDisplay
  ) throws(WriteFailure) -> (ExitStatus, [Diagnostic]) {
    let group = place.group
    // From the look at what is there to the last rename, nobody else changes it.
    let lock = try group.lock()
    try group.finish()
    let losses = Losses(of: rendering, at: place)
    let refused = losses.notAccepted(writing.accept)
    if !refused.diagnostics.isEmpty {
      lock.release()
      StandardStream.output.write(refused.differences)
      return (.drifted, refused.diagnostics)
    }
    let changed = try write(rendering, group)
    lock.release()
    report(changed: changed, display)
    return (.fine, changed.isEmpty ? acceptedInVain : [])
  }

  /// Names after `--accept` of which nothing was to accept.
  private var acceptedInVain: [Diagnostic] {
    writing.accept.compactMap { name in
      prepared.experiments[name].map { .acceptedInVain(name, at: $0.nameRange) }
    }
  }

  /// Blocks of what is published: of the ledger, and of the document's regions.
  var publishedBlocks: [String] {
    let published = PublishedNotebook(at: place, root: prepared.root)
    let text = published.markdown.bytes.flatMap { String(validating: $0, as: UTF8.self) } ?? ""
    let document = Notebook.parse(SourceFile(path: place.markdown, text: text)).notebook
    var names = document.regions.map(\.name)
    if case .sound(let ledger) = published.ledger { names += ledger.blocks.map(\.name) }
    return names
  }

  /// Says of every file whether it changed.
  private func report(changed: [String], _ display: ProgressDisplay) {
    for path in paths {
      let verb = changed.contains(path) ? "wrote" : "unchanged:"
      display.say("\(verb) \(prepared.root.relativePath(of: path) ?? path)")
    }
  }

  /// Paths of the files to write.
  var paths: [String] {
    (settings.writesMarkdown ? [place.markdown] : [])
      + (settings.writesPage ? [place.html] : []) + [place.ledger]
  }

  /// What is published of the blocks that are left out.
  private func kept(besides plan: Plan) -> KeptResults {
    if only == nil { return .none }
    return KeptResults(
      besides: plan, of: prepared, published: PublishedNotebook(at: place, root: prepared.root),
      store: Store(directory: Store.directory(of: prepared.root)))
  }

  private func summary(of log: RunLog) -> String {
    let computed = log.computed
    let reused = log.entries.count - computed.count
    if computed.isEmpty { return Self.nothingToCompute(reused: reused) }
    let seconds = computed.reduce(0) { $0 + $1.seconds }
    return "\(computed.count) \(Self.steps(computed.count)) computed"
      + (reused > 0 ? ", \(reused) reused" : "")
      + ": \(NumberFormat.fixed(2).text(seconds)) s of \(log.instructionSet), "
      + "\(log.jobs) × \(log.threads) \(log.threads == 1 ? "thread" : "threads"), "
      + "peak memory \((log.peakMemory + 500_000) / 1_000_000) MB"
  }

  private static func nothingToCompute(reused: Int) -> String {
    "nothing to compute: \(reused) \(steps(reused)) reused"
  }

  private static func steps(_ count: Int) -> String { count == 1 ? "step" : "steps" }

  private var settings: Rendering.Settings {
    Rendering.Settings(
      options: options, templates: templates, allowsHTML: writing.printing.allowsHTML,
      writesMarkdown: writing.formats.markdown, writesPage: writing.formats.html)
  }

  /// Paths of the files that changed.
  private func write(
    _ rendering: Rendering, _ group: FileGroup
  ) throws(WriteFailure) -> [String] {
    let files = rendering.documents + [(path: place.ledger, text: rendering.ledgerText)]
    return try group.replace(files.map { (path: $0.path, bytes: Array($0.text.utf8)) })
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
    guard let document = RenderedOptions(of: prepared), document.recorded != options.recorded
    else { return nil }
    let isItself =
      ProjectRoot.canonicalPath(of: place.markdown) == ProjectRoot.canonicalPath(of: prepared.path)
    guard isItself || document.isNamed else { return nil }
    return .otherOptions(document.words, at: SourceRange(prepared.notebook.file, 0..<0))
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

  fileprivate static func acceptedInVain(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .note, "result.as-published", "`--accept \(name)` changed nothing: `\(name)` is as published",
      at: range,
      notes: [
        .init("its result was taken from the store; `--force` computes it, and all others, anew")
      ])
  }

  fileprivate static func otherOptions(
    _ words: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
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
