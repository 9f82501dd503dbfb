internal import Mustache

/// Values by name, as templates ask for them.
///
/// The library finds out by casts what it is given. With types of our own they take a look at a
/// table; with dictionaries and texts each takes the runtime a search.
struct TemplateFields: MustacheParent {
  private let values: [String: Any]

  /// - Parameter values: texts, lists of texts, lists of such dictionaries.
  init(_ values: [String: Any]) {
    self.values = values
  }

  func child(named name: String) -> Any? {
    switch values[name] {
    case let text as String: TemplateText(renderText: text)
    case let texts as [String]: texts.map(TemplateText.init)
    case let list as [[String: Any]]: list.map(TemplateFields.init)
    case let value: value
    }
  }
}

/// A text to print or to transform.
private struct TemplateText: MustacheCustomRenderable, MustacheTransformable {
  let renderText: String

  var isNull: Bool { false }

  func transform(_ name: String) -> Any? { renderText.transform(name) }
}
