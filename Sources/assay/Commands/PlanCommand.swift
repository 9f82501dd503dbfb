internal import ArgumentParser
internal import Diagnostics
internal import Experiments
internal import JSON
internal import Notebooks

/// `assay plan`: what a render would do with every block, why, and at what cost.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a render would compute, why, and what it would take.",
    discussion: """
      Every block is reused, to compute (with the first thing that is not as it was when the \
      notebook was rendered), or blocked by one in error. Operations and memory are counted from \
      shapes; time is estimated from them. Nothing is run or written.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var options: NotebookOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Folder of the documents; default: output, below the root.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @Flag(help: "List the steps with their fingerprints instead.")
  var steps = false

  @Option(help: "How to print the blocks.")
  var format = Format.text

  func validate() throws {
    if steps, format == .json {
      throw ValidationError("--steps is printed as text; --format json lists blocks")
    }
  }

  func run() throws {
    let found = NotebookPaths(options.effectivePaths)
    var diagnostics = found.diagnostics
    var statuses: [ExitStatus] = found.diagnostics.hasErrors ? [.invalidInput] : []
    let notebooks = found.files.map { PreparedNotebook(path: $0, settings: options.settings) }
    try options.checkProfile(against: notebooks)
    var listings: [BlockListing] = []
    for prepared in notebooks {
      diagnostics += prepared.diagnostics + [prepared.timeWarning].compactMap(\.self)
      statuses.append(prepared.status)
      if steps {
        guard prepared.status == .fine else { continue }
        let heading = "\(prepared.notebook.file.path.escapingControlCharacters)\n"
        StandardStream.output.write((found.files.count > 1 ? heading : "") + prepared.plan.dump())
        continue
      }
      guard prepared.hasAllBlocks, !prepared.experiments.experiments.isEmpty else { continue }
      let (forecast, warning) = PlanForecast.of(prepared, options: options, output: output)
      diagnostics += [warning].compactMap(\.self)
      listings.append(
        BlockListing(
          notebook: prepared.notebook.file.path, forecast: forecast,
          numericsVersion: prepared.plan.numericsVersion,
          rate: ComputeRate(of: prepared.plan, in: prepared.store)))
    }
    if !steps { write(listings, hasHeadings: found.files.count > 1) }
    let printer = DiagnosticPrinter(color: StandardStream.error.wantsColor)
    StandardStream.error.write(printer.text(for: diagnostics))
    try end(ExitStatus.worst(statuses))
  }

  private func write(_ listings: [BlockListing], hasHeadings: Bool) {
    switch format {
    case .json: StandardStream.output.write(CanonicalJSON.array(listings.map(\.json)).text)
    case .text:
      for (index, listing) in listings.enumerated() {
        let heading = (index > 0 ? "\n" : "") + listing.notebook.escapingControlCharacters + "\n"
        StandardStream.output.write((hasHeadings ? heading : "") + listing.text)
      }
    }
  }
}
