import Learning
import Tensors
import Testing

extension RandomKey {
  static let test = RandomKey(seed: 11, repeatIndex: 0)
}

@Suite struct PartitionTests {
  private func dataset(_ codes: [Int], classes: Int) throws -> Dataset {
    let rows = codes.enumerated().map { "\($0.offset),c\($0.element)" }
    return try Dataset(
      table: Table(csv: Array(("x,y\n" + rows.joined(separator: "\n")).utf8)), features: nil,
      target: .label("y"))
  }

  private let shares = Partition.Shares(train: 0.6, validation: 0.2, test: 0.2)

  @Test("parts are disjoint, cover all rows, ascend, and hold each class by its share")
  func properties() throws {
    let seed: UInt64 = 5
    var random = SplitMix(state: seed)
    for round in 0..<200 {
      let classes = Int.random(in: 2...5, using: &random)
      let sizes = (0..<classes).map { _ in Int.random(in: 5...40, using: &random) }
      let codes = sizes.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
        .shuffled(using: &random)
      let data = try dataset(codes, classes: classes)
      let key = RandomKey(seed: UInt64(round), repeatIndex: 0)
      let partition = try Partition(splitting: data, shares: shares, key: key)
      let parts = Partition.Part.allCases.map(partition.rows)
      #expect(parts.flatMap(\.self).sorted() == Array(codes.indices), "seed \(seed) round \(round)")
      #expect(parts.allSatisfy { $0 == $0.sorted() })
      for (part, share) in zip(parts, [0.6, 0.2, 0.2]) {
        for (code, size) in sizes.enumerated() {
          let count = part.count { codes[$0] == code }
          #expect(abs(Double(count) - share * Double(size)) < 1, "seed \(seed) round \(round)")
        }
      }
      #expect(try Partition(splitting: data, shares: shares, key: key) == partition)
    }
  }

  @Test("another seed gives another split")
  func seeds() throws {
    let data = try dataset((0..<60).map { $0 % 3 }, classes: 3)
    let a = try Partition(splitting: data, shares: shares, key: .test)
    let b = try Partition(
      splitting: data, shares: shares, key: RandomKey(seed: 11, repeatIndex: 1))
    #expect(a != b)
  }

  @Test("a part without a class, an empty part and wrong shares are refused")
  func faults() throws {
    let rare = try dataset(Array(repeating: 0, count: 20) + [1, 1], classes: 2)
    #expect(throws: DatasetError.missingClass("c1", .test, rows: 2)) {
      try Partition(splitting: rare, shares: shares, key: .test)
    }
    let tiny = try dataset([0, 1], classes: 2)
    #expect(throws: DatasetError.emptyPart(.validation, rows: 2)) {
      try Partition(splitting: tiny, shares: shares, key: .test)
    }
    for wrong in [
      Partition.Shares(train: 0.5), Partition.Shares(train: 0, test: 1),
      Partition.Shares(train: 1.2, test: -0.2), Partition.Shares(train: .nan),
    ] {
      #expect(throws: DatasetError.invalidShares) {
        try Partition(splitting: tiny, shares: wrong, key: .test)
      }
    }
  }
}
