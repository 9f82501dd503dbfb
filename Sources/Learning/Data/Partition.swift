package import Tensors

/// Which rows train, validate and test; rows ascend within each part.
package struct Partition: Sendable, Hashable {
  /// The parts of a split.
  package enum Part: String, Sendable, Hashable, CaseIterable {
    case train, validation, test
  }

  /// The share of rows that each part gets; they add up to 1.
  package struct Shares: Sendable, Hashable {
    package var train: Double
    package var validation: Double
    package var test: Double

    package init(train: Double, validation: Double = 0, test: Double = 0) {
      self.train = train
      self.validation = validation
      self.test = test
    }

    var all: [Double] { [train, validation, test] }

    var isValid: Bool {
      all.allSatisfy { $0 >= 0 && $0 <= 1 } && train > 0
        && abs(train + validation + test - 1) <= 1e-9
    }
  }

  package let train: [Int]
  package let validation: [Int]
  package let test: [Int]

  /// The rows of a part.
  package func rows(of part: Part) -> [Int] {
    switch part {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }

  /// Splits the rows of a data set by seed, as `init(of:targets:shares:stratify:key:)`.
  package init(
    splitting dataset: Dataset, shares: Shares, stratify: Bool = true, key: RandomKey,
    deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) {
    try self.init(
      of: dataset.rowCount, targets: dataset.targets, shares: shares, stratify: stratify, key: key,
      deadline: deadline)
  }

  /// Splits rows (or documents) by seed.
  ///
  /// Rows are shuffled by rule 6 (purpose `split`); each class (or, for regression, unlabelled and
  /// unstratified splits, the whole) is then dealt out by shares, the leftover rows to the parts
  /// of largest remainder, earlier parts first. Rows with sets of labels are dealt out so that each
  /// label is spread by shares, as far as rows allow.
  /// - Parameters:
  ///   - count: how many rows there are.
  ///   - targets: of all the rows; nil when they have none.
  ///   - stratify: deal out class by class, or label by label; without either it is ignored.
  ///   - deadline: when splitting is given up.
  /// - Throws: `DatasetError` when shares are no shares, a part of positive share is empty, or,
  ///   stratified, one that leaves out a class or label; also when training rows miss a class.
  /// - Complexity: O(n log n)
  package init(
    of count: Int, targets: Targets?, shares: Shares, stratify: Bool = true, key: RandomKey,
    deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) {
    guard shares.isValid else { throw .invalidShares }
    // Ten million rows take about a second; between the parts of it the clock is looked at.
    if deadline.hasPassed { throw .outOfTime }
    let order = RandomStream(key: key, purpose: "split").permutation(count: count)
    if deadline.hasPassed { throw .outOfTime }
    let parts: [[Int]]
    if stratify, case .labels(let sets, let names)? = targets {
      parts = Self.dealt(
        order, sets: sets, labels: names.count, shares: shares.all,
        rows: Self.counts(count, shares: shares.all))
    } else {
      parts = Self.dealt(order, targets: targets, shares: shares, stratify: stratify)
    }
    if deadline.hasPassed { throw .outOfTime }
    (train, validation, test) = (parts[0].sorted(), parts[1].sorted(), parts[2].sorted())
    try check(count, targets, shares: shares, stratified: stratify)
  }

  private static func dealt(
    _ order: [Int], targets: Targets?, shares: Shares, stratify: Bool
  ) -> [[Int]] {
    var parts: [[Int]] = [[], [], []]
    for group in groups(order, targets: targets, stratify: stratify) {
      var next = group.startIndex
      for (part, count) in counts(group.count, shares: shares.all).enumerated() {
        parts[part] += group[next..<next + count]
        next += count
      }
    }
    return parts
  }

  /// Rows in shuffled order, by class when stratified.
  private static func groups(_ order: [Int], targets: Targets?, stratify: Bool) -> [[Int]] {
    guard stratify, case .classes(let codes, let names)? = targets else { return [order] }
    var groups = [[Int]](repeating: [], count: names.count)
    for row in order { groups[Int(codes[row])].append(row) }
    return groups
  }

  /// Whole rows for shares of `total`, by largest remainder.
  package static func counts(_ total: Int, shares: [Double]) -> [Int] {
    let exact = shares.map { $0 * Double(total) }
    var counts = exact.map { min(total, Int($0.rounded(.down))) }
    var left = max(0, total - counts.reduce(0, +))
    let order = shares.indices
      .filter { shares[$0] > 0 }
      .sorted {
        let (a, b) = (exact[$0] - Double(counts[$0]), exact[$1] - Double(counts[$1]))
        return a != b ? a > b : $0 < $1
      }
    while left > 0, !order.isEmpty {
      for part in order where left > 0 {
        counts[part] += 1
        left -= 1
      }
    }
    return counts
  }

  private func check(
    _ count: Int, _ targets: Targets?, shares: Shares, stratified: Bool
  ) throws(DatasetError) {
    for (part, share) in zip(Part.allCases, shares.all) where share > 0 {
      let rows = rows(of: part)
      if rows.isEmpty { throw .emptyPart(part, rows: count) }
      switch targets {
      case .classes(let codes, let names)? where stratified || part == .train:
        var present = [Bool](repeating: false, count: names.count)
        for row in rows { present[Int(codes[row])] = true }
        if let missing = present.firstIndex(of: false) {
          let total = codes.count { Int($0) == missing }
          throw .missingClass(names[missing], part, rows: total)
        }
      case .labels(let sets, let names)? where stratified:
        // Unstratified, a rare label may be in one part only: nothing is wrong with learning that it
        // does not hold.
        if let missing = sets.counts(of: rows, labels: names.count).firstIndex(of: 0) {
          let total = sets.counts(of: 0..<sets.count, labels: names.count)[missing]
          throw .missingClass(names[missing], part, rows: total)
        }
      default: continue
      }
    }
  }
}
