import Diagnostics
import Notebooks

// The messages about YAML itself. Each states the rule, then the way out.

extension Diagnostic {
  static func fullWidth(_ range: SourceRange, _ wide: String, _ ascii: String) -> Diagnostic {
    Diagnostic(
      "yaml.full-width", "YAML is written with ASCII punctuation; here is a full-width `\(wide)`",
      at: range, notes: [Note("to mean it as text, put the whole text in \"…\"")],
      suggestion: ascii)
  }

  static func indentation(_ range: SourceRange, _ bytes: ArraySlice<UInt8>) -> Diagnostic {
    let name: String
    switch bytes.first {
    case .tab: name = "a tab"
    case 0xC2: name = "a no-break space (U+00A0)"
    default: name = "an ideographic space (U+3000)"
    }
    return Diagnostic(
      "yaml.indentation", "Lines are indented with spaces; here is \(name)", at: range)
  }

  static func space(_ range: SourceRange) -> Diagnostic {
    let name =
      range.text.unicodeScalars.contains("\u{3000}")
      ? "an ideographic space (U+3000)" : "a no-break space (U+00A0)"
    return Diagnostic(
      "yaml.space", "Keys and values are set apart by plain spaces; here is \(name)", at: range)
  }

  static func anchor(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml.anchor", "Blocks have no YAML anchors", at: range,
      notes: [Note("give the component a block of its own and refer to it by name")])
  }

  static func yamlAlias(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml.alias", "Blocks have no YAML aliases", at: range,
      notes: [
        Note("refer to a block by its name, or copy it with `like: NAME`"),
        Note("to begin a text with `*`, put it in quotes"),
      ])
  }

  static func tag(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml.tag", "Blocks have no YAML tags; the field decides the type", at: range,
      notes: [Note("to begin a text with `!`, put it in quotes")])
  }

  static func mergeKey(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml.merge-key", "Blocks have no merge key `<<`", at: range,
      notes: [Note("`like: NAME` copies a block and merges what follows")])
  }

  static func document(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml.document", "A block is one YAML document, without `---` or `...`", at: range)
  }

  static func directive(_ range: SourceRange) -> Diagnostic {
    Diagnostic("yaml.directive", "Blocks have no YAML directives (`%`)", at: range)
  }

  static func complexKey(_ range: SourceRange) -> Diagnostic {
    Diagnostic("yaml.key", "A key is a plain word before a colon", at: range)
  }

  static func missingSpace(_ range: SourceRange) -> Diagnostic {
    Diagnostic("yaml.missing-space", "A key's colon is followed by a space", at: range)
  }

  static func colonInText(_ range: SourceRange, text: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml.colon", "A text that holds `: ` stands in quotes", at: range,
      notes: [
        Note("this text", at: text),
        Note("for a mapping inside a mapping, begin a new line or write {key: value}"),
      ])
  }

  static func lineWithoutColon(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml.syntax", "A line of a mapping is `key: value`", at: range,
      notes: [Note("after the key stand a colon and a space")])
  }

  static func trailing(_ range: SourceRange, _ closer: String) -> Diagnostic {
    Diagnostic("yaml.syntax", "After the closing \(closer) the line ends", at: range)
  }

  static func unclosed(
    _ range: SourceRange, _ opener: String, wide: SourceRange?
  ) -> Diagnostic {
    Diagnostic(
      "yaml.unclosed", "This `\(opener)` is never closed", at: range,
      notes: wide.map { [Note("a full-width `”` does not close it", at: $0)] } ?? [])
  }

  static func mismatch(_ range: SourceRange, _ closer: String) -> Diagnostic {
    Diagnostic(
      "yaml.unclosed", "This `\(closer)` does not close the last bracket that was opened",
      at: range)
  }

  static func controlCharacter(_ range: SourceRange, _ text: String) -> Diagnostic {
    let value = text.unicodeScalars.first?.value ?? 0
    let digits = String(value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return Diagnostic(
      "yaml.control-character", "Blocks hold no control characters; here is \(name)", at: range)
  }

  static func tooDeep(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml.too-deep", "A block nests at most \(YAMLScan.maximumDepth) levels deep", at: range)
  }

  static func tooManyKeys(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml.too-large", "A mapping has at most \(YAMLScan.maximumKeys) keys", at: range)
  }

  static func tooLarge(_ source: MappedText) -> Diagnostic {
    Diagnostic(
      "yaml.too-large", "A block has at most \(YAMLScan.maximumBytes) bytes",
      at: source.range(0..<0))
  }

  static func notAMapping(_ node: YAMLNode, _ what: String) -> Diagnostic {
    Diagnostic(
      "yaml.mapping", "\(what) is a mapping, lines of `key: value`, not \(node.nounPhrase)",
      at: node.range)
  }

  /// An error of libyaml, put as a rule.
  static func syntax(_ problem: String, context: String?, at range: SourceRange) -> Diagnostic {
    let (rule, hint) = syntaxRule(problem, context)
    return Diagnostic("yaml.syntax", rule, at: range, notes: hint.map { [Note($0)] } ?? [])
  }

  private static func syntaxRule(_ problem: String, _ context: String?) -> (String, String?) {
    switch problem {
    case "mapping values are not allowed in this context":
      return (
        "A key stands at the beginning of a line, or after `{` or `,`",
        "indent it like its neighbours, or put a text that holds `: ` in quotes"
      )
    case "could not find expected ':'":
      return ("A line of a mapping is `key: value`", "after the key stand a colon and a space")
    case "did not find expected key":
      return (
        "The lines of a mapping or list begin in the same column",
        "indent this line like its neighbours"
      )
    case "did not find expected '-' indicator":
      return (
        "The items of a list begin with `- ` in the same column",
        "indent this line like its neighbours"
      )
    case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
      return ("Items in brackets are set apart by commas", nil)
    case "block sequence entries are not allowed in this context":
      return ("A list of `- ` items begins on a line of its own", nil)
    case "found character that cannot start any token":
      return ("A text that begins with this character stands in quotes", nil)
    case "found unknown escape character":
      return (
        "In double quotes a backslash begins an escape",
        "write `\\\\` for a backslash, or use single quotes"
      )
    default:
      let detail = context.map { "\($0): \(problem)" } ?? problem
      return ("This is not YAML (\(detail))", nil)
    }
  }
}
