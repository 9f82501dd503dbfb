/// A published number beside the one that is found now.
package struct ValueComparison: Sendable, Hashable {
  /// As an expression names it within its block; `train.loss[-1]` for the end of a series.
  package let path: String
  /// The ledger's; nil when it has none.
  package let recorded: Double?
  /// The recomputed one; nil when there is none.
  package let found: Double?
  /// What the block allows; nil: nothing.
  package let tolerance: Tolerance?
  /// Identical, within tolerance or drifted.
  package let kind: CheckClass
  /// What the numbers alone do not say.
  package let remark: String?

  init(
    _ path: String, recorded: Double?, found: Double?, tolerance: Tolerance?,
    kind: CheckClass? = nil, remark: String? = nil
  ) {
    self.path = path
    self.recorded = recorded
    self.found = found
    self.tolerance = tolerance
    self.remark = remark
    self.kind = kind ?? Self.kind(recorded, found, tolerance)
  }

  private static func kind(
    _ recorded: Double?, _ found: Double?, _ tolerance: Tolerance?
  ) -> CheckClass {
    guard let recorded, let found else { return .drifted }
    if found.isSameNumber(as: recorded) { return .identical }
    return tolerance?.permits(found, for: recorded) ?? false ? .withinTolerance : .drifted
  }

  /// `test.accuracy 0.95 → 0.93, beyond abs 0.005`.
  package var text: String {
    let numbers = "\(path) \(Self.text(recorded)) → \(Self.text(found))"
    let bound =
      switch (kind, tolerance) {
      case (.drifted, let tolerance?): ", beyond \(tolerance)"
      case (.withinTolerance, let tolerance?): ", within \(tolerance)"
      default: ""
      }
    return numbers + bound + (remark.map { ": \($0)" } ?? "")
  }

  private static func text(_ number: Double?) -> String {
    guard let number else { return "none" }
    return number.isNaN ? "NaN" : number.plainDescription
  }
}

extension ValueComparison {
  /// Compares every listed number of a block, those that only one side has included.
  static func all(
    recorded: Ledger.Block, found: Ledger.Block, tolerances: [PathTolerance]
  ) -> [ValueComparison] {
    var comparisons: [ValueComparison] = []
    let values = Dictionary(
      found.values.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    for value in recorded.values {
      comparisons += compare(
        value, values[value.path], tolerances.tolerance(of: value.path))
    }
    let known = Set(recorded.values.map(\.path))
    comparisons += found.values.filter { !known.contains($0.path) }.map {
      ValueComparison(
        $0.path, recorded: nil, found: $0.mean, tolerance: nil, remark: "not in the ledger")
    }
    return comparisons + shapes(recorded, found, tolerances)
  }

  /// The mean, and each repeat that differs.
  private static func compare(
    _ recorded: Ledger.Value, _ found: Ledger.Value?, _ tolerance: Tolerance?
  ) -> [ValueComparison] {
    guard let found else {
      return [
        ValueComparison(
          recorded.path, recorded: recorded.mean, found: nil, tolerance: nil,
          remark: "the block has no such result")
      ]
    }
    guard recorded.values.count == found.values.count else {
      return [
        ValueComparison(
          recorded.path, recorded: recorded.mean, found: found.mean, tolerance: tolerance,
          kind: .drifted,
          remark: "\(recorded.values.count) repeats in the ledger, \(found.values.count) now")
      ]
    }
    let mean = ValueComparison(
      recorded.path, recorded: recorded.mean, found: found.mean, tolerance: tolerance)
    let repeats = zip(recorded.values, found.values).enumerated().map { index, pair in
      ValueComparison(
        recorded.path, recorded: pair.0, found: pair.1, tolerance: tolerance,
        remark: "repeat \(index + 1)")
    }
    return [mean] + repeats.filter { $0.kind != .identical }
  }

  /// Series and matrices: by digest, and by the last point where a tolerance covers a series.
  private static func shapes(
    _ recorded: Ledger.Block, _ found: Ledger.Block, _ tolerances: [PathTolerance]
  ) -> [ValueComparison] {
    let now = Dictionary(
      found.shapes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var comparisons = recorded.shapes.map { shape in
      guard let other = now[shape.name] else {
        return ValueComparison(
          shape.name, recorded: shape.last, found: nil, tolerance: nil, kind: .drifted,
          remark: "the block has no such result")
      }
      return compare(shape, other, tolerances.tolerance(of: shape.resultName))
    }
    let known = Set(recorded.shapes.map(\.name))
    comparisons += found.shapes.filter { !known.contains($0.name) }.map {
      ValueComparison(
        $0.name, recorded: nil, found: $0.last, tolerance: nil, kind: .drifted,
        remark: "not in the ledger")
    }
    return comparisons
  }

  private static func compare(
    _ recorded: Ledger.Shape, _ found: Ledger.Shape, _ tolerance: Tolerance?
  ) -> ValueComparison {
    let path = recorded.last == nil ? recorded.name : recorded.name + "[-1]"
    let last = ValueComparison(
      path, recorded: recorded.last, found: found.last, tolerance: tolerance)
    if recorded.digest == found.digest {
      let isSame = recorded.last == nil && found.last == nil
      return isSame
        ? ValueComparison(
          path, recorded: nil, found: nil, tolerance: tolerance, kind: .identical) : last
    }
    // Of a series the ledger holds the end and a digest: an end that is allowed to differ speaks for
    // the points before it.
    let isTolerated = tolerance != nil && last.kind != .drifted
    return ValueComparison(
      path, recorded: recorded.last, found: found.last, tolerance: tolerance,
      kind: isTolerated ? .withinTolerance : .drifted,
      remark: last.kind == .identical || recorded.last == nil ? "its digest differs" : nil)
  }
}

extension Ledger.Shape {
  /// The name that expressions use: `train.loss`, whatever the axis.
  var resultName: String {
    for axis in Series.Axis.allCases where name.hasSuffix(" by \(axis.rawValue)") {
      return String(name.dropLast(axis.rawValue.count + 4))
    }
    return name
  }
}
