package import Diagnostics

/// A place in the prose that shows a result: an inline value or a cross reference.
package struct Inline: Sendable {
  /// What the inline asks for.
  package enum Kind: Sendable {
    /// `{= expression }`: the expression without the spaces around it.
    case value(expression: MappedText)
    /// `[](#target)`: what follows the `#`.
    case reference(target: MappedText)
  }

  /// Position among the inlines of the notebook, from 0.
  package let index: Int
  package let kind: Kind
  /// Bytes of the file: the span or link, and in a rendered document the comment after it.
  package let range: SourceRange
  /// The text shown in a rendered document; nil in a notebook that was not rendered.
  package let shown: String?
  /// What a notebook that was not rendered has here, byte for byte.
  package let source: String
}
