import Diagnostics

extension NotebookSettings {
  static let table = FieldTable(
    "front-matter", "what a notebook says about itself", defaults: NotebookSettings(),
    elsewhere: [
      "limits": "no notebook sets its own; they stand in `assay.yaml` or after --limit",
      "limit": "no notebook sets its own; they stand in `assay.yaml` or after --limit",
    ],
    fields: [
      Field(
        "title", \.title, .optional(.prose, none: false), "title of the page",
        bears: .presentation, default: "the first heading"),
      Field(
        "lang", \.lang, .choice, "language of generated labels", aliases: ["language"],
        bears: .presentation),
      Field("seed", \.seed, .seed, "seed of every block that has none"),
      Field(
        "params", \.params, Parameter.type, "values of `$name`, overridden by -P name=value",
        aliases: ["parameters"]),
      Field(
        "use", \.use, UsedNotebook.type,
        "notebooks whose blocks become alias/name, such as {bert: notebooks/bert.md}",
        aliases: ["import", "imports", "uses"]),
      Field(
        "profile", \.profile, .optional(.text("the name of a profile"), none: false),
        "the notebook is rendered only with this profile", default: "none"),
      Field(
        "charset", \.charset, .choice, "characters of plots and tables", bears: .presentation),
    ])
}

extension NotebookSettings.Parameter {
  fileprivate static let type = ValueType<[NotebookSettings.Parameter]>(
    shape: .dictionary(.text("a value")),
    decode: { node, place, diagnostics in
      guard let pairs = node.pairs else {
        diagnostics.append(.wrongType(node, place, wants: "a mapping from names to values"))
        return nil
      }
      return pairs.compactMap { pair -> NotebookSettings.Parameter? in
        guard pair.key.isParameterName else {
          diagnostics.append(
            Diagnostic(
              "experiment.bad-name",
              "The name of a parameter has letters, digits and `_`, and begins with no digit",
              at: pair.keyRange))
          return nil
        }
        let place = FieldPlace(name: pair.key, keyRange: pair.keyRange)
        guard let text = pair.value.text else {
          diagnostics.append(.wrongType(pair.value, place, wants: "one value"))
          return nil
        }
        return NotebookSettings.Parameter(name: pair.key, text: text)
      }
    },
    encode: { parameters in
      .group(
        table: "params", version: 1,
        parameters.map { FieldValue.Entry($0.name, .text($0.text)) })
    })
}

extension NotebookSettings.UsedNotebook {
  fileprivate static let type = ValueType<[NotebookSettings.UsedNotebook]>(
    shape: .dictionary(.text("a notebook below the project root")),
    decode: { node, place, diagnostics in
      guard let pairs = node.pairs else {
        diagnostics.append(
          .wrongType(node, place, wants: "a mapping such as {bert: notebooks/bert.md}"))
        return nil
      }
      return pairs.compactMap { pair -> NotebookSettings.UsedNotebook? in
        guard pair.key.isParameterName else {
          diagnostics.append(
            Diagnostic(
              "experiment.bad-name",
              "An alias has letters, digits and `_`, and begins with no digit", at: pair.keyRange))
          return nil
        }
        let place = FieldPlace(name: pair.key, keyRange: pair.keyRange)
        let type = ValueType<String>.filePath
        return type.decode(pair.value, place, &diagnostics).map {
          NotebookSettings.UsedNotebook(alias: pair.key, path: $0)
        }
      }
    },
    encode: { used in
      .group(
        table: "use", version: 1, used.map { FieldValue.Entry($0.alias, .text($0.path)) })
    })
}

extension ValueType where Value == String {
  /// A line of text that people read: a title or a caption.
  static var prose: ValueType {
    .text("text") { _, node, place, diagnostics in
      guard let comment = node.commentThatCutsText else { return true }
      diagnostics.append(
        Diagnostic(
          .warning, "yaml.comment",
          "` #` begins a comment, so the `\(place.name)` ends before it", at: comment,
          notes: [Diagnostic.Note("to keep the `#`, put the whole text in quotes")]))
      return true
    }
  }
}

extension String {
  /// Letters of any script, digits and `_`, not beginning with a digit.
  var isParameterName: Bool {
    guard let first = unicodeScalars.first, first.isNameScalar,
      first.properties.numericType == nil
    else { return false }
    return unicodeScalars.allSatisfy(\.isNameScalar)
  }
}

extension YAMLNode {
  /// A comment right after a plain scalar that looks like part of its text: `图 #1`, not `# note`.
  fileprivate var commentThatCutsText: SourceRange? {
    guard case .scalar(_, .plain, _) = content else { return nil }
    let file = range.file
    let line = file.lineContent(file.lineIndex(at: range.bytes.upperBound))
    guard range.bytes.upperBound <= line.upperBound else { return nil }
    let rest = Array(file[range.bytes.upperBound..<line.upperBound].utf8)
    guard let mark = rest.firstIndex(where: { $0 != UInt8(ascii: " ") }), mark > 0,
      rest[mark] == UInt8(ascii: "#"), mark + 1 < rest.count, rest[mark + 1] != UInt8(ascii: " "),
      rest[mark + 1] != UInt8(ascii: "#")
    else { return nil }
    let start = range.bytes.upperBound + mark
    return SourceRange(file, start..<line.upperBound)
  }
}
