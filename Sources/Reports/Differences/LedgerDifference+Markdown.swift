package import Experiments

extension LedgerDifference {
  /// Markdown tables, fit for a comment on a pull request: values with deltas, what changed, claims.
  ///
  /// - Parameter name: of the notebook, for the heading.
  package func markdown(name: String) -> String {
    var parts = ["### \(name.markdownCodeSpan)", sentence]
    if !values.isEmpty { parts.append(PipeTable.text(valueTable)) }
    if !changes.isEmpty { parts.append(PipeTable.text(changeTable)) }
    if !claims.isEmpty { parts.append(PipeTable.text(claimTable)) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var sentence: String {
    if isEmpty { return "No difference in \(Self.count(sameValues, "value"))." }
    var sentences: [String] = []
    let all = values.count + sameValues
    sentences.append("\(values.count) of \(Self.count(all, "value")) differ.")
    func list(_ names: [String], _ verb: String) {
      guard !names.isEmpty else { return }
      sentences.append(names.map(\.markdownCodeSpan).joined(separator: ", ") + " \(verb).")
    }
    list(addedBlocks, addedBlocks.count == 1 ? "is new" : "are new")
    list(removedBlocks, removedBlocks.count == 1 ? "is gone" : "are gone")
    list(otherResults, "differ\(otherResults.count == 1 ? "s" : "") in a series or a matrix")
    return sentences.joined(separator: " ")
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private var valueTable: PrintedTable {
    PrintedTable(
      columns: ["block", "value", "before", "after", "delta", "relative"],
      rows: values.map { value in
        let (before, after) = Self.texts(value.before, value.after)
        return [
          value.block, value.path, before, after, value.delta.map(\.signedText) ?? "",
          value.relative.map { ($0 * 100).signedText + " %" } ?? "",
        ]
      },
      isNumeric: [false, false, true, true, true, true])
  }

  private var changeTable: PrintedTable {
    PrintedTable(
      columns: ["block", "changed"], rows: changes.map { [$0.block, $0.cause.text] },
      isNumeric: [false, false])
  }

  private var claimTable: PrintedTable {
    PrintedTable(
      columns: ["block", "claim", "before", "after"],
      rows: claims.map {
        [$0.block, $0.text, $0.before?.rawValue ?? "—", $0.after?.rawValue ?? "—"]
      },
      isNumeric: [false, false, false, false])
  }

  /// Two numbers with six digits each, or all of them where six would look the same.
  private static func texts(_ before: Double?, _ after: Double?) -> (String, String) {
    let short = { (number: Double?) in number.map { NumberFormat.general(6).text($0) } ?? "—" }
    guard let before, let after, short(before) == short(after) else {
      return (short(before), short(after))
    }
    return (before.plainDescription, after.plainDescription)
  }
}

extension Double {
  /// Three digits with a sign.
  fileprivate var signedText: String {
    (self > 0 ? "+" : "") + NumberFormat.general(3).text(self)
  }
}

extension PrintedTable {
  /// A table of texts.
  fileprivate init(columns: [String], rows: [[String]], isNumeric: [Bool]) {
    self.columns = columns
    self.rows = rows
    self.isNumeric = isNumeric
  }
}
