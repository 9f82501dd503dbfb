internal import ArgumentParser
internal import Diagnostics
internal import Execution
internal import Experiments
internal import Notebooks

/// `assay export`: writes trained weights as a Hugging Face folder.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the weights of a trained BERT as a Hugging Face folder.",
    discussion: """
      Example: `assay export notebooks/bert.md#finetune out/bert`, then in Python \
      `AutoModelForSequenceClassification.from_pretrained("out/bert")`. What is not in the store yet \
      is computed first. The same weights give the same bytes.
      """)

  @Argument(help: "A block that trains: notebook.md#block, or its name in one of the notebooks.")
  var name: String

  @Argument(
    help: ArgumentHelp("The folder to make; it must be new or empty.", valueName: "dir"),
    completion: .directory)
  var directory: String

  @Option(name: .customLong("repeat"), help: "Which of the block's trainings, from 1.")
  var number = 1

  @OptionGroup var settings: SettingOptions
  @OptionGroup var computing: ComputeOptions

  @Flag(help: "Say nothing about progress.")
  var quiet = false

  func validate() throws {
    guard number >= 1 else { throw ValidationError("--repeat counts from 1") }
  }

  func run() throws {
    let machine = try computing.machine()
    let (prepared, block) = try found()
    let printer = DiagnosticPrinter(color: StandardStream.error.wantsColor)
    StandardStream.error.write(printer.text(for: prepared.diagnostics))
    guard prepared.status == .fine else { return try end(prepared.status) }
    try settings.checkProfile(against: [prepared])
    do throws(ExportRefusal) {
      let export = try BertExport(
        of: block, repeatIndex: number - 1, in: prepared.plan, prepared.experiments)
      let store = Store(directory: Store.directory(of: prepared.root))
      let display = ProgressDisplay(notebook: prepared.notebook.file.path, quiet: quiet)
      let plan = prepared.plan.restricted(to: [block])
      let running = RunOptions(
        store: store, forced: export.isReady(in: store) ? [] : [block], jobs: computing.jobs,
        limits: RunLimits(prepared.limits))
      let foreseen = running.timeWarning(of: plan, in: prepared.experiments)
      StandardStream.error.write(printer.text(for: [foreseen].compactMap(\.self)))
      let run = Run(
        plan, notebook: prepared.experiments, data: prepared.data, machine: machine,
        options: running, progress: display.show)
      display.close()
      StandardStream.error.write(printer.text(for: run.log.warnings + run.failures))
      if let stopped = run.log.stopped {
        StandardStream.error.write(printer.text(for: [stopped]))
        throw ExportRefusal.notComputed(block)
      }
      // As completion writes it.
      var place = directory
      while place.count > 1, place.hasSuffix("/") { place.removeLast() }
      let files = try export.write(from: store, to: place)
      for file in files {
        StandardStream.output.write("\(place)/\(file)".escapingControlCharacters + "\n")
      }
    } catch {
      StandardStream.error.write("assay: \(error.message.escapingControlCharacters)\n")
      try end(status(of: error))
    }
  }

  private func status(of refusal: ExportRefusal) -> ExitStatus {
    switch refusal {
    case .noTraining, .noRepeat, .layers, .occupied, .unwritable: .invalidInput
    case .notComputed: .blockFailed
    }
  }

  /// The notebook that has the block, and the block's name in it.
  private func found() throws -> (PreparedNotebook, String) {
    if let hash = name.firstIndex(of: "#") {
      let path = String(name[..<hash])
      let block = String(name[name.index(after: hash)...])
      let prepared = prepared(path)
      guard prepared.status != .fine || prepared.experiments[block] != nil else {
        let names = prepared.experiments.experiments.map(\.name)
        throw ValidationError("\(path) has no block `\(block)`\(Self.hint(block, among: names))")
      }
      return (prepared, block)
    }
    var having: [PreparedNotebook] = []
    var unsound: PreparedNotebook?
    var names: [String] = []
    for path in NotebookPaths(["notebooks"]).files {
      let prepared = prepared(path)
      names += prepared.experiments.experiments.map(\.name)
      if prepared.experiments[name] != nil { having.append(prepared) }
      if prepared.status != .fine { unsound = unsound ?? prepared }
    }
    guard let first = having.first else {
      // The block may be missing for what is wrong with its notebook.
      if let unsound { return (unsound, name) }
      throw ValidationError(
        "no notebook has a block `\(name.escapingControlCharacters)`"
          + Self.hint(name, among: names))
    }
    if having.count > 1 {
      let paths = having.map { "`\($0.path)#\(name)`" }.joined(separator: ", ")
      throw ValidationError("several notebooks have a block of this name: \(paths)")
    }
    return (first, name)
  }

  private func prepared(_ path: String) -> PreparedNotebook {
    PreparedNotebook(path: path, settings: settings)
  }

  private static func hint(_ name: String, among names: [String]) -> String {
    nearestName(to: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
  }
}
