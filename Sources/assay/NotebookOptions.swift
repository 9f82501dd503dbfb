internal import ArgumentParser

/// Which notebooks, and with which values in them.
struct NotebookOptions: ParsableArguments {
  @Argument(
    help: "Notebooks, or folders that are searched for .md files; default: notebooks.",
    completion: .file(extensions: ["md"]))
  var paths: [String] = []

  @OptionGroup var settings: SettingOptions

  /// The paths to look at.
  var effectivePaths: [String] { paths.isEmpty ? ["notebooks"] : paths }

  var profile: String? { settings.profile }

  var parameters: [ParameterArgument] { settings.parameters }

  func checkProfile(against notebooks: [PreparedNotebook]) throws {
    try settings.checkProfile(against: notebooks)
  }
}
