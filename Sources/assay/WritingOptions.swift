internal import ArgumentParser
internal import Diagnostics
internal import Execution
internal import Notebooks
internal import Reports

/// What is written, where, and over what.
struct WritingOptions: ParsableArguments {
  @Option(
    name: [.customLong("to")],
    help: ArgumentHelp("What to write: md, html, or both.", valueName: "md,html"))
  var formats: OutputFormats = OutputFormats()

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Folder to write to; default: output, below the root.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @Flag(help: "Write the Markdown document over the notebook itself, and no page.")
  var inPlace = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Overwrite the region of this block though it was edited by hand or its value moved.",
      valueName: "name"))
  var accept: [String] = []

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

  /// Refuses a name after `--accept` that no notebook has.
  func checkAccepted(in notebooks: [PreparedNotebook]) throws {
    let names = notebooks.flatMap { $0.notebook.blocks.map(\.name) }
    for name in accept where !names.contains(name) && !notebooks.isEmpty {
      let near = nearestName(to: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
      throw ValidationError("no notebook has a block `\(name.escapingControlCharacters)`\(near)")
    }
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

/// `md`, `html` or `md,html`.
struct OutputFormats: ExpressibleByArgument, Sendable {
  var markdown = true
  var html = true

  init() {}

  init?(argument: String) {
    (markdown, html) = (false, false)
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      switch part {
      case "md": markdown = true
      case "html": html = true
      default: return nil
      }
    }
  }

  var defaultValueDescription: String { "md,html" }
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
