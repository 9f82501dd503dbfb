import Diagnostics
import Experiments
import FoundationEssentials
import Notebooks

/// Files below `Tests/Fixtures`.
enum LanguageFixtures {
  static func path(_ name: String, from file: String = #filePath) -> String {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    return folder.joined(separator: "/") + "/Fixtures/" + name
  }

  static func read(_ name: String) throws -> String {
    let data = try Data(contentsOf: URL(filePath: path(name)))
    return String(decoding: data, as: UTF8.self)
  }

  /// Names of the files in a folder that end with `ending`, sorted.
  static func names(in folder: String, ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder))
      .filter { $0.hasSuffix(ending) }.sorted()
  }
}

/// Decodes a text as `assay lint` would, as far as the language goes.
func decode(
  _ text: String, path: String = "notebook.md", parameters: [ParameterOverride] = [],
  profile: String? = nil, files: [String: String] = [:]
) -> (notebook: ExperimentNotebook, diagnostics: [Diagnostic]) {
  let parsed = Notebook.parse(SourceFile(path: path, text: text))
  let decoded = ExperimentNotebook.decode(
    parsed.notebook, parameters: parameters, profile: profile,
    load: { path, place in
      guard let text = files[path] else {
        return (
          nil, [Diagnostic(.error, "notebook.missing", "There is no notebook `\(path)`", at: place)]
        )
      }
      let used = Notebook.parse(SourceFile(path: path, text: text))
      return (used.notebook, used.diagnostics)
    })
  return (decoded.notebook, (parsed.diagnostics + decoded.diagnostics).sortedByPosition())
}

extension Diagnostic {
  /// `line:column: severity[id]: message → suggestion`; the file first when it is another one.
  func line(in path: String = "notebook.md") -> String {
    var text = ""
    if let range {
      text = "\(range.start.line):\(range.start.column): "
      if range.file.path != path { text = "\(range.file.path):" + text }
    }
    text += "\(severity.rawValue)[\(id)]: \(message)"
    if let suggestion { text += " → \(suggestion)" }
    return text.escapingControlCharacters + "\n"
  }
}
