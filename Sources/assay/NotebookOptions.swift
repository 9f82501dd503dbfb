internal import ArgumentParser
internal import Experiments

/// Which notebooks, and with which values in them.
struct NotebookOptions: ParsableArguments {
  @Argument(
    help: "Notebooks, or folders that are searched for .md files; default: notebooks.",
    completion: .file(extensions: ["md"]))
  var paths: [String] = []

  @Option(name: .customLong("profile"), help: "Merge the profile of this name into every block.")
  var profile: String?

  @Option(
    name: [.customShort("P"), .customLong("param")], parsing: .singleValue,
    help: ArgumentHelp("Set a parameter of the front matter.", valueName: "name=value"))
  var parameters: [ParameterArgument] = []

  /// The paths to look at.
  var effectivePaths: [String] { paths.isEmpty ? ["notebooks"] : paths }

  func validate() throws {
    if let profile, let problem = Self.problem(inProfile: profile) {
      throw ValidationError("a profile's name \(problem): '\(profile)'")
    }
  }

  /// A profile's name is part of file names.
  private static func problem(inProfile name: String) -> String? {
    if name.isEmpty { return "is not empty" }
    let allowed = name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "-"
    }
    return allowed ? nil : "holds letters, digits, _ and - only"
  }
}

/// `name=value` on the command line.
struct ParameterArgument: ExpressibleByArgument, Sendable {
  let name: String
  let value: String

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      return nil
    }
    name = String(argument[..<equals])
    value = String(argument[argument.index(after: equals)...])
  }
}
