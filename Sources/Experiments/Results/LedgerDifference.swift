/// What two ledgers of a notebook say differently, for people: numbers side by side, the fields that
/// changed, and claims that are judged otherwise.
///
/// Texts of documents are no part of it: prose may differ though every value is the same.
package struct LedgerDifference: Sendable {
  /// A number; nil on a side that does not have it.
  package struct Value: Sendable, Hashable {
    package let block: String
    /// As an expression names it: `test.f1[a]`, `train.loss[-1]` for the end of a series.
    package let path: String
    package let before: Double?
    package let after: Double?

    /// `after − before`, where both are there.
    package var delta: Double? {
      guard let before, let after else { return nil }
      return after - before
    }

    /// The delta as a share of the earlier number; nil where that is 0 or no number.
    package var relative: Double? {
      guard let before, let delta, before != 0, before.isFinite, delta.isFinite else { return nil }
      return delta / before.magnitude
    }
  }

  /// Why a block has other steps.
  package struct Change: Sendable, Hashable {
    package let block: String
    package let cause: Cause
  }

  /// A claim; nil on a side that does not make it.
  package struct Claim: Sendable, Hashable {
    package let block: String
    package let text: String
    package let before: Expectation.Verdict.Outcome?
    package let after: Expectation.Verdict.Outcome?
  }

  /// Numbers that differ, in the order of the later ledger; those that are gone last.
  package private(set) var values: [Value] = []
  /// How many numbers are the same.
  package private(set) var sameValues = 0
  package private(set) var changes: [Change] = []
  package private(set) var claims: [Claim] = []
  package private(set) var addedBlocks: [String] = []
  package private(set) var removedBlocks: [String] = []
  /// Blocks whose result differs beyond the numbers listed: in the course of a series, or a matrix.
  package private(set) var otherResults: [String] = []
  private var following: [String] = []

  package var isEmpty: Bool {
    values.isEmpty && changes.isEmpty && claims.isEmpty && addedBlocks.isEmpty
      && removedBlocks.isEmpty && otherResults.isEmpty
  }

  /// - Parameters:
  ///   - before: the earlier ledger.
  ///   - after: the later one.
  package init(from before: Ledger, to after: Ledger) {
    let earlier = Dictionary(
      before.blocks.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let later = Set(after.blocks.map(\.name))
    for option in Set(before.options.keys).union(after.options.keys).sorted()
    where before.options[option] != after.options[option] {
      changes.append(
        Change(
          block: "",
          cause: .field(
            path: option, before: before.options[option] ?? "none",
            after: after.options[option] ?? "none")))
    }
    if before.numericsVersion != after.numericsVersion {
      changes.append(
        Change(
          block: "",
          cause: .field(
            path: "numerics", before: String(before.numericsVersion),
            after: String(after.numericsVersion))))
    }
    for block in after.blocks { compare(earlier[block.name], block) }
    for block in before.blocks where !later.contains(block.name) { compare(block, nil) }
    // What has other steps, and no field of its own that changed, follows from what it reads.
    if changes.isEmpty { changes = following.map { Change(block: $0, cause: .unknown) } }
  }

  private mutating func compare(_ before: Ledger.Block?, _ after: Ledger.Block?) {
    guard let name = after?.name ?? before?.name else { return }
    if before == nil { addedBlocks.append(name) }
    if after == nil { removedBlocks.append(name) }
    let listed = values.count
    compareNumbers(name, before?.numbers ?? [], after?.numbers ?? [])
    let claimsBefore = before?.claims ?? []
    let claimsAfter = after?.claims ?? []
    for text in (claimsAfter + claimsBefore).map(\.text).withoutRepeats {
      let outcome = { (claims: [Ledger.Claim]) in claims.first { $0.text == text }?.outcome }
      let (old, new) = (outcome(claimsBefore), outcome(claimsAfter))
      if old != new { claims.append(Claim(block: name, text: text, before: old, after: new)) }
    }
    guard let before, let after else { return }
    if before.steps != after.steps {
      let causes = Self.causes(before, after)
      changes += causes.map { Change(block: name, cause: $0) }
      if causes.isEmpty { following.append(name) }
    }
    if before.result != after.result, values.count == listed { otherResults.append(name) }
  }

  private static func causes(_ before: Ledger.Block, _ after: Ledger.Block) -> [Cause] {
    guard let earlier = before.fields, let later = after.fields else { return [.unknown] }
    return Provenance.causes(from: earlier, to: later, file: nil)
  }

  private mutating func compareNumbers(
    _ name: String, _ before: [Number], _ after: [Number]
  ) {
    let earlier = Dictionary(
      before.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let later = Set(after.map(\.path))
    for number in after {
      let old = earlier[number.path]
      if let old, old.isSame(as: number) {
        sameValues += 1
      } else {
        values.append(
          Value(block: name, path: number.path, before: old?.value, after: number.value))
      }
    }
    for number in before where !later.contains(number.path) {
      values.append(Value(block: name, path: number.path, before: number.value, after: nil))
    }
  }
}

/// A number of a block under the name that an expression has for it.
private struct Number {
  let path: String
  let value: Double
  /// Its values in the repeats.
  let repeats: [Double]

  /// To the bit, with one NaN.
  func isSame(as other: Number) -> Bool {
    ([value] + repeats).elementsEqual([other.value] + other.repeats) { left, right in
      left.bitPattern == right.bitPattern || left.isNaN && right.isNaN
    }
  }
}

extension Ledger.Block {
  /// Scalars, and where series by epoch end.
  fileprivate var numbers: [Number] {
    values.map { Number(path: $0.path, value: $0.mean, repeats: $0.values) }
      + shapes.filter { !$0.name.contains(" by ") }.compactMap { shape in
        shape.last.map { Number(path: "\(shape.name)[-1]", value: $0, repeats: []) }
      }
  }
}

extension Sequence where Element: Hashable {
  /// The elements where they stand first.
  fileprivate var withoutRepeats: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
