internal import ArgumentParser
internal import Diagnostics
internal import Execution
internal import Experiments
internal import Reports

/// `assay render`: runs notebooks and writes their documents.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Run notebooks and write their documents.",
    discussion: """
      notebooks/a.md becomes output/a.md, output/a.html and output/a.ledger.json. With --profile or \
      -P the names say so (output/a.smoke.md), and the published document is left alone.
      """)

  /// What a notebook is written as.
  enum Output: String, CaseIterable {
    case md, html
  }

  @OptionGroup var options: NotebookOptions
  @OptionGroup var computing: ComputeOptions
  @OptionGroup var writing: WritingOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Compute this block and what it depends on; other blocks keep what is published of them.",
      valueName: "name"))
  var only: [String] = []

  @Flag(help: "Compute what the store has, too.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Seconds between checkpoints of a training; 0: none.", valueName: "seconds"))
  var checkpoint: Double = 10

  @Flag(help: "Say nothing about progress.")
  var quiet = false

  func validate() throws {
    guard checkpoint.isFinite, checkpoint >= 0 else {
      throw ValidationError("--checkpoint takes a number of seconds from 0, not \(checkpoint)")
    }
  }

  func run() throws {
    let machine = try computing.machine()
    let found = NotebookPaths(options.effectivePaths, output: writing.printing.output)
    var diagnostics = found.diagnostics
    var statuses: [ExitStatus] = found.diagnostics.hasErrors ? [.invalidInput] : []
    let (templates, templateProblems) = writing.printing.templateSet()
    diagnostics += templateProblems
    if templateProblems.hasErrors { statuses.append(.invalidInput) }

    var jobs: [RenderJob] = []
    for path in found.files {
      let prepared = PreparedNotebook(
        path: path, settings: options.settings, memory: .readWrite)
      diagnostics += prepared.diagnostics
      statuses.append(prepared.status)
      if let wanted = prepared.otherProfile {
        if !quiet {
          StandardStream.error.write(
            "\(path.escapingControlCharacters): left out; it is rendered with --profile \(wanted)\n"
          )
        }
        continue
      }
      jobs.append(
        RenderJob(
          prepared: prepared,
          place: writing.printing.place(of: path, root: prepared.root, options),
          options: options, writing: writing, templates: templates,
          only: only.isEmpty ? nil : only))
    }
    try options.checkProfile(against: jobs.map(\.prepared))
    try writing.checkAccepted(in: jobs)
    try leaveOutOthers(&jobs)
    let placing = RenderJob.problemsOfPlaces(jobs)
    diagnostics += placing
    if placing.hasErrors { statuses.append(.invalidInput) }
    report(diagnostics)

    // Nothing runs, and nothing is written, while any notebook is unsound.
    guard ExitStatus.worst(statuses).permitsWriting else {
      return try end(ExitStatus.worst(statuses))
    }
    for job in jobs {
      let running = RunOptions(
        store: Store(directory: Store.directory(of: job.prepared.root)), reuses: !force,
        jobs: computing.jobs, limits: RunLimits(job.prepared.limits),
        checkpointSeconds: checkpoint > 0 ? checkpoint : nil)
      report([running.timeWarning(of: job.plan, in: job.prepared.experiments)].compactMap(\.self))
      let (status, found) = job.perform(machine: machine, running: running, quiet: quiet)
      report(found)
      statuses.append(status)
    }
    try end(ExitStatus.worst(statuses))
  }

  /// Takes away notebooks without any of the blocks after `--only`, and refuses a name that none has.
  private func leaveOutOthers(_ jobs: inout [RenderJob]) throws {
    if only.isEmpty || jobs.isEmpty { return }
    let names = jobs.flatMap { $0.prepared.experiments.experiments.map(\.name) }
    for name in only where !names.contains(name) {
      let near = nearestName(to: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
      throw ValidationError("no notebook has a block `\(name.escapingControlCharacters)`\(near)")
    }
    jobs.removeAll { job in !only.contains { job.prepared.experiments[$0] != nil } }
  }

  private func report(_ diagnostics: [Diagnostic]) {
    guard !diagnostics.isEmpty else { return }
    let printer = DiagnosticPrinter(color: StandardStream.error.wantsColor)
    StandardStream.error.write(printer.text(for: diagnostics))
  }
}
