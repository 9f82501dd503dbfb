internal import ArgumentParser
internal import Diagnostics
internal import Experiments

/// With which values notebooks are read, and within which limits.
struct SettingOptions: ParsableArguments {
  @Option(name: .customLong("profile"), help: "Merge the profile of this name into every block.")
  var profile: String?

  @Option(
    name: [.customShort("P"), .customLong("param")], parsing: .singleValue,
    help: ArgumentHelp("Set a parameter of the front matter.", valueName: "name=value"))
  var parameters: [ParameterArgument] = []

  @OptionGroup var limits: LimitOptions

  func validate() throws {
    if let profile, let problem = Self.problem(inProfile: profile) {
      throw ValidationError("a profile's name \(problem): '\(profile.escapingControlCharacters)'")
    }
    if let (name, values) = Self.repeated(in: parameters) {
      throw ValidationError(
        "-P sets a parameter once, and `\(name.escapingControlCharacters)` is set to "
          + values.map { "'\($0.escapingControlCharacters)'" }.joined(separator: ", ")
          + "; the documents of each value are rendered by a command of their own")
    }
  }

  /// Refuses a profile that none of the notebooks knows: a typing error would silently run, and
  /// write, everything at full length.
  func checkProfile(against notebooks: [PreparedNotebook]) throws {
    guard let profile, !notebooks.isEmpty else { return }
    var known: [String] = []
    for notebook in notebooks {
      known += notebook.experiments.profileNames
      known += [notebook.experiments.settings.profile].compactMap(\.self)
    }
    if known.contains(profile) { return }
    let near = nearestName(to: profile, among: known).map { "; did you mean `\($0)`?" } ?? ""
    throw ValidationError("no notebook has a profile `\(profile.escapingControlCharacters)`\(near)")
  }

  /// The first parameter that is set more than once, with its values: whichever counted, the file names
  /// would speak of all.
  private static func repeated(
    in parameters: [ParameterArgument]
  ) -> (name: String, values: [String])? {
    let byName = Dictionary(grouping: parameters, by: \.name)
    return parameters.lazy.compactMap { parameter in
      let values = byName[parameter.name]?.map(\.value) ?? []
      return values.count > 1 ? (parameter.name, values) : nil
    }.first
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
