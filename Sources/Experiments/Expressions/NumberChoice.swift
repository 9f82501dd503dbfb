internal import Diagnostics

/// Given that a name exists, finds which of its numbers the brackets and the statistic mean.
struct NumberChoice {
  let source: ExpressionSource
  let outline: ResultOutline
  /// Entries of the name; a number and a series may share theirs.
  let entries: [ResultOutline.Entry]
  let name: String
  let subscripts: [ResultPath.Subscript]
  let suffix: ResultTarget.Suffix?
  let suffixBytes: Range<Int>?
  /// The path without its block.
  let bytes: Range<Int>

  typealias Choice = Result<ResultTarget.Number, PathFailure>

  func number() -> Choice {
    switch subscripts.count {
    case 0: whole()
    case 1: element(subscripts[0])
    case 2: cell(subscripts[0], subscripts[1])
    default:
      wrong("expression.type", "At most two classes stand behind a name", subscripts[2].bytes)
    }
  }

  private func wrong(
    _ id: String, _ message: String, _ bytes: Range<Int>, suggestion: String? = nil
  ) -> Choice {
    .failure(
      PathFailure(
        diagnostic: Diagnostic(
          .error, id, message, at: source.range(bytes), suggestion: suggestion)))
  }

  /// No brackets: a plain number, or something over a whole series.
  private func whole() -> Choice {
    if entries.contains(where: { $0.shape == .scalar }) { return moment(name, nil) }
    if entries.contains(where: { $0.shape == .series }) {
      guard let suffix, ![.std, .low, .high].contains(suffix) else {
        return wrong(
          "expression.type", "`\(name)` is a series; a path to a number of it goes on", bytes,
          suggestion: name + "[-1]")
      }
      return .success(.over(series: name, suffix))
    }
    if case .keyed(let keys) = entries.first?.shape {
      return wrong(
        "expression.type", "`\(name)` has one number per class; the class stands in `[]`", bytes,
        suggestion: keys?.first.map { "\(name)[\($0)]" })
    }
    return isMatrix
  }

  /// One pair of brackets: a class, or an index of a series.
  private func element(_ item: ResultPath.Subscript) -> Choice {
    var classes: [String]?
    for case .keyed(let keys) in entries.map(\.shape) {
      if keys?.contains(item.text) ?? true { return moment(name, item.text) }
      classes = keys
    }
    if entries.contains(where: { $0.shape == .series }) { return point(item) }
    if let classes { return unknownClass(item, classes) }
    if entries.contains(where: { $0.shape == .scalar }) {
      return wrong(
        "expression.type", "`\(name)` is one number and takes no class or index", item.bytes)
    }
    return isMatrix
  }

  private func point(_ item: ResultPath.Subscript) -> Choice {
    guard let index = item.index else {
      return wrong(
        "expression.index", "An index of a series is a whole number, negative from its end",
        item.bytes)
    }
    let moment = suffix ?? .mean
    guard [.mean, .std, .min, .max, .count].contains(moment) else {
      return wrong(
        "expression.statistic",
        "A point of a series has `.mean`, `.std`, `.min`, `.max` and `.count`", bytes)
    }
    return .success(.point(series: name, index: index, moment))
  }

  /// Two pairs of brackets: a cell of a matrix, or a class and a run of a comparison.
  private func cell(_ first: ResultPath.Subscript, _ second: ResultPath.Subscript) -> Choice {
    let perClass = "\(name)[\(first.text)]"
    for case .keyed(let keys) in outline.entries(named: perClass).map(\.shape) {
      guard keys?.contains(second.text) ?? true else { return unknownClass(second, keys ?? []) }
      return moment(perClass, second.text)
    }
    var matrix: ResultOutline.Entry.Shape?
    for entry in entries {
      if case .matrix = entry.shape { matrix = entry.shape }
    }
    guard case .matrix(let labels) = matrix else {
      return wrong("expression.type", "`\(name)` takes one class or index", second.bytes)
    }
    if let suffix, let suffixBytes {
      return wrong(
        "expression.statistic",
        "A cell of a matrix is one count and has no `.\(suffix.rawValue)`", suffixBytes)
    }
    for item in [first, second] {
      if let labels, !labels.contains(item.text) { return unknownClass(item, labels) }
    }
    return .success(.cell(matrix: name, row: first.text, column: second.text))
  }

  private func moment(_ name: String, _ key: String?) -> Choice {
    let moment = suffix ?? .mean
    if moment == .first || moment == .last {
      return wrong(
        "expression.type", "`\(name)` is one number; `.\(moment.rawValue)` belongs to a series",
        bytes)
    }
    if outline.repeats == 1, [.std, .low, .high].contains(moment) {
      return wrong(
        "expression.statistic", "`.\(moment.rawValue)` exists with `repeat:` 2 or more", bytes)
    }
    return .success(.scalar(name: name, key: key, moment))
  }

  private var isMatrix: Choice {
    wrong(
      "expression.type", "`\(name)` is a matrix; a cell of it is `[true class][predicted class]`",
      bytes)
  }

  private func unknownClass(_ item: ResultPath.Subscript, _ classes: [String]) -> Choice {
    .failure(
      PathFailure(
        diagnostic: Diagnostic(
          .error, "expression.unknown-class", "`\(name)` has no class `\(item.text)`",
          at: source.range(item.bytes),
          notes: Self.listing("classes", classes).map { Diagnostic.Note($0) },
          suggestion: nearestName(to: item.text, among: classes))))
  }

  static func listing(_ what: String, _ names: [String]) -> [String] {
    guard !names.isEmpty else { return [] }
    let shown = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    return ["\(what) are \(shown)" + (names.count > 12 ? ", …" : "")]
  }
}
