/// Which columns or members hold a document's text, its second text, and what it is predicted as.
package struct TextFields: Sendable, Hashable {
  package var text: String
  /// Nil: documents are single texts.
  package var textPair: String?
  /// Nil: documents have no labels.
  package var target: Dataset.Target?

  package init(text: String, textPair: String? = nil, target: Dataset.Target? = nil) {
    self.text = text
    self.textPair = textPair
    self.target = target
  }

  /// All names, in the order text, pair, targets.
  var names: [String] { [text] + [textPair].compactMap(\.self) + (target?.columnNames ?? []) }
}
