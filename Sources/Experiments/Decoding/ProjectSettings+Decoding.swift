package import Diagnostics
internal import Notebooks

extension ProjectSettings {
  /// Reads `assay.yaml`; a file without settings gives the defaults.
  package static func decode(
    _ file: SourceFile
  ) -> (settings: ProjectSettings, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    let text = MappedText(file, start(of: file)..<file.byteCount)
    guard let node = YAMLReader.read(text, scope: .root, &diagnostics), !node.isMissing else {
      return (ProjectSettings(), diagnostics)
    }
    guard node.pairs != nil else {
      diagnostics.append(
        Diagnostic(
          "experiment.wrong-type", "`assay.yaml` is a mapping, not \(node.nounPhrase)",
          at: node.range, notes: [Diagnostic.Note("such as `limits: {memory: 8GB}`")]))
      return (ProjectSettings(), diagnostics)
    }
    let settings = table.decode(node, owner: file.start, &diagnostics) ?? ProjectSettings()
    return (settings, diagnostics.sortedByPosition())
  }

  /// Behind a byte order mark, and behind the `---` that some begin every YAML file with.
  private static func start(of file: SourceFile) -> Int {
    var start = file.text.utf8.starts(with: "\u{FEFF}".utf8) ? 3 : 0
    for index in file.lineStarts.indices {
      let content = file.lineContent(index)
      let line = file[max(start, content.lowerBound)..<max(start, content.upperBound)]
        .drop { $0 == " " || $0 == "\t" }
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line == "---" { start = content.upperBound }
      break
    }
    return start
  }
}

extension PlanLimits {
  /// Sets one limit as `--limit` does: `memory=8GB`.
  ///
  /// - Returns: what is wrong with the argument, as one diagnostic without a place; nil when it is
  ///   set.
  package mutating func set(_ argument: String) -> Diagnostic? {
    let names = Self.table.fields.map(\.name)
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      return Diagnostic(
        "experiment.unknown-key", "a limit is given as name=value, such as memory=8GB",
        notes: [Diagnostic.Note("limits are \(names.joined(separator: ", "))")])
    }
    let name = String(argument[..<equals])
    let text = String(argument[argument.index(after: equals)...])
    guard let field = Self.table.fields.first(where: { $0.name == name }) else {
      let alias = Self.table.fields.first { $0.aliases.contains(name) }?.name
      return Diagnostic(
        "experiment.unknown-key", "there is no limit `\(name.abbreviated)`",
        notes: [Diagnostic.Note("limits are \(names.joined(separator: ", "))")],
        suggestion: alias ?? nearestName(to: name, among: names))
    }
    // Fields are decoded from nodes, which stand in a file: here the argument itself.
    let file = SourceFile(path: "--limit", text: argument)
    let whole = SourceRange(file, 0..<file.byteCount)
    let node = YAMLNode(.scalar(text, .plain, content: nil), at: whole, scope: .root)
    let place = FieldPlace(name: name, keyRange: whole)
    var diagnostics: [Diagnostic] = []
    if node.isMissing {
      diagnostics.append(.emptyValue(place, help: field.help))
    } else {
      field.decode(node, place, &self, &diagnostics)
    }
    return diagnostics.first
  }
}
