internal import ArgumentParser
internal import Diagnostics
internal import Digests
internal import Execution
internal import Experiments
internal import Reports

/// `assay check`: proves that published documents are still true, and writes nothing.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Recompute notebooks and compare with what is published; write nothing.",
    discussion: """
      Every value of the ledger and every byte of the documents is compared with what the notebooks \
      give now. With --profile or -P the documents of that name are checked (output/a.smoke.md).

      Exit status: 0 as published, or within tolerance; 1 drifted, stale, edited or missing; 2 an \
      expectation fails; 3 a block failed; 4 invalid notebook or configuration; 5 a limit.
      """)

  /// How findings are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, junit, github }

  @OptionGroup var options: NotebookOptions
  @OptionGroup var computing: ComputeOptions
  @OptionGroup var printing: PrintingOptions

  @Option(help: "How to print what was found: text, json, junit (XML), github (annotations).")
  var format = Format.text

  @Flag(help: "Run nothing: compare fingerprints and digests only.")
  var noRun = false

  @Flag(help: "Take results from the project's store instead of computing them.")
  var trustStore = false

  @Option(
    help: ArgumentHelp(
      "Recompute a random choice of blocks, such as 10%, with everything they need.",
      valueName: "share"))
  var sample: Share?

  @Option(
    help: ArgumentHelp(
      "What the choice of --sample is drawn with; default: the commit, else the ledgers.",
      valueName: "text"))
  var seed: String?

  @Flag(help: "Say nothing about progress.")
  var quiet = false

  func validate() throws {
    if noRun, sample != nil || trustStore {
      throw ValidationError("--no-run runs nothing: it excludes --sample and --trust-store")
    }
    if seed != nil, sample == nil { throw ValidationError("--seed belongs to --sample") }
  }

  func run() throws {
    let machine = try computing.machine()
    let found = NotebookPaths(options.effectivePaths, output: printing.output)
    let (templates, templateProblems) = printing.templateSet()
    let problems = found.diagnostics + templateProblems
    var statuses: [ExitStatus] = problems.hasErrors ? [.invalidInput] : []
    let all = found.files.concurrentMap { path in
      // What is checked is the bytes, not the memory of them.
      CheckJob(
        PreparedNotebook(
          path: path, settings: options.settings, memory: noRun ? .readOnly : nil),
        options: options, printing: printing, templates: templates)
    }
    let jobs = all.filter { !isLeftOut($0) }
    let orphans = OrphanedLedger.all(
      of: options.effectivePaths, output: printing.output,
      claimed: Set(all.map(\.place.ledger))
    ).map(\.check)
    try options.checkProfile(against: jobs.map(\.prepared))
    statuses += jobs.map(\.prepared.status)
    var (checks, mode, runStatuses) = check(jobs, machine)
    checks += orphans
    statuses += runStatuses + checks.map { ExitStatus(of: $0) }
    let status = ExitStatus.worst(statuses)
    report(
      CheckReport(
        mode: mode, notebooks: checks, problems: problems, status: Int(status.rawValue)))
    try end(status)
  }

  /// Whether the notebook wants other options than those it would be checked with: another profile, or,
  /// as a rendered document, those that it was rendered with.
  private func isLeftOut(_ job: CheckJob) -> Bool {
    guard let words = job.otherOptions else { return false }
    if !quiet {
      let path = job.prepared.path.escapingControlCharacters
      StandardStream.error.write("\(path): left out; it is checked \(words)\n")
    }
    return true
  }

  private func check(
    _ jobs: [CheckJob], _ machine: Machine
  ) -> (checks: [NotebookCheck], mode: CheckReport.Mode, statuses: [ExitStatus]) {
    if noRun { return (jobs.concurrentMap { $0.checkFingerprints() }, .fingerprints, []) }
    let names = Self.sampleNames(of: jobs)
    var mode = CheckReport.Mode.run
    var chosen: [String: Set<String>]?
    if let sample {
      let seed = sampleSeed(jobs)
      let drawn = BlockSample(
        of: zip(jobs, names).flatMap { $0.sampleMembers(as: $1) }, share: sample.value,
        seed: seed.value)
      mode = .sample(drawn, seed: seed.shown)
      chosen = Dictionary(grouping: drawn.chosen, by: \.notebook)
        .mapValues { Set($0.map(\.block)) }
    }
    let temporary = !trustStore && Self.shareSteps(jobs) ? TemporaryStore() : nil
    defer { temporary?.remove() }
    var checks: [NotebookCheck] = []
    var statuses: [ExitStatus] = []
    for (job, name) in zip(jobs, names) {
      let store =
        trustStore
        ? Store(directory: Store.directory(of: job.prepared.root), access: .readOnly)
        : temporary?.store
      let running = RunOptions(
        store: store, jobs: computing.jobs, limits: RunLimits(job.prepared.limits),
        checkpointSeconds: nil)
      let (check, status) = job.check(
        chosen: chosen.map { $0[name] ?? [] }, machine: machine, running: running,
        quiet: quiet)
      checks.append(check)
      statuses.append(status)
    }
    return (checks, mode, statuses)
  }

  /// A name for each notebook, which it has in every sample; of those that share it, as notebooks of
  /// several projects may, with the path.
  private static func sampleNames(of jobs: [CheckJob]) -> [String] {
    let counts = Dictionary(jobs.map { ($0.place.notebook, 1) }, uniquingKeysWith: +)
    return jobs.map { job in
      let name = job.place.notebook
      return counts[name] == 1 ? name : "\(name)\u{0}\(job.prepared.path)"
    }
  }

  /// Whether notebooks have steps in common, which a store would compute once; within a notebook that
  /// needs no store.
  private static func shareSteps(_ jobs: [CheckJob]) -> Bool {
    var seen: Set<Fingerprint> = []
    return jobs.contains { job in
      let own = Set(job.prepared.plan.steps.map(\.fingerprint))
      defer { seen.formUnion(own) }
      return !seen.isDisjoint(with: own)
    }
  }

  /// What the sample is drawn with, and how it is named.
  private func sampleSeed(_ jobs: [CheckJob]) -> (value: String, shown: String) {
    if let seed { return (seed, seed) }
    if let commit = jobs.first.flatMap({ GitCommit.checkedOut(at: $0.prepared.root.path) }) {
      return (commit, "\(commit.prefix(12)), the commit")
    }
    let ledgers = jobs.compactMap { $0.ledger?.encoded() }.joined()
    let digest = SHA256Digest(of: ledgers).hexadecimal
    return (digest, "\(digest.prefix(12)), the ledgers")
  }

  private func report(_ report: CheckReport) {
    let errors = DiagnosticPrinter(color: StandardStream.error.wantsColor)
    StandardStream.error.write(errors.text(for: report.problems))
    let text: String
    switch format {
    case .text:
      StandardStream.error.write(errors.text(for: report.notebooks.flatMap(\.problems)))
      text = report.text(DiagnosticPrinter(color: StandardStream.output.wantsColor))
    case .json: text = report.json
    case .junit: text = report.junit
    case .github: text = report.annotations
    }
    StandardStream.output.write(text)
  }
}

/// A share of the blocks: `10%` or `0.1`.
struct Share: ExpressibleByArgument, Sendable {
  let value: Double

  init?(argument: String) {
    guard let number = Double(notebook: argument), number > 0, number <= 1 else { return nil }
    value = number
  }
}

extension ExitStatus {
  /// How a check of one notebook must end.
  init(of check: NotebookCheck) {
    self = ExitStatus.worst(
      check.findings.map { finding in
        switch finding.kind {
        case .identical, .unchanged, .withinTolerance: .fine
        case .stale, .new, .gone, .missing, .drifted, .handEdited: .drifted
        case .claimBroken: .expectationFailed
        case .failed: .blockFailed
        }
      })
  }
}
