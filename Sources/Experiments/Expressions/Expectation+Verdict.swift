package import Diagnostics

extension Expectation {
  /// Whether a claim is true of the results, and the numbers that decide it.
  package struct Verdict: Sendable {
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
      case holds
      case fails
      /// A number is missing: an unknown name, a failed block, a division by zero, NaN.
      case cannotBeJudged = "cannot be judged"
    }

    /// The claim as written.
    package let text: String
    package let outcome: Outcome
    /// Both sides of every comparison in the claim.
    package let comparisons: [Side]
    package let diagnostics: [Diagnostic]

    /// The two sides of a comparison as numbers and as they are printed.
    package struct Side: Sendable, Hashable {
      package let comparison: Evaluation.Comparison
      package let leftText: String
      package let rightText: String
    }
  }

  /// The expression, which must be one that is true or false.
  package func parsed() -> (expression: Expression?, diagnostics: [Diagnostic]) {
    let source = ExpressionSource(self)
    let (expression, diagnostics) = Expression.parse(source)
    guard let expression, expression.kind == .number else { return (expression, diagnostics) }
    let diagnostic = Diagnostic(
      .error, "expression.type", "An expectation is a comparison",
      at: source.range(0..<text.utf8.count), suggestion: "\(text) > 0")
    return (nil, diagnostics + [diagnostic])
  }

  /// What is wrong with the claim before anything has run.
  package func check(against outlines: ResultOutlines) -> [Diagnostic] {
    let (expression, diagnostics) = parsed()
    return diagnostics + (expression?.check(against: outlines) ?? [])
  }

  /// Judges the claim.
  ///
  /// - Parameters:
  ///   - scope: results of all blocks.
  ///   - own: name of the block that makes the claim.
  package func judged(in scope: ResultScope, own: String) -> Verdict {
    let (expression, diagnostics) = parsed()
    guard let expression else {
      return Verdict(
        text: text, outcome: .cannotBeJudged, comparisons: [], diagnostics: diagnostics)
    }
    let evaluation = expression.evaluate(in: scope, own: own)
    let outcome: Verdict.Outcome =
      switch evaluation.value {
      case .truth(true): .holds
      case .truth(false): .fails
      case .number, nil: .cannotBeJudged
      }
    let sides = evaluation.comparisons.map { comparison in
      let format = expression.format ?? Self.format(for: comparison)
      return Verdict.Side(
        comparison: comparison, leftText: format.text(comparison.left),
        rightText: format.text(comparison.right))
    }
    return Verdict(
      text: text, outcome: outcome, comparisons: sides,
      diagnostics: diagnostics + evaluation.diagnostics)
  }

  /// The usual format, with more digits where it would print both sides alike though they differ.
  private static func format(for comparison: Evaluation.Comparison) -> NumberFormat {
    let standard = NumberFormat.standard(for: comparison.quantity)
    let candidates: [NumberFormat] =
      comparison.quantity == .ratio
      ? [standard, .percent(2), .percent(3), .percent(4), .general(17)]
      : [standard, .general(6), .general(9), .general(17)]
    if comparison.left == comparison.right { return standard }
    return candidates.first { $0.text(comparison.left) != $0.text(comparison.right) } ?? standard
  }
}
