internal import Diagnostics
internal import Experiments

/// Prints a confusion matrix with characters: at most 80 columns, recall and precision beside it.
package struct TextConfusionMatrix {
  private let matrix: ConfusionMatrix
  private let charset: Charset
  private let labels: Labels
  private let names: [String]
  private let nameWidth: Int

  /// With more classes than this the matrix gives way to the list of the most frequent mistakes.
  static let classLimit = 30
  /// Length of that list.
  static let mistakeLimit = 20

  package static func text(_ matrix: ConfusionMatrix, charset: Charset, labels: Labels) -> String {
    guard !matrix.labels.isEmpty else { return labels.noPoints }
    let printer = TextConfusionMatrix(matrix, charset, labels)
    return matrix.labels.count > classLimit ? printer.mistakeList : printer.panels
  }

  private init(_ matrix: ConfusionMatrix, _ charset: Charset, _ labels: Labels) {
    self.matrix = matrix
    self.charset = charset
    self.labels = labels
    names = matrix.labels.map { $0.escapedForFence }
    nameWidth = min(
      20,
      max(
        names.map(\.displayWidth).max() ?? 0, labels.precision.displayWidth,
        labels.trueClass.displayWidth))
  }

  // MARK: - The matrix

  /// The columns, in as many panels below each other as the width asks for.
  private var panels: String {
    let widestCount = matrix.counts.flatMap { $0 }.map { String($0).utf8.count }.max() ?? 1
    let recallWidth = max(6, labels.recall.displayWidth)
    let room = TextLines.maximalWidth - nameWidth - recallWidth - 5
    let widestName = names.map(\.displayWidth).max() ?? 1
    let precisionWidth = 5
    let least = max(widestCount, precisionWidth) + 1
    // Wide enough for the names when everything fits, else as narrow as the numbers allow.
    let fitting = room / max(1, names.count)
    let cell = min(max(least, min(widestName, 12) + 1), max(least, min(room, max(fitting, 8))))
    let perPanel = max(1, room / cell)
    var lines = TextLines()
    var start = 0
    while start < names.count {
      let end = min(names.count, start + perPanel)
      append(columns: start..<end, cell: cell, isLast: end == names.count, to: &lines)
      start = end
    }
    return lines.text
  }

  private func append(
    columns: Range<Int>, cell: Int, isLast: Bool, to lines: inout TextLines
  ) {
    let border = charset == .ascii ? "|" : "│"
    let head = columns.map {
      names[$0].shortened(to: cell - 1, mark: charset.ellipsis).leftPadded(to: cell)
    }
    let body = columns.count * cell
    let title = labels.predictedClass
    let shift = max(0, (body - title.displayWidth + 1) / 2)
    lines.append(
      "".padded(to: nameWidth + 2) + String(repeating: " ", count: shift) + title)
    lines.append(
      labels.trueClass.padded(to: nameWidth) + " \(border)" + head.joined() + " \(border) "
        + (isLast ? labels.recall : ""))
    lines.append(rule(body, isLast: isLast))
    for row in names.indices {
      let counts = columns.map { "\(matrix.counts[row][$0])".leftPadded(to: cell) }.joined()
      let recall = isLast ? share(matrix.recall(row)) : ""
      lines.append(
        names[row].shortened(to: nameWidth, mark: charset.ellipsis).padded(to: nameWidth)
          + " \(border)\(counts) \(border) \(recall.leftPadded(to: recall.isEmpty ? 0 : 6))")
    }
    lines.append(rule(body, isLast: isLast))
    let precisions = columns.map { share(matrix.precision($0)).leftPadded(to: cell) }.joined()
    lines.append(labels.precision.padded(to: nameWidth) + " \(border)\(precisions) \(border)")
  }

  private func rule(_ body: Int, isLast: Bool) -> String {
    let (line, cross) = charset == .ascii ? ("-", "+") : ("─", "┼")
    let tail = isLast ? max(6, labels.recall.displayWidth) + 1 : 1
    return String(repeating: line, count: nameWidth + 1) + cross
      + String(repeating: line, count: body + 1) + cross + String(repeating: line, count: tail)
  }

  private func share(_ value: Double?) -> String {
    value.map { NumberFormat.fixed(3).text($0) } ?? "-"
  }

  // MARK: - The list

  private var mistakeList: String {
    let mistakes = matrix.mistakes(limit: Self.mistakeLimit)
    var lines = TextLines()
    lines.append(labels.mistakesOf(classes: matrix.labels.count, shown: mistakes.count))
    let arrow = charset == .ascii ? "->" : "→"
    let count = mistakes.map { String($0.count).utf8.count }.max() ?? 1
    let widest = min(30, mistakes.map { names[$0.actual].displayWidth }.max() ?? 1)
    for mistake in mistakes {
      lines.append(
        "\(mistake.count)".leftPadded(to: count) + "  "
          + names[mistake.actual].shortened(to: 30, mark: charset.ellipsis).padded(to: widest)
          + " \(arrow) " + names[mistake.predicted].shortened(to: 30, mark: charset.ellipsis))
    }
    return lines.text
  }
}
