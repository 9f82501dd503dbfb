internal import ArgumentParser
internal import Diagnostics

/// `assay lint`: finds everything that is wrong with notebooks without running them.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Say what is wrong with notebooks, without running anything.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var options: NotebookOptions

  @Option(help: "How to print what was found.")
  var format = Format.text

  func run() throws {
    let found = NotebookPaths(options.effectivePaths)
    var diagnostics = found.diagnostics
    var statuses: [ExitStatus] = found.diagnostics.hasErrors ? [.invalidInput] : []
    let notebooks = found.files.map { PreparedNotebook(path: $0, settings: options.settings) }
    for prepared in notebooks {
      diagnostics += prepared.diagnostics + [prepared.timeWarning].compactMap(\.self)
      statuses.append(prepared.status)
    }
    try options.checkProfile(against: notebooks)
    switch format {
    case .text:
      let printer = DiagnosticPrinter(color: StandardStream.output.wantsColor)
      StandardStream.output.write(printer.text(for: diagnostics))
      StandardStream.output.write(Self.summary(diagnostics, notebooks: found.files.count))
    case .json:
      StandardStream.output.write(DiagnosticJSON.text(for: diagnostics))
    }
    try end(ExitStatus.worst(statuses))
  }

  private static func summary(_ diagnostics: [Diagnostic], notebooks: Int) -> String {
    func count(_ severity: Diagnostic.Severity, _ noun: String) -> String {
      let count = diagnostics.count { $0.severity == severity }
      return "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    let files = "\(notebooks) notebook\(notebooks == 1 ? "" : "s")"
    return "\(files): \(count(.error, "error")), \(count(.warning, "warning"))\n"
  }
}
