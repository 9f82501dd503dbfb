internal import Diagnostics

/// Finds what is wrong with a template that somebody wrote, each fault at its place.
enum TemplateCheck {
  /// Sections inside each other that a template may have.
  static let deepest = 16
  /// Bytes that a template may have.
  static let longest = 256 * 1024

  /// A `{{…}}` of the text.
  private struct Tag {
    /// `#`, `^`, `/`, `!`, `&`, `{` or a blank for a plain variable.
    let sigil: Character
    let name: String
    let range: Range<Int>
  }

  /// - Parameter builtIn: the text of the template that is replaced; its names are the ones allowed.
  static func faults(of file: SourceFile, like builtIn: String) -> [Diagnostic] {
    guard file.byteCount <= longest else {
      return [
        Diagnostic(
          .error, "template.size", "A template has at most \(longest) bytes",
          at: SourceRange(file, 0..<0))
      ]
    }
    let known = tags(of: SourceFile(path: "", text: builtIn)).tags.map(\.name).uniqued
      .filter { !$0.isEmpty }
    var (found, diagnostics) = tags(of: file)
    found.removeAll { $0.sigil == "!" }
    var open: [Tag] = []
    for tag in found {
      let range = SourceRange(file, tag.range)
      if !"#^/&{ ".contains(tag.sigil) {
        diagnostics.append(.unsupportedTag(tag.sigil, at: range))
        continue
      }
      if tag.name != ".", !known.contains(tag.name) {
        diagnostics.append(.unknownName(tag.name, known: known, at: range))
      }
      switch tag.sigil {
      case "#", "^":
        open.append(tag)
        if open.count == deepest + 1 { diagnostics.append(.tooDeep(at: range)) }
      case "/":
        if open.popLast()?.name != tag.name {
          diagnostics.append(.wrongEnd(tag.name, at: range))
          return diagnostics
        }
      default: break
      }
    }
    diagnostics += open.map { .unclosed($0.name, at: SourceRange(file, $0.range)) }
    return diagnostics
  }

  private static func tags(of file: SourceFile) -> (tags: [Tag], diagnostics: [Diagnostic]) {
    let bytes = Array(file.text.utf8)
    let (opening, closing) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    var tags: [Tag] = []
    var index = 0
    while index + 1 < bytes.count {
      guard bytes[index] == opening, bytes[index + 1] == opening else {
        index += 1
        continue
      }
      var end = index + 2
      while end + 1 < bytes.count, !(bytes[end] == closing && bytes[end + 1] == closing) {
        end += 1
      }
      guard end + 1 < bytes.count else {
        return (tags, [.unclosedTag(at: SourceRange(file, index..<(index + 2)))])
      }
      let inner = String(decoding: bytes[(index + 2)..<end], as: UTF8.self)
      let sigil = inner.first.flatMap { "#^/!&{><$=%*".contains($0) ? $0 : nil }
      if sigil == "{" {
        guard end + 2 < bytes.count, bytes[end + 2] == closing else {
          return (tags, [.unclosedTag(at: SourceRange(file, index..<(end + 2)))])
        }
        end += 1
      }
      let name = inner.dropFirst(sigil == nil ? 0 : 1)
      tags.append(
        Tag(
          sigil: sigil ?? " ", name: name.split(separator: " ").joined(separator: " "),
          range: index..<(end + 2)))
      index = end + 2
    }
    return (tags, [])
  }
}

extension Diagnostic {
  fileprivate static func unclosedTag(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "template.syntax", "A tag of a template ends with as many braces as it begins with",
      at: range)
  }

  fileprivate static func unsupportedTag(_ sigil: Character, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "template.syntax", "Templates do not use `{{\(sigil) … }}`", at: range,
      notes: [Note("allowed: variables, `{{{ }}}`, sections `#` and `^`, comments `!`")])
  }

  fileprivate static func unknownName(
    _ name: String, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .error, "template.unknown-variable", "This template has no value `\(name)`", at: range,
      notes: [Note("values: \(known.filter { $0 != "." }.joined(separator: ", "))")],
      suggestion: nearestName(to: name, among: known))
  }

  fileprivate static func tooDeep(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "template.depth", "At most \(TemplateCheck.deepest) sections stand inside each other",
      at: range)
  }

  fileprivate static func wrongEnd(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "template.syntax", "`{{/\(name)}}` ends the section that was opened last", at: range)
  }

  fileprivate static func unclosed(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "template.syntax", "The section `\(name)` is closed by `{{/\(name)}}`", at: range)
  }
}
