internal import ArgumentParser
internal import Diagnostics
internal import Experiments
internal import Notebooks

/// `assay plan`: the steps that a render would take, in order, with fingerprints and cost.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show the steps of notebooks, their fingerprints and cost.")

  @OptionGroup var options: NotebookOptions

  func run() throws {
    let found = NotebookPaths(options.effectivePaths)
    var diagnostics = found.diagnostics
    var statuses: [ExitStatus] = found.diagnostics.hasErrors ? [.invalidInput] : []
    let notebooks = found.files.map { PreparedNotebook(path: $0, options: options) }
    try options.checkProfile(against: notebooks)
    for prepared in notebooks {
      diagnostics += prepared.diagnostics
      statuses.append(prepared.status)
      guard prepared.status == .fine else { continue }
      let heading = "\(prepared.notebook.file.path)\n"
      StandardStream.output.write((found.files.count > 1 ? heading : "") + prepared.plan.dump())
    }
    let printer = DiagnosticPrinter(color: StandardStream.error.wantsColor)
    StandardStream.error.write(printer.text(for: diagnostics))
    try end(ExitStatus.worst(statuses))
  }
}
