import CKernels
import Tensors
import Testing

@Suite struct RandomStreamTests {
  private let stream = RandomStream(
    key: RandomKey(seed: 7, repeatIndex: 0), purpose: "test", path: "0.weight")

  @Test(arguments: [
    (
      counter: [0, 0, 0, 0] as [UInt32], key: [0, 0] as [UInt32],
      words: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8] as [UInt32]
    ),
    (
      [.max, .max, .max, .max], [.max, .max],
      [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ])
  func philoxGivesTheKnownAnswersOfRandom123(
    counter: [UInt32], key: [UInt32], words: [UInt32]
  ) {
    var found: [UInt32] = [0, 0, 0, 0]
    assay_philox4x32(counter, key, &found)
    #expect(found == words)
  }

  @Test func keyAndSiteAreTheirDigests() {
    let key = RandomKey(seed: 7, repeatIndex: 2)
    #expect(key != RandomKey(seed: 7, repeatIndex: 3))
    #expect(key != RandomKey(seed: 8, repeatIndex: 2))
    #expect(
      RandomSite(purpose: "dropout", path: "1").word != RandomSite(purpose: "init", path: "1").word)
    #expect(
      RandomSite(purpose: "a", path: "bc").word != RandomSite(purpose: "ab", path: "c").word)
  }

  @Test func collisionsOfSitesAreFound() {
    let sites = (0..<200).map { RandomSite(purpose: "init", path: "\($0)") }
    #expect(RandomSite.collision(among: sites) == nil)
    #expect(RandomSite.collision(among: sites + sites) == nil)
    // About 2¹⁷ sites hold a pair with the same 32 bits with probability 0.86 (birthday paradox).
    let many = (0..<200_000).lazy.map { RandomSite(purpose: "init", path: "\($0)") }
    if let (a, b) = RandomSite.collision(among: many) {
      #expect(a != b && a.word == b.word)
    }
  }

  @Test func tensorsAndSingleNumbersComeFromTheSameAddresses() {
    for instructionSet in InstructionSet.available {
      let compute = Compute(instructionSet: instructionSet)
      let uniform = compute.uniform(.vector(300), low: 0, high: 1, stream: stream, draw: 3)
      let normal = compute.normal(.vector(300), stream: stream, draw: 3)
      for element in 0..<300 {
        #expect(uniform[element] == stream.uniform(draw: 3, element: element))
        #expect(normal[element] == stream.normal(draw: 3, element: element))
      }
    }
  }

  @Test func numbersOfOneElementDoNotDependOnTheSize() {
    let compute = Compute()
    let small = compute.truncatedNormal(.vector(77), deviation: 0.02, stream: stream)
    let large = compute.truncatedNormal(.vector(5000), deviation: 0.02, stream: stream)
    #expect(Array(large.values.prefix(77)) == small.values)
  }

  @Test func momentsAreThoseOfTheDistributions() {
    let compute = Compute()
    let normal = compute.normal(.vector(100_000), stream: stream).values.map(Double.init)
    #expect(abs(Statistics.mean(normal)) < 0.015)
    #expect(abs(Statistics.standardDeviation(normal) - 1) < 0.01)
    let uniform = compute.uniform(.vector(100_000), low: -1, high: 3, stream: stream)
    #expect(uniform.values.allSatisfy { $0 >= -1 && $0 < 3 })
    #expect(abs(Statistics.mean(uniform.values.map(Double.init)) - 1) < 0.02)
    let cut = compute.truncatedNormal(.vector(100_000), mean: 1, deviation: 0.5, stream: stream)
    #expect(cut.values.allSatisfy { abs($0 - 1) <= 1.000001 })
    // The standard deviation of a normal cut at ±2σ is 0.8796 σ.
    #expect(abs(Statistics.standardDeviation(cut.values.map(Double.init)) - 0.4398) < 0.005)
  }

  @Test(arguments: [1, 2, 3, 10, 1000, 0x8000_0001] as [UInt32])
  func boundedIntegersFollowTheRejectionRule(_ bound: UInt32) {
    var counts = [Int](repeating: 0, count: 10)
    for element in 0..<20_000 {
      let value = stream.integer(below: bound, element: element)
      #expect(value < bound)
      if bound == 10 { counts[Int(value)] += 1 }
    }
    if bound == 10 { #expect(counts.allSatisfy { abs($0 - 2000) < 200 }) }
  }

  @Test func permutationsAreSortedDraws() {
    for count in [0, 1, 2, 100, 1001] {
      let order = stream.permutation(count: count, draw: 5)
      #expect(order.sorted() == Array(0..<count))
      let keys = order.map { stream.longWord(draw: 5, element: $0) }
      #expect(keys == keys.sorted())
    }
    #expect(stream.permutation(count: 50, draw: 1) != stream.permutation(count: 50, draw: 2))
  }
}
