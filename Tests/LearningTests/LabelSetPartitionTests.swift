import Learning
import Tensors
import Testing

/// Splits of rows with sets of labels.
@Suite struct LabelSetPartitionTests {
  private static let shares = Partition.Shares(train: 0.6, validation: 0.2, test: 0.2)

  private static func sets(_ rows: Int, labels: Int, using random: inout SplitMix) -> LabelSets {
    LabelSets(
      (0..<rows).map { _ in
        // The higher the label the rarer.
        (0..<Int32(labels)).filter { Int32.random(in: 0...$0 + 1, using: &random) == 0 }
      })
  }

  private static func targets(_ sets: LabelSets, labels: Int) -> Targets {
    .labels(sets, names: (0..<labels).map { "l\($0)" })
  }

  @Test("parts have their rows exactly, are disjoint, and have each label about by its share")
  func properties() throws {
    var random = SplitMix(state: 8)
    var worst = 0.0
    for round in 0..<100 {
      let labels = Int.random(in: 1...8, using: &random)
      let rows = Int.random(in: 200...400, using: &random)
      let sets = Self.sets(rows, labels: labels, using: &random)
      let key = RandomKey(seed: UInt64(round), repeatIndex: 0)
      let targets = Self.targets(sets, labels: labels)
      let partition = try Partition(of: rows, targets: targets, shares: Self.shares, key: key)
      let parts = Partition.Part.allCases.map(partition.rows)
      #expect(parts.flatMap(\.self).sorted() == Array(0..<rows))
      #expect(parts.allSatisfy { $0 == $0.sorted() })
      #expect(parts.map(\.count) == Partition.counts(rows, shares: [0.6, 0.2, 0.2]))
      let all = sets.counts(of: 0..<rows, labels: labels)
      for (part, share) in zip(parts, [0.6, 0.2, 0.2]) {
        for (found, total) in zip(sets.counts(of: part, labels: labels), all) {
          worst = max(worst, abs(Double(found) - share * Double(total)))
        }
      }
      let again = try Partition(of: rows, targets: targets, shares: Self.shares, key: key)
      #expect(again == partition)
    }
    // By chance alone a label of 100 rows is off by 5 and more.
    #expect(worst < 4, "\(worst)")
  }

  @Test("a rare label is in every part that is large enough to have it, or the split is refused")
  func rareLabels() throws {
    let rows = (0..<40).map { row -> [Int32] in row < 5 ? [0, 1] : row % 2 == 0 ? [0] : [] }
    let targets = Self.targets(LabelSets(rows), labels: 2)
    let partition = try Partition(of: 40, targets: targets, shares: Self.shares, key: .test)
    for part in Partition.Part.allCases {
      #expect(partition.rows(of: part).contains { $0 < 5 }, "\(part)")
    }
    let two = Self.targets(LabelSets(rows.enumerated().map { $0 < 3 ? [0] : $1 }), labels: 2)
    #expect(throws: DatasetError.missingClass("l1", .test, rows: 2)) {
      try Partition(of: 40, targets: two, shares: Self.shares, key: .test)
    }
    // Unstratified, a label may be anywhere.
    let free = try Partition(
      of: 40, targets: two, shares: Self.shares, stratify: false, key: .test)
    let plain = try Partition(of: 40, targets: nil, shares: Self.shares, key: .test)
    #expect(free == plain)
    #expect(throws: DatasetError.emptyPart(.test, rows: 2)) {
      try Partition(
        of: 2, targets: Self.targets(LabelSets([[0], [0]]), labels: 1), shares: Self.shares,
        key: .test)
    }
  }
}
