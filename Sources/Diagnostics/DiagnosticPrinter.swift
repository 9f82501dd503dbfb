/// Prints diagnostics for people: headline, source line, caret, notes.
package struct DiagnosticPrinter: Sendable {
  /// Whether to colour with ANSI escapes; only for a terminal.
  package let color: Bool

  package init(color: Bool = false) {
    self.color = color
  }

  /// All diagnostics in order of position, each as a block of lines that ends with a line feed.
  package func text(for diagnostics: [Diagnostic]) -> String {
    diagnostics.sortedByPosition().map(text(for:)).joined()
  }

  private func text(for diagnostic: Diagnostic) -> String {
    var lines: [String] = []
    let place = diagnostic.range.map { "\($0): ".escapingControlCharacters } ?? ""
    let label = paint("\(diagnostic.severity.rawValue)[\(diagnostic.id)]:", diagnostic.severity)
    lines.append("\(place)\(label) \(diagnostic.message.escapingControlCharacters)")
    if let range = diagnostic.range { lines += excerpt(range) }
    if let suggestion = diagnostic.suggestion {
      lines.append("  did you mean `\(suggestion.escapingControlCharacters)`?")
    }
    for note in diagnostic.notes {
      let place = note.range.map { "\($0): ".escapingControlCharacters } ?? ""
      lines.append("  note: \(place)\(note.message.escapingControlCharacters)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The source line and a caret under the range, cut to the neighbourhood of the caret when long.
  private func excerpt(_ range: SourceRange) -> [String] {
    let file = range.file
    let start = min(max(0, range.bytes.lowerBound), file.byteCount)
    let line = file.lineIndex(at: start)
    let content = file.lineContent(line)
    let lineStart = max(content.lowerBound, start - Self.reach)
    let lineEnd = min(content.upperBound, start + Self.reach)
    guard lineStart <= lineEnd else { return [] }
    let cut = (lineStart > content.lowerBound ? "…" : "", lineEnd < content.upperBound ? "…" : "")
    let before = cut.0 + Self.shown(file[lineStart..<min(start, lineEnd)])
    let markedEnd = max(start, min(range.bytes.upperBound, lineEnd))
    let marked = Self.shown(file[min(start, lineEnd)..<markedEnd])
    let after = Self.shown(file[markedEnd..<max(markedEnd, lineEnd)]) + cut.1
    let number = String(line + 1)
    let margin = String(repeating: " ", count: number.count)
    let carets = String(repeating: "^", count: max(1, marked.displayWidth))
    let indent = String(repeating: " ", count: before.displayWidth)
    return [
      "  \(number) | \(before)\(marked)\(after)",
      "  \(margin) | \(indent)\(color ? "\u{1B}[32m\(carets)\u{1B}[0m" : carets)",
    ]
  }

  /// Bytes of context on each side of a caret.
  private static let reach = 160

  private static func shown(_ text: String) -> String {
    text.replacingTabs.escapingControlCharacters
  }

  private func paint(_ label: String, _ severity: Diagnostic.Severity) -> String {
    guard color else { return label }
    let code =
      switch severity {
      case .error: "31"
      case .warning: "33"
      case .note: "36"
      }
    return "\u{1B}[1;\(code)m\(label)\u{1B}[0m"
  }
}

extension String {
  fileprivate var replacingTabs: String {
    contains("\t") ? String(flatMap { $0 == "\t" ? "    " : String($0) }) : self
  }
}
