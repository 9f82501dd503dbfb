/// What each diagnostic means, at more length than its message.
///
/// The rule, why it is one, and how to keep it; `assay explain ID` prints it.
package enum DiagnosticGuide {
  /// Every identifier that the guide explains, sorted.
  package static let identifiers: [String] = rules.map(\.id).sorted()

  /// The printed explanation: the headline `ID: rule`, a blank line, and paragraphs, all within 80
  /// columns, with a line feed at the end; nil for an unknown identifier.
  package static func text(about id: String) -> String? {
    rulesByIdentifier[id].map(text)
  }

  private static let rules: [Rule] =
    yamlRules + experimentRules + expressionRules + planRules + bertRules + notebookRules
    + generatedTextRules
    + dataRules + limitRules + runRules + reportRules + fileRules + checkRules
    + storeRules + diffRules

  private static let rulesByIdentifier = Dictionary(
    rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  // MARK: Printing

  private static func text(_ rule: Rule) -> String {
    var blocks = [wrapped("\(rule.id): \(rule.rule)")]
    let lines = rule.explanation.split(separator: "\n", omittingEmptySubsequences: false)
    blocks += lines.split(whereSeparator: \.isEmpty).map { wrapped($0.joined(separator: " ")) }
    let examples = [("wrong", rule.wrong), ("right", rule.right)].compactMap { label, example in
      example.map { Self.example(label, $0) }
    }
    if !examples.isEmpty { blocks.append(examples.joined(separator: "\n")) }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// The lines of an example beside its label.
  private static func example(_ label: String, _ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { index, line in
      "  " + (index == 0 ? label : "").padded(to: 7) + line
    }.joined(separator: "\n")
  }

  /// Words in lines of at most ``columns``; a longer word has a line of its own.
  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if line.displayWidth + 1 + String(word).displayWidth <= columns {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines.joined(separator: "\n")
  }

  private static let columns = 80
}

extension DiagnosticGuide {
  /// One explained rule.
  struct Rule: Sendable {
    /// The diagnostic's identifier.
    let id: String
    /// The rule in one sentence, without a full stop.
    let rule: String
    /// Why, and how to mend it: paragraphs set apart by blank lines, wrapped when printed.
    let explanation: String
    /// Lines of a notebook that break the rule; nil where an example would not help.
    let wrong: String?
    /// The same, mended.
    let right: String?

    init(
      _ id: String, _ rule: String, _ explanation: String, wrong: String? = nil,
      right: String? = nil
    ) {
      self.id = id
      self.rule = rule
      self.explanation = explanation
      self.wrong = wrong
      self.right = right
    }
  }
}
