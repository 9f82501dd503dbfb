internal import FoundationEssentials

/// Prints diagnostics for programs: one JSON array, stable keys, one-based lines and columns.
package enum DiagnosticJSON {
  /// The array with a line feed after it; `[]` for no diagnostics.
  package static func text(for diagnostics: [Diagnostic]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let records = diagnostics.sortedByPosition().map(Record.init)
    guard let data = try? encoder.encode(records) else { return "[]\n" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private struct Record: Encodable {
    let severity: String
    let id: String
    let message: String
    let place: Place?
    let suggestion: String?
    let notes: [Note]

    init(_ diagnostic: Diagnostic) {
      severity = diagnostic.severity.rawValue
      id = diagnostic.id
      message = diagnostic.message
      place = diagnostic.range.map(Place.init)
      suggestion = diagnostic.suggestion
      notes = diagnostic.notes.map { Note(message: $0.message, place: $0.range.map(Place.init)) }
    }
  }

  private struct Note: Encodable {
    let message: String
    let place: Place?
  }

  private struct Place: Encodable {
    let path: String
    let line: Int
    let column: Int
    let endLine: Int
    let endColumn: Int

    init(_ range: SourceRange) {
      let end = range.file.position(at: range.bytes.upperBound)
      path = range.file.path
      (line, column) = (range.start.line, range.start.column)
      (endLine, endColumn) = (end.line, end.column)
    }
  }
}
