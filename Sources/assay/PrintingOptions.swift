internal import ArgumentParser
internal import Diagnostics
internal import Execution
internal import Reports

/// Where documents lie and how they are printed: the same for writing and for checking them.
struct PrintingOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Folder of the documents; default: output, below the root.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @Flag(help: "The notebook itself is the Markdown document, and there is no page.")
  var inPlace = false

  @Option(help: "Folder of templates that replace the built-in ones.", completion: .directory)
  var templates: String?

  @Flag(name: .customLong("allow-html"), help: "Keep raw HTML of the prose on the page.")
  var allowsHTML = false

  func validate() throws {
    if inPlace, output != nil {
      throw ValidationError("--in-place and --output exclude each other")
    }
    if output == "" { throw ValidationError("--output takes a folder") }
  }

  /// Where the documents of a notebook lie.
  func place(of path: String, root: ProjectRoot, _ options: NotebookOptions) -> OutputPlace {
    OutputPlace(
      of: path, root: root, folder: output,
      variant: OutputPlace.variant(profile: options.profile, parameters: options.parameters),
      inPlace: inPlace)
  }

  /// The built-in templates, with those found in the folder in their place.
  func templateSet() -> (TemplateSet, [Diagnostic]) {
    guard let folder = templates else { return (.builtIn, []) }
    var files: [SourceFile] = []
    var diagnostics: [Diagnostic] = []
    for name in TemplateSet.names {
      let path = folder + "/" + name
      do throws(FileRefusal) {
        let bytes = try UserFile.contents(of: path, limit: 1 << 20)
        files.append(SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self)))
      } catch {
        if error != .missing { diagnostics.append(.template(path, error)) }
      }
    }
    if files.isEmpty, diagnostics.isEmpty { diagnostics.append(.noTemplates(folder)) }
    let (set, problems) = TemplateSet.overriding(files)
    return (set, diagnostics + problems)
  }
}

extension Diagnostic {
  fileprivate static func template(_ path: String, _ refusal: FileRefusal) -> Diagnostic {
    Diagnostic(.error, "template.unreadable", "The template `\(path)` \(refusal.rule)")
  }

  fileprivate static func noTemplates(_ folder: String) -> Diagnostic {
    Diagnostic(
      .error, "template.none", "The folder `\(folder)` holds no template",
      notes: [.init("templates are " + TemplateSet.names.map { "`\($0)`" }.joined(separator: ", "))]
    )
  }
}
