package import Diagnostics

extension CheckReport {
  /// For people: every finding at its place, the differences, the command that accepts, a summary.
  ///
  /// - Parameter printer: prints findings; problems of notebooks are not among them.
  package func text(_ printer: DiagnosticPrinter) -> String {
    var text = ""
    for notebook in notebooks {
      text += printer.text(for: notebook.diagnostics)
      for document in notebook.documents { text += document.difference.escapingLineControls }
      if let command = notebook.acceptance {
        text += "accept with: \(command.escapingControlCharacters)\n"
      }
      if !notebook.diagnostics.isEmpty { text += "\n" }
    }
    text += summary + "\n"
    if let statement = sampleStatement { text += statement.escapingControlCharacters + "\n" }
    return text
  }
}

extension String {
  /// Control characters spelled out, line feeds and tabs kept.
  fileprivate var escapingLineControls: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false)
        .map { String($0).escapingControlCharacters }.joined(separator: "\t")
    }.joined(separator: "\n")
  }
}
