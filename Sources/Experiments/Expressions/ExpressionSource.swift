package import Diagnostics
package import Notebooks

/// The text of an expression and where each of its bytes stands in the notebook.
package struct ExpressionSource: Sendable {
  package let text: String
  private let place: Place

  private enum Place: Sendable {
    case mapped(MappedText)
    /// Byte i of the text is byte i of the range.
    case verbatim(SourceRange)
    /// The text was put together (a quoted or folded YAML scalar): only the whole has a place.
    case whole(SourceRange)
  }

  /// An inline value.
  package init(_ text: MappedText) {
    self.text = text.text
    place = .mapped(text)
  }

  /// An item of `expect:`.
  package init(_ expectation: Expectation) {
    text = expectation.text
    place = expectation.isVerbatim ? .verbatim(expectation.range) : .whole(expectation.range)
  }

  /// Where some bytes of the text stand.
  package func range(_ bytes: Range<Int>) -> SourceRange {
    switch place {
    case .mapped(let text): return text.range(bytes)
    case .whole(let range): return range
    case .verbatim(let range):
      let start = range.bytes.lowerBound
      return SourceRange(range.file, start + bytes.lowerBound..<start + bytes.upperBound)
    }
  }

  /// Some bytes of the text, as text.
  func text(of bytes: Range<Int>) -> String {
    let all = Array(text.utf8)
    return String(
      decoding: all[min(bytes.lowerBound, all.count)..<min(bytes.upperBound, all.count)],
      as: UTF8.self)
  }
}
