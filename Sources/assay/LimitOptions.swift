internal import ArgumentParser
internal import Diagnostics
internal import Experiments

/// What notebooks may ask for, beyond `assay.yaml`.
struct LimitOptions: ParsableArguments {
  @Option(
    name: .customLong("limit"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a limit, such as memory=8GB or time=10m; see `assay explain limits`.",
      valueName: "name=value"))
  var arguments: [String] = []

  func validate() throws {
    var limits = PlanLimits()
    for argument in arguments {
      guard let problem = limits.set(argument) else { continue }
      throw ValidationError(Self.text(of: problem, argument))
    }
  }

  /// The limits of a project with those of the command line in their place; of several the last.
  func applied(to limits: PlanLimits) -> PlanLimits {
    var limits = limits
    // What is wrong has been told when the arguments were read.
    for argument in arguments { _ = limits.set(argument) }
    return limits
  }

  private static func text(of problem: Diagnostic, _ argument: String) -> String {
    var text = "--limit \(argument): \(problem.message)"
    if let meant = problem.suggestion { text += "; did you mean `\(meant)`?" }
    for note in problem.notes { text += "\n\(note.message)" }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).escapingControlCharacters }.joined(separator: "\n")
  }
}
