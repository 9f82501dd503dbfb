package import Diagnostics

extension CheckReport {
  /// Commands for GitHub Actions, which shows them at the lines of the notebook; then the summary.
  package var annotations: String {
    var text = problems.map { Self.command($0, accept: nil) }.joined()
    for notebook in notebooks {
      for diagnostic in notebook.problems + notebook.diagnostics {
        text += Self.command(diagnostic, accept: notebook.acceptance)
      }
    }
    text += Self.plain(summary) + "\n"
    if let statement = sampleStatement { text += Self.plain(statement) + "\n" }
    return text
  }

  private static func command(_ diagnostic: Diagnostic, accept: String?) -> String {
    let name =
      switch diagnostic.severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    var properties: [String] = []
    if let range = diagnostic.range {
      let end = range.file.position(at: range.bytes.upperBound)
      properties.append("file=\(property(range.file.path))")
      properties.append("line=\(range.start.line)")
      properties.append("col=\(range.start.column)")
      if end.line == range.start.line, end.column > range.start.column {
        properties.append("endColumn=\(end.column)")
      }
    }
    properties.append("title=\(property(diagnostic.id))")
    var lines = [diagnostic.message] + diagnostic.notes.map(\.message)
    if let accept, diagnostic.isError, diagnostic.id.hasPrefix("check.") {
      lines.append("accept with: \(accept)")
    }
    return
      "::\(name) \(properties.joined(separator: ","))::\(data(lines.joined(separator: "\n")))\n"
  }

  /// Text after `::`, by the runner's own escapes.
  private static func data(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { String($0).escapingControlCharacters.replacing("%", "%25") }
      .joined(separator: "%0A")
  }

  /// A value between commas.
  private static func property(_ text: String) -> String {
    text.escapingControlCharacters.replacing("%", "%25").replacing(":", "%3A")
      .replacing(",", "%2C")
  }

  /// A line that is no command.
  private static func plain(_ text: String) -> String {
    let text = text.escapingControlCharacters
    return text.hasPrefix("::") ? " " + text : text
  }
}

extension String {
  fileprivate func replacing(_ character: Character, _ replacement: String) -> String {
    var result = ""
    for each in self { result += each == character ? replacement : String(each) }
    return result
  }
}
