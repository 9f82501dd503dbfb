package import Diagnostics

/// A fenced code block whose info string is `experiment NAME` or `yaml experiment NAME`.
package struct ExperimentBlock: Sendable {
  /// Position among the blocks of the notebook, from 0.
  package let index: Int
  /// The name as written; lawful (``BlockName``) unless a diagnostic says otherwise.
  package let name: String
  /// Where the name stands in the opening fence.
  package let nameRange: SourceRange
  /// Bytes of the file from the opening fence to the end of the closing fence's line.
  package let range: Range<Int>
  /// The YAML between the fences, container indentation removed.
  package let body: MappedText
  /// White space that puts a line into the list item that holds the block; empty outside lists.
  package let indentation: String
  /// False when the fence never closes: an error, and such a block gets no region.
  package let isClosed: Bool
  /// The line ending that text generated after the block uses: LF, CRLF or CR.
  package let lineEnding: String

  /// Whether the block stands in a list item, where a region must not hold blank lines.
  package var isInListItem: Bool { !indentation.isEmpty }
}
