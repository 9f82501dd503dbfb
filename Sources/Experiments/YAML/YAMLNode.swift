package import Diagnostics

/// A node of a block's YAML that knows where it stands in the notebook.
///
/// Scalars are text: what they mean is decided by the field that they are given to, never by
/// YAML's own resolver. Anchors, aliases and tags do not exist here.
package struct YAMLNode: Sendable {
  /// How a scalar is written.
  package enum Style: Sendable, Hashable { case plain, quoted, block }

  package indirect enum Content: Sendable {
    /// `content` is the range without quotes when each of its bytes is one of the text, else nil.
    case scalar(String, Style, content: SourceRange?)
    case sequence([YAMLNode])
    case mapping([Pair])
  }

  /// A key and its value.
  package struct Pair: Sendable {
    package let key: String
    package let keyRange: SourceRange
    package var value: YAMLNode

    package init(key: String, keyRange: SourceRange, value: YAMLNode) {
      self.key = key
      self.keyRange = keyRange
      self.value = value
    }
  }

  package var content: Content
  package let range: SourceRange
  /// The notebook whose names the node's references mean.
  package let scope: NameScope

  package init(_ content: Content, at range: SourceRange, scope: NameScope) {
    self.content = content
    self.range = range
    self.scope = scope
  }

  /// An empty value.
  package static func missing(at range: SourceRange) -> YAMLNode {
    YAMLNode(.scalar("", .plain, content: nil), at: range, scope: .root)
  }
}

/// The prefix that whole names have in front of the names of one notebook: empty for the notebook
/// that is rendered, `bert/` for one used as `bert`.
package final class NameScope: Sendable {
  package let prefix: String

  package init(prefix: String) {
    self.prefix = prefix
  }

  package static let root = NameScope(prefix: "")
}

extension YAMLNode {
  /// The text of a scalar.
  package var text: String? {
    guard case .scalar(let text, _, _) = content else { return nil }
    return text
  }

  /// The text of a scalar that is written without quotes.
  package var plainText: String? {
    guard case .scalar(let text, .plain, _) = content else { return nil }
    return text
  }

  /// Whether nothing is written where a value should be.
  package var isMissing: Bool { plainText?.isEmpty ?? false }

  package var pairs: [Pair]? {
    guard case .mapping(let pairs) = content else { return nil }
    return pairs
  }

  package var items: [YAMLNode]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }

  /// The pair of a key.
  package func pair(_ key: String) -> Pair? { pairs?.first { $0.key == key } }

  /// The value of a key.
  package subscript(key: String) -> YAMLNode? { pair(key)?.value }

  /// What the node is, for messages.
  package var nounPhrase: String {
    switch content {
    case .scalar(let text, .plain, _) where text.isEmpty: "nothing"
    case .scalar(let text, _, _): "`\(text.abbreviated)`"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The same mapping with `key` set to `value`: in its place if it was there, else at the end.
  package func setting(_ key: String, at keyRange: SourceRange, to value: YAMLNode) -> YAMLNode {
    var pairs = pairs ?? []
    let pair = Pair(key: key, keyRange: keyRange, value: value)
    if let index = pairs.firstIndex(where: { $0.key == key }) {
      pairs[index] = pair
    } else {
      pairs.append(pair)
    }
    return YAMLNode(.mapping(pairs), at: range, scope: scope)
  }

  /// The same mapping without some keys; any other node unchanged.
  package func removing(where isRemoved: (String) -> Bool) -> YAMLNode {
    guard let pairs else { return self }
    return YAMLNode(.mapping(pairs.filter { !isRemoved($0.key) }), at: range, scope: scope)
  }

  /// The node as flow-style YAML on one line: for labels and messages.
  package var flowText: String {
    switch content {
    case .scalar(let text, let style, _):
      style == .plain || text.isPlainYAML ? text : text.quotedForYAML
    case .sequence(let items): "[" + items.map(\.flowText).joined(separator: ", ") + "]"
    case .mapping(let pairs):
      "{" + pairs.map { "\($0.key): \($0.value.flowText)" }.joined(separator: ", ") + "}"
    }
  }
}

extension String {
  /// At most 40 characters, for a message.
  package var abbreviated: String {
    count <= 40 ? self : prefix(39) + "…"
  }
}
