internal import Diagnostics

/// Why a path has no value.
struct PathFailure: Error {
  let diagnostic: Diagnostic
}

extension ResultScope {
  /// The number that a path names, and its kind.
  func value(of path: ResultPath, _ resolver: PathResolver) -> Result<
    (Double, Quantity), PathFailure
  > {
    let (target, diagnostic) = resolver.resolve(path)
    if let diagnostic { return .failure(PathFailure(diagnostic: diagnostic)) }
    func failure(_ id: String, _ message: String, notes: [String] = []) -> Result<
      (Double, Quantity), PathFailure
    > {
      .failure(
        PathFailure(
          diagnostic: Diagnostic(
            .error, id, message, at: resolver.text.range(path.bytes),
            notes: notes.map { Diagnostic.Note($0) })))
    }
    guard let target else {
      let first = path.parts.first.map { ResultPath.text(of: [$0]) } ?? ""
      let name = outlines.isBlock(first) ? first : resolver.outlines.own ?? first
      return failure("expression.no-result", "`\(name)` has no result")
    }
    let block = target.block
    switch target.number {
    case .scalar(let name, let key, let suffix):
      guard let scalar = scalar(block, name, key) else { break }
      guard let value = Self.moment(suffix, of: scalar.statistic) else {
        return failure(
          "expression.statistic", "`.\(suffix.rawValue)` exists with `repeat:` 2 or more")
      }
      return .success((value, suffix == .count ? .count : scalar.quantity))
    case .point(let name, let index, let suffix):
      guard let series = series(block, name) else { break }
      let count = series.mean.count
      guard index >= -count, index < count else {
        return failure(
          "expression.index", "An index lies within the series",
          notes: ["`\(name)` has \(count) points: 0 to \(count - 1), or -\(count) to -1"])
      }
      let position = index < 0 ? count + index : index
      guard let value = Self.moment(suffix, of: series, at: position) else {
        return failure(
          "expression.statistic",
          "`.\(suffix.rawValue)` exists where 2 or more runs reach the point")
      }
      return .success((value, suffix == .count ? .count : series.quantity))
    case .over(let name, let suffix):
      guard let series = series(block, name) else { break }
      if suffix == .count { return .success((Double(series.mean.count), .count)) }
      guard let value = Self.summary(suffix, of: series.mean) else {
        return failure("expression.index", "`\(name)` has no points")
      }
      return .success((value, series.quantity))
    case .cell(let name, let row, let column):
      guard let matrix = matrix(block, name), let i = matrix.labels.firstIndex(of: row),
        let j = matrix.labels.firstIndex(of: column), i < matrix.counts.count,
        j < matrix.counts[i].count
      else { break }
      return .success((Double(matrix.counts[i][j]), .count))
    }
    return failure("expression.no-result", "`\(block)` has no such result")
  }

  private static func moment(_ suffix: ResultTarget.Suffix, of statistic: Statistic) -> Double? {
    switch suffix {
    case .mean, .first, .last: statistic.mean
    case .std: statistic.std
    case .low: statistic.interval?.low
    case .high: statistic.interval?.high
    case .min: extreme(statistic.values) { $0 < $1 } ?? statistic.mean
    case .max: extreme(statistic.values) { $0 > $1 } ?? statistic.mean
    case .count: Double(max(1, statistic.values.count))
    }
  }

  /// A moment over the runs that reach a point.
  private static func moment(_ suffix: ResultTarget.Suffix, of series: Series, at index: Int)
    -> Double?
  {
    let values = series.runs.compactMap { index < $0.count ? $0[index] : nil }
    let mean = series.mean[index]
    switch suffix {
    case .min: return extreme(values) { $0 < $1 } ?? mean
    case .max: return extreme(values) { $0 > $1 } ?? mean
    case .count: return Double(values.count)
    case .std:
      guard values.count > 1 else { return nil }
      var squares = 0.0
      for value in values { squares += (value - mean) * (value - mean) }
      return (squares / Double(values.count - 1)).squareRoot()
    default: return mean
    }
  }

  private static func summary(_ suffix: ResultTarget.Suffix, of values: [Double]) -> Double? {
    switch suffix {
    case .first: return values.first
    case .last: return values.last
    case .min: return extreme(values) { $0 < $1 }
    case .max: return extreme(values) { $0 > $1 }
    default:
      guard !values.isEmpty else { return nil }
      var sum = 0.0
      for value in values { sum += value }
      return sum / Double(values.count)
    }
  }

  /// The first extreme value; NaN when there is one, so that a diverged run never looks good.
  private static func extreme(_ values: [Double], _ isBetter: (Double, Double) -> Bool) -> Double? {
    guard var best = values.first else { return nil }
    for value in values {
      if value.isNaN { return value }
      if isBetter(value, best) { best = value }
    }
    return best
  }
}
