package import Experiments

/// The characters that text plots are drawn with: pure ASCII, or box drawing, blocks and braille.
///
/// Names from data keep their own characters in both.
package typealias Charset = NotebookSettings.Charset

/// The language of generated words.
package typealias Language = NotebookSettings.Language

extension Charset {
  /// What replaces the middle of a label that is too long.
  var ellipsis: String { self == .ascii ? ".." : "…" }
}
