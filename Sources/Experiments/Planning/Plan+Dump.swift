internal import Diagnostics

extension Plan {
  /// The plan as a table in plain text, one step a line, for `assay plan` and for tests.
  ///
  /// Columns are block, step, what it depends on, the first twelve digits of the fingerprint,
  /// operations and parameters; the last line sums up. Steps whose fingerprint has occurred before
  /// are marked `=`: they are not computed twice.
  package func dump() -> String {
    var rows = [["block", "step", "depends on", "fingerprint", "flop", "parameters"]]
    var seen: Set<Fingerprint> = []
    for step in steps {
      let isFirst = seen.insert(step.fingerprint).inserted
      rows.append([
        step.block, Self.title(of: step), Self.dependencies(of: step),
        step.fingerprint.prefix() + (isFirst ? "" : " ="),
        step.cost.flop == 0 ? "" : step.cost.flop.magnitudeText,
        step.cost.parameters == 0 ? "" : step.cost.parameters.magnitudeText,
      ])
    }
    let shown = rows.map { row in row.map { $0.escapingControlCharacters } }
    var widths = [Int](repeating: 0, count: 6)
    for row in shown {
      for (column, cell) in row.enumerated() {
        widths[column] = max(widths[column], cell.displayWidth)
      }
    }
    var text = ""
    for row in shown {
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.displayWidth)
        line += (column >= 4 ? padding + cell : cell + padding) + "  "
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    let count = steps.count == 1 ? "1 step" : "\(steps.count) steps"
    return text + "\(count), \(seen.count) different, about \(totalCost.flop.magnitudeText) flop, "
      + "\(totalCost.bytes.magnitudeText) bytes at most; numerics \(numericsVersion)\n"
  }

  /// What the step reads; of many inputs the first and last, as of ten repeats.
  private static func dependencies(of step: Step) -> String {
    let names = step.inputs.map(\.description)
    guard names.count > 3, let first = names.first, let last = names.last else {
      return names.joined(separator: ", ")
    }
    return "\(first) … \(last) (\(names.count))"
  }

  private static func title(of step: Step) -> String {
    guard let index = step.work.repeatIndex else { return step.kind.rawValue }
    return "\(step.kind.rawValue) #\(index)"
  }
}
