import Experiments
import Testing

struct BlockSampleTests {
  private static func members(_ count: Int) -> [BlockSample.Member] {
    (0..<count).map { BlockSample.Member(notebook: "n\($0 % 3).md", block: "b\($0)") }
  }

  @Test(arguments: [
    (10, 0.1, 1), (10, 0.2, 2), (10, 0.21, 3), (10, 1, 10), (3, 0.01, 1), (1, 0.5, 1), (7, 0.5, 4),
    (0, 0.5, 0), (200, 0.05, 10),
  ])
  func aShareIsRoundedUpAndNeverNone(_ total: Int, _ share: Double, _ expected: Int) {
    let sample = BlockSample(of: Self.members(total), share: share, seed: "s")
    #expect(sample.chosen.count == expected)
    #expect(sample.total == total)
    #expect(sample.detection == (total == 0 ? 1 : Double(expected) / Double(total)))
  }

  @Test func theSeedDecidesAndTheOrderDoesNot() {
    let members = Self.members(40)
    let first = BlockSample(of: members, share: 0.25, seed: "a")
    #expect(first == BlockSample(of: members.reversed(), share: 0.25, seed: "a"))
    #expect(first.chosen != BlockSample(of: members, share: 0.25, seed: "b").chosen)
  }

  @Test func everyBlockIsAsLikelyAsAnyOther() {
    let members = Self.members(20)
    let rounds = 4000
    var counts: [BlockSample.Member: Int] = [:]
    var pairs = 0
    for round in 0..<rounds {
      let chosen = BlockSample(of: members, share: 0.2, seed: "round \(round)").chosen
      #expect(chosen.count == 4)
      for member in chosen { counts[member, default: 0] += 1 }
      if chosen.contains(members[0]), chosen.contains(members[1]) { pairs += 1 }
    }
    // A share of 0.2: mean 800, standard deviation 25; five of them is never seen by chance.
    for member in members {
      #expect((675...925).contains(counts[member] ?? 0), "\(member): \(counts[member] ?? 0)")
    }
    // Two given blocks: 4/20 · 3/19 of the rounds, 126 ± 11.
    #expect((70...182).contains(pairs), "\(pairs)")
  }
}
