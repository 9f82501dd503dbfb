/// How far a number may lie from the one in the ledger and still count as the same.
///
/// A number is within it when any of the stated bounds holds.
package struct Tolerance: Sendable, Hashable {
  /// Largest difference; nil: no such bound.
  package var abs: Double?
  /// Largest difference as a share of the ledger's magnitude.
  package var rel: Double?
  /// Largest difference in units in the last place of a 32-bit float, in which models compute, at
  /// the larger of the two magnitudes.
  package var ulp: Int?

  package init(abs: Double? = nil, rel: Double? = nil, ulp: Int? = nil) {
    self.abs = abs
    self.rel = rel
    self.ulp = ulp
  }

  /// Whether a number may stand for the ledger's; one that is not finite only for itself.
  package func permits(_ number: Double, for recorded: Double) -> Bool {
    guard number.isFinite, recorded.isFinite else { return number.isSameNumber(as: recorded) }
    let difference = (number - recorded).magnitude
    if difference == 0 { return true }
    let rounding = max(number.magnitude, recorded.magnitude).ulp
    if let abs, difference <= Self.bound(abs, rounding) { return true }
    if let rel, difference <= Self.bound(rel * recorded.magnitude, rounding) { return true }
    if let ulp, difference <= Double(ulp) * Self.unit(at: max(number.magnitude, recorded.magnitude))
    {
      return true
    }
    return false
  }

  /// 0.27 lies 0.02 from 0.25 as people write numbers, and a rounding more as doubles hold them.
  private static func bound(_ bound: Double, _ rounding: Double) -> Double {
    bound + min(rounding, bound / 16)
  }

  /// The distance of neighbouring 32-bit floats at a magnitude.
  private static func unit(at magnitude: Double) -> Double {
    let float = Float(magnitude)
    return float.isFinite ? Double(float.ulp) : .infinity
  }
}

extension Tolerance: CustomStringConvertible {
  /// As a notebook spells it: `abs 0.001, ulp 4`.
  package var description: String {
    [
      abs.map { "abs \($0.plainDescription)" }, rel.map { "rel \($0.plainDescription)" },
      ulp.map { "ulp \($0)" },
    ].compactMap(\.self).joined(separator: ", ")
  }
}

extension Double {
  /// Equal as results are: NaN is NaN, and zero is zero whatever its sign.
  package func isSameNumber(as other: Double) -> Bool {
    self == other || (isNaN && other.isNaN)
  }
}

/// The tolerance of a result, or of all whose path begins so.
package struct PathTolerance: Sendable, Hashable {
  /// `test.accuracy`, `test.f1` for every class, `test`, or `*` for everything.
  package let path: String
  package let tolerance: Tolerance

  package init(_ path: String, _ tolerance: Tolerance) {
    self.path = path
    self.tolerance = tolerance
  }

  /// Whether the path is the result's, or leads to it at a dot or a bracket.
  package func covers(_ result: String) -> Bool {
    if path == "*" || path == result { return true }
    guard result.utf8.starts(with: path.utf8) else { return false }
    let next = result.utf8.dropFirst(path.utf8.count).first
    return next == UInt8(ascii: ".") || next == UInt8(ascii: "[")
  }
}

extension Sequence<PathTolerance> {
  /// The tolerance of a result: of those that cover it the one with the longest path.
  package func tolerance(of result: String) -> Tolerance? {
    filter { $0.covers(result) }
      .max { Self.weight($0.path) < Self.weight($1.path) }?.tolerance
  }

  private static func weight(_ path: String) -> Int { path == "*" ? 0 : path.utf8.count }
}
