import Diagnostics

/// A value of `$name` given on the command line.
package struct ParameterOverride: Sendable, Hashable {
  package let name: String
  package let text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// Puts the values of a notebook's parameters where `$name` stands.
struct ParameterSubstitution {
  let parameters: [String: String]
  /// Names in the order of the front matter, for messages.
  let names: [String]

  init(_ parameters: [NotebookSettings.Parameter]) {
    self.parameters = Dictionary(
      parameters.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    names = parameters.map(\.name)
  }

  /// A block with every whole scalar `$name` replaced, and `$name` within captions.
  func block(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> YAMLNode {
    guard let pairs = node.pairs else { return node }
    var result = node
    result.content = .mapping(
      pairs.map { pair in
        var pair = pair
        switch pair.key {
        case "caption": pair.value = prose(pair.value, &diagnostics)
        case "profiles":
          if let profiles = pair.value.pairs {
            pair.value.content = .mapping(
              profiles.map { profile in
                var profile = profile
                profile.value = block(profile.value, &diagnostics)
                return profile
              })
          }
        default: pair.value = replaced(pair.value, &diagnostics)
        }
        return pair
      })
    return result
  }

  private func replaced(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> YAMLNode {
    var result = node
    switch node.content {
    case .scalar(let text, let style, _):
      guard text.utf8.first == UInt8(ascii: "$") else { return node }
      let name = String(text.dropFirst())
      if name.utf8.first == UInt8(ascii: "$"), String(name.dropFirst()).isParameterName {
        result.content = .scalar(name, style, content: nil)
      } else if name.isParameterName {
        guard let value = parameters[name] else {
          diagnostics.append(.unknownParameter(name, at: node.range, among: names))
          return node
        }
        result.content = .scalar(value, .plain, content: nil)
      }
    case .sequence(let items):
      result.content = .sequence(items.map { replaced($0, &diagnostics) })
    case .mapping(let pairs):
      result.content = .mapping(
        pairs.map { pair in
          var pair = pair
          pair.value = replaced(pair.value, &diagnostics)
          return pair
        })
    }
    return result
  }

  /// A title or caption with each `$name` in it replaced; `$…$` of mathematics stays.
  func prose(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> YAMLNode {
    guard case .scalar(let text, let style, let content) = node.content,
      text.utf8.contains(UInt8(ascii: "$"))
    else { return node }
    var result = ""
    var rest = Substring(text)
    while let dollar = rest.unicodeScalars.firstIndex(of: "$") {
      result += rest[..<dollar]
      let after = rest[rest.unicodeScalars.index(after: dollar)...]
      let name = String(after.unicodeScalars.prefix { $0.isNameScalar })
      let behind = after.unicodeScalars.dropFirst(name.unicodeScalars.count)
      if behind.first != "$", let value = parameters[name] {
        result += value
        rest = Substring(behind)
        continue
      }
      if let formula = mathematics(after) {
        result += "$" + formula + "$"
        rest = after.dropFirst(formula.count + 1)
        continue
      }
      if name.isParameterName {
        let place = content.map {
          let start = $0.bytes.lowerBound + text.utf8.distance(from: text.startIndex, to: dollar)
          return SourceRange($0.file, start..<start + 1 + name.utf8.count)
        }
        diagnostics.append(.unknownParameter(name, at: place ?? node.range, among: names))
      }
      result += "$"
      rest = after
    }
    var replaced = node
    // The text is the source's no longer, so no place inside it can be named.
    replaced.content = .scalar(result + rest, style, content: nil)
    return replaced
  }

  /// What stands before the `$` that closes a formula, by Pandoc's rule: no space inside the
  /// dollars, no digit after them.
  private func mathematics(_ text: Substring) -> String? {
    guard let first = text.first, !first.isWhitespace, first != "$" else { return nil }
    guard let close = text.firstIndex(of: "$") else { return nil }
    let inside = text[..<close]
    guard let last = inside.last, !last.isWhitespace else { return nil }
    if let next = text[text.index(after: close)...].first, next.isNumber { return nil }
    return String(inside)
  }
}

extension Diagnostic {
  fileprivate static func unknownParameter(
    _ name: String, at range: SourceRange, among names: [String]
  ) -> Diagnostic {
    Diagnostic(
      "experiment.unknown-parameter",
      "`$\(name)` needs a value under `params:` of the front matter", at: range,
      notes: names.isEmpty
        ? [Note("to mean a text that begins with `$`, write `$$\(name)`")]
        : [Note("parameters: \(names.joined(separator: ", "))")],
      suggestion: nearestName(to: name, among: names).map { "$" + $0 })
  }

  static func unusedOverride(
    _ name: String, among names: [String], at start: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "experiment.unknown-parameter",
      "-P \(name)=… needs a parameter `\(name)` in the front matter", at: start,
      notes: names.isEmpty ? [] : [Note("parameters: \(names.joined(separator: ", "))")],
      suggestion: nearestName(to: name, among: names))
  }
}
