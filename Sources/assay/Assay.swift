internal import ArgumentParser
internal import Glibc

/// The command: every verb is a file under `Commands/`.
@main
struct Assay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "Notebooks of machine-learning experiments whose every number can be recomputed.",
    discussion: """
      A notebook is a Markdown file. Fenced blocks in it say what to train and evaluate; assay runs \
      them and writes tables and plots back into a rendered document.

      Exit status: 0 fine, 1 drifted or edited by hand, 2 an expectation fails, 3 a block failed, \
      4 invalid notebook or configuration, 5 a limit, 64 wrong usage, 130 interrupted.
      """,
    version: "0.1.0",
    subcommands: [
      Render.self, Check.self, Lint.self, PlanCommand.self, Explain.self, StoreCommand.self,
      DiffCommand.self, Export.self, Doctor.self,
    ])

  static func main() {
    // What is worth keeping is on disk: finished steps, checkpoints, and a journal while documents are
    // replaced.
    signal(SIGINT) { _ in _exit(ExitStatus.interrupted.rawValue) }
    signal(SIGPIPE, SIG_IGN)
    if CommandLine.arguments.dropFirst().first == Render.configuration.commandName {
      RuntimeWarmUp.begin()
    }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      exit(withError: error)
    }
  }
}

extension ParsableCommand {
  /// Ends the program with a status of the interface.
  func end(_ status: ExitStatus) throws {
    if status != .fine { throw ExitCode(status.rawValue) }
  }
}
