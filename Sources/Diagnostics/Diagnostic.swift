/// One thing to tell the person who runs the program, and where it is.
///
/// Diagnostics are values; text is made of them at the edge (``DiagnosticPrinter``). The message
/// states the rule that the input breaks, not the failure of the program.
package struct Diagnostic: Sendable {
  /// How much a diagnostic matters.
  package enum Severity: String, Sendable, CaseIterable {
    /// The notebook cannot be used as it stands.
    case error
    /// Very likely a mistake; work goes on.
    case warning
    /// Advice.
    case note
  }

  /// A further place or remark that helps to understand the first.
  package struct Note: Sendable {
    package let message: String
    package let range: SourceRange?

    package init(_ message: String, at range: SourceRange? = nil) {
      self.message = message
      self.range = range
    }
  }

  package let severity: Severity
  /// Stable, dotted, lower-case identifier such as `experiment.unknown-key`; `assay explain` takes it.
  package let id: String
  /// Headline: one sentence without a full stop.
  package let message: String
  /// The place; nil where there is none, as for a wrong argument.
  package let range: SourceRange?
  /// What is allowed, and how to get there.
  package let notes: [Note]
  /// The spelling that was probably meant.
  package let suggestion: String?

  package init(
    _ severity: Severity, _ id: String, _ message: String, at range: SourceRange? = nil,
    notes: [Note] = [], suggestion: String? = nil
  ) {
    self.severity = severity
    self.id = id
    self.message = message
    self.range = range
    self.notes = notes
    self.suggestion = suggestion
  }

  package var isError: Bool { severity == .error }
}

extension Sequence<Diagnostic> {
  package var hasErrors: Bool { contains { $0.isError } }

  /// Sorted by path, position, severity and id: the order in which they are printed.
  package func sortedByPosition() -> [Diagnostic] {
    func key(_ diagnostic: Diagnostic) -> (String, Int, Int) {
      let rank = Diagnostic.Severity.allCases.firstIndex(of: diagnostic.severity) ?? 0
      guard let range = diagnostic.range else { return ("", 0, rank) }
      return (range.file.path, range.bytes.lowerBound, rank)
    }
    return enumerated().sorted { left, right in
      let (a, b) = (key(left.element), key(right.element))
      if a != b { return a < b }
      if left.element.id != right.element.id { return left.element.id < right.element.id }
      return left.offset < right.offset
    }.map(\.element)
  }
}
