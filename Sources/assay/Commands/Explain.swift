internal import ArgumentParser
internal import Diagnostics
internal import Execution
internal import Experiments
internal import Notebooks

/// `assay explain`: the reference of the language and of diagnostics, and where a result comes from.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a kind of block, a field, a diagnostic, or a block of a notebook.",
    discussion: """
      Examples: `assay explain train`, `assay explain train.batch_size`, `assay explain adamw`, \
      `assay explain experiment.unknown-key`, `assay explain notebooks/losses.md#hinge`.
      """)

  @Argument(help: "A kind, a component, a field, a diagnostic's identifier, or notebook.md#block.")
  var what: String

  @Option(name: .customLong("profile"), help: "For a block: merge the profile of this name.")
  var profile: String?

  func run() throws {
    if let hash = what.firstIndex(of: "#") {
      return try explainBlock(
        String(what[what.index(after: hash)...]), of: String(what[..<hash]))
    }
    if let text = Reference.text(about: what) ?? DiagnosticGuide.text(about: what) {
      return StandardStream.output.write(text.hasSuffix("\n") ? text : text + "\n")
    }
    let names = Reference.names + Reference.fieldPaths + DiagnosticGuide.identifiers
    let near = nearestName(to: what, among: names).map { "; did you mean `\($0)`?" } ?? ""
    throw ValidationError(
      "nothing is called `\(what.escapingControlCharacters)`\(near)\n"
        + "`assay explain block` lists the kinds of block and their common fields")
  }

  private func explainBlock(_ name: String, of path: String) throws {
    var options = try NotebookOptions.parse([path])
    options.settings.profile = profile
    let prepared = PreparedNotebook(path: path, settings: options.settings)
    let printer = DiagnosticPrinter(color: StandardStream.error.wantsColor)
    StandardStream.error.write(printer.text(for: prepared.diagnostics))
    guard prepared.status == .fine else { return try end(prepared.status) }
    guard let experiment = prepared.experiments[name] else {
      let names = prepared.experiments.experiments.map(\.name)
      let near = nearestName(to: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
      throw ValidationError(
        "\(path) has no block `\(name.escapingControlCharacters)`\(near)")
    }
    StandardStream.output.write(BlockExplanation(experiment, in: prepared, options: options).text)
  }
}
