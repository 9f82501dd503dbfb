package import Diagnostics
package import Digests
internal import JSON
internal import Mustache

/// The texts that reports are filled into: those in the binary, some of them replaced by files.
///
/// Of Mustache, templates use variables, sections and comments. Partials, inheritance, other
/// delimiters and pragmas are refused, so that a template can neither call itself nor another.
package struct TemplateSet: Sendable {
  private let library: MustacheLibrary
  private let style: String
  /// Of the texts that replace those in the binary, by name.
  package let digest: SHA256Digest

  /// Names of the templates, which are the names of the files in `templates/`.
  package static let names = EmbeddedTemplates.all.map(\.name)

  /// The text of a template in the binary; nil for an unknown name.
  package static func builtInText(of name: String) -> String? {
    EmbeddedTemplates.all.first { $0.name == name }?.text
  }

  /// The templates in the binary.
  package static let builtIn = assembled(texts: [:]).set

  /// The templates in the binary with some replaced.
  ///
  /// - Parameter files: texts whose file names are those of templates.
  /// - Returns: the set, in which a broken template keeps its built-in text, and what is wrong.
  package static func overriding(_ files: [SourceFile]) -> (
    set: TemplateSet, diagnostics: [Diagnostic]
  ) {
    var texts: [String: String] = [:]
    var diagnostics: [Diagnostic] = []
    for file in files {
      let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
      guard let builtIn = EmbeddedTemplates.all.first(where: { $0.name == name }) else {
        diagnostics.append(.unknownTemplate(name, in: file))
        continue
      }
      let found = name == "page.css" ? [] : TemplateCheck.faults(of: file, like: builtIn.text)
      diagnostics += found
      if !found.hasErrors { texts[name] = file.text }
    }
    let (set, faults) = assembled(texts: texts, files: files)
    return (set, diagnostics + faults)
  }

  private init(library: MustacheLibrary, style: String, digest: SHA256Digest) {
    self.library = library
    self.style = style
    self.digest = digest
  }

  private static func assembled(
    texts: [String: String], files: [SourceFile] = []
  ) -> (set: TemplateSet, faults: [Diagnostic]) {
    var library = MustacheLibrary()
    var faults: [Diagnostic] = []
    for (name, builtIn) in EmbeddedTemplates.all where name != "page.css" {
      do {
        try library.register(texts[name] ?? builtIn, named: name)
      } catch {
        // The check finds every fault that it knows a place for; this catches the rest.
        let file = files.first { $0.path.hasSuffix(name) }
        faults.append(.unreadableTemplate(name, in: file, "\(error)"))
        if let template = try? MustacheTemplate(string: builtIn) {
          library.register(template, named: name)
        }
      }
    }
    let style = texts["page.css"] ?? EmbeddedTemplates.all.first { $0.name == "page.css" }?.text
    let digest = SHA256Digest(
      of: CanonicalJSON.object(texts.mapValues(CanonicalJSON.string)).bytes)
    return (TemplateSet(library: library, style: style ?? "", digest: digest), faults)
  }

  /// Fills a template and forgets it: what the runtime looks up once in a process is looked up then.
  package static func warmUp() {
    _ = builtIn.render("table.md", ["anchors": ["a"], "number": "", "caption": "", "table": ""])
  }

  /// A template filled with values: texts, lists of texts, lists of such dictionaries.
  func render(_ name: String, _ values: [String: Any]) -> String {
    library.render(TemplateFields(values), withTemplate: name) ?? ""
  }

  /// The style sheet, put into the page as it is.
  var styleSheet: String {
    // An end tag in a style sheet would end the element that holds it.
    style.replacing("</", with: "<\\/")
  }
}

extension Diagnostic {
  fileprivate static func unknownTemplate(_ name: String, in file: SourceFile) -> Diagnostic {
    Diagnostic(
      .error, "template.unknown-name",
      "A template is named like one that is built in", at: SourceRange(file, 0..<0),
      notes: [Note("templates: \(TemplateSet.names.joined(separator: ", "))")],
      suggestion: nearestName(to: name, among: TemplateSet.names))
  }

  fileprivate static func unreadableTemplate(
    _ name: String, in file: SourceFile?, _ reason: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "template.syntax", "The template \(name) is not valid Mustache: \(reason)",
      at: file.map { SourceRange($0, 0..<0) })
  }
}
