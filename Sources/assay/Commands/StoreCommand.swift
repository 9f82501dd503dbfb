internal import ArgumentParser
internal import Diagnostics
internal import Execution
internal import Experiments
internal import Glibc
internal import JSON

/// `assay store`: what is kept of finished steps.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "List, verify and prune the store of finished steps.",
    subcommands: [StoreList.self, StoreVerify.self, StorePrune.self, StorePath.self])
}

/// Which store.
struct StoreOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .customLong("directory")],
    help: ArgumentHelp("A place in the project; default: the working folder.", valueName: "dir"),
    completion: .directory)
  var directory = "."

  /// The project that the place lies in.
  ///
  /// A place that is not there ends the command: an empty store would be taken for a sound one.
  func root() throws -> ProjectRoot {
    var status = stat()
    if stat(directory, &status) == 0 { return ProjectRoot(containing: directory) }
    let reason = String(cString: strerror(errno))
    let printer = DiagnosticPrinter(color: StandardStream.error.wantsColor)
    StandardStream.error.write(printer.text(for: [.noProject(directory, reason)]))
    throw ExitCode(ExitStatus.invalidInput.rawValue)
  }
}

extension ProjectRoot {
  fileprivate var store: Store { Store(directory: Store.directory(of: self)) }
}

extension Diagnostic {
  fileprivate static func noProject(_ place: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      .error, "file.unreadable", "`\(place)` cannot be read: \(reason)",
      notes: [.init("`-C` takes a file or folder of the project whose store is meant")])
  }
}

/// `assay store list`: the entries, a line each.
struct StoreList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show the stored steps.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var options: StoreOptions

  @Option(help: "How to print them.")
  var format = Format.text

  func run() throws {
    let root = try options.root()
    let entries = root.store.listing()
    switch format {
    case .text: StandardStream.output.write(text(entries, StoreUsers(of: root)))
    case .json: StandardStream.output.write(CanonicalJSON.array(entries.map(Self.json)).text)
    }
  }

  private func text(_ entries: [StoreListing], _ users: StoreUsers) -> String {
    let lines = entries.map { entry in
      let kind = entry.provenance?.kind.rawValue ?? "damaged"
      let seconds = entry.log.map { NumberFormat.fixed(2).text($0.seconds) + " s" } ?? ""
      let columns = [
        entry.fingerprint.prefix(), kind.padded(to: 8),
        entry.byteCount.byteText.rightAligned(in: 9), seconds.rightAligned(in: 10),
        (entry.log?.computedText ?? "").padded(to: 20), users[entry.fingerprint] ?? "",
      ]
      var line = columns.joined(separator: "  ").escapingControlCharacters
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }
    let bytes = entries.reduce(0) { $0 + $1.byteCount }
    return lines.joined() + "\(entries.count.counted("step")), \(bytes.byteText)\n"
  }

  private static func json(_ entry: StoreListing) -> CanonicalJSON {
    .members([
      "bytes": .integer(entry.byteCount),
      "computed": entry.log.map { .string($0.computedText) },
      "fingerprint": .string(entry.fingerprint.hexadecimal),
      "instruction_set": entry.log.map { .string($0.instructionSet) },
      "kind": entry.provenance.map { .string($0.kind.rawValue) },
      "seconds": entry.log.map { .double($0.seconds) },
      "threads": entry.log.map { .integer($0.threads) },
    ])
  }
}

/// `assay store verify`: reads every byte.
struct StoreVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compare every stored byte with its digest.",
    discussion: "Changes nothing. Exit status 1 when something is damaged.")

  @OptionGroup var options: StoreOptions

  func run() throws {
    let found = try options.root().store.verify()
    var lines = found.faults.map { "damaged: \($0.path): \($0.reason)" }
    lines += found.foreign.map { "not of the store: \($0)" }
    lines += found.leftovers.map { "left unfinished: \($0)" }
    lines += found.setAside.map { "set aside: \($0)" }
    lines.append(
      "\(found.sound.counted("sound step")), \(found.byteCount.byteText); "
        + "\(found.checkpoints.counted("checkpoint")); \(found.faults.count) damaged, "
        + "\(found.leftovers.count) left unfinished, \(found.setAside.count) set aside")
    StandardStream.output.write(
      lines.map { $0.escapingControlCharacters + "\n" }.joined())
    try end(found.isClean ? .fine : .drifted)
  }
}

/// `assay store prune`: removes what nobody names.
struct StorePrune: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune", abstract: "Remove stored steps that no notebook and no ledger names.",
    discussion: """
      Kept are the steps of every notebook under notebooks/, with each profile that it has, and \
      those of every ledger under output/. Nothing is removed while a notebook has errors.
      """)

  @OptionGroup var options: StoreOptions

  @Flag(help: "Remove nothing; say what would be removed.")
  var dryRun = false

  func run() throws {
    let root = try options.root()
    let users = StoreUsers(of: root)
    guard users.diagnostics.isEmpty else {
      let printer = DiagnosticPrinter(color: StandardStream.error.wantsColor)
      StandardStream.error.write(printer.text(for: users.diagnostics))
      return try end(.invalidInput)
    }
    let pruning = root.store.prune(keeping: users.fingerprints, isDryRun: dryRun)
    var lines = pruning.entries.map {
      "\($0.fingerprint.prefix())  \($0.provenance?.kind.rawValue ?? "damaged")"
    }
    lines += pruning.checkpoints + pruning.leftovers + pruning.setAside
    lines += pruning.failures.map { "cannot be removed: \($0)" }
    lines.append(
      "\(dryRun ? "would remove" : "removed") \(pruning.entries.count.counted("step")), "
        + "\(pruning.checkpoints.count.counted("checkpoint")), "
        + "\(pruning.leftovers.count) left unfinished, \(pruning.setAside.count) set aside: "
        + "\(pruning.byteCount.byteText); \(pruning.kept.counted("step")) kept")
    StandardStream.output.write(lines.map { $0.escapingControlCharacters + "\n" }.joined())
    try end(pruning.failures.isEmpty ? .fine : .invalidInput)
  }
}

/// `assay store path`: where things lie.
struct StorePath: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Print the folder of the store, or of a stored step.")

  @OptionGroup var options: StoreOptions

  @Argument(help: "A fingerprint, or its first digits.")
  var fingerprint: String?

  func run() throws {
    let store = try options.root().store
    guard let fingerprint else {
      StandardStream.output.write(store.directory + "\n")
      return
    }
    let found = store.fingerprints(beginning: fingerprint)
    guard let only = found.first, found.count == 1 else {
      let digits = fingerprint.escapingControlCharacters
      throw ValidationError(
        found.isEmpty
          ? "no stored step begins with '\(digits)'"
          : "\(found.count) stored steps begin with '\(digits)'")
    }
    StandardStream.output.write(store.path(of: only) + "\n")
  }
}
