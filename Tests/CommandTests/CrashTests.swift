import Foundation
import TestSupport
import Testing

/// Renders that are killed at random moments, alone and two at once.
///
/// Afterwards the store is sound, the documents are all old or all new, or a journal says how they
/// become all new, and the next render ends in the bytes of an undisturbed one.
@Suite struct CrashTests {
  /// Kills; `ASSAY_CRASHES` says how many.
  private static let count = Int(ProcessInfo.processInfo.environment["ASSAY_CRASHES"] ?? "") ?? 200

  /// A notebook that takes some tens of milliseconds; every edition computes other trainings.
  private static func text(edition: Int) -> String {
    var text = SampleNotebook.regression(lr: "0.0\(1 + edition % 8)1")
      .replacingOccurrences(of: "epochs: 2", with: "epochs: 40")
    for index in 0..<5 { text += "\n```experiment copy\(index)\nlike: fit\nseed: \(index)\n```\n" }
    return text
  }

  /// Documents of every edition, rendered without disturbance.
  private static func undisturbed() throws -> [[String: Data]] {
    try (0..<8).map { edition in
      let project = try TestProject(["notebooks/a.md": text(edition: edition)])
      let outcome = try project.assay("render")
      #expect(outcome.status == 0, "\(outcome.description)")
      return try project.outputs()
    }
  }

  @Test func aKilledRenderLosesNothing() throws { try survive(atOnce: 1, kills: Self.count / 2) }

  @Test func twoKilledRendersLoseNothing() throws { try survive(atOnce: 2, kills: Self.count / 2) }

  private func survive(atOnce: Int, kills: Int) throws {
    let seed = UInt64(kills * 10 + atOnce)
    var random = SplitMix64(state: seed)
    let expected = try Self.undisturbed()
    let project = try TestProject()
    let duration = try Self.duration(of: project)
    var before = try project.outputs()
    var killed = 0
    var rounds = 0
    var mixed = 0
    while killed < kills, rounds < 4 * kills {
      rounds += 1
      let edition = random.below(8)
      if random.below(6) == 0 {
        try FileManager.default.removeItem(at: project.folder.url(".assay"))
      }
      try project.folder.write(Self.text(edition: edition), to: "notebooks/a.md")
      let delays = (0..<atOnce).map { _ in duration * 1.1 * random.share() }
      for outcome in try Self.render(project, killedAfter: delays) {
        if outcome.status == 128 + SIGKILL { killed += 1 }
        #expect([0, 128 + SIGKILL].contains(outcome.status), "\(outcome.description)")
      }
      let found = try project.outputs()
      for (name, bytes) in expected[edition] {
        #expect(
          found[name] == bytes || found[name] == before[name],
          "seed \(seed), round \(rounds): \(name) is neither the old nor the new one")
      }
      let isMixed =
        expected[edition].contains { found[$0.key] != $0.value }
        && expected[edition].keys.contains { found[$0] != before[$0] }
      if isMixed { mixed += 1 }
      #expect(
        !isMixed || found["a.unfinished.json"] != nil,
        "seed \(seed), round \(rounds): documents are mixed, and nothing tells how to go on")
      let verified = try project.assay("store", "verify")
      #expect(verified.status == 0, "seed \(seed), round \(rounds): \(verified.description)")
      let next = try project.assay("render")
      #expect(next.status == 0, "seed \(seed), round \(rounds): \(next.description)")
      before = try project.outputs()
      #expect(
        differences(expected[edition], before) == [],
        "seed \(seed), round \(rounds)")
    }
    print(
      "\(killed) of \(rounds * atOnce) renders killed, \(atOnce) at once, seed \(seed);"
        + " documents half replaced after \(mixed)")
    #expect(killed >= min(kills, 1), "no render was killed in time")
  }

  /// How long a render of a whole edition takes here.
  private static func duration(of project: TestProject) throws -> Double {
    try project.folder.write(text(edition: 0), to: "notebooks/a.md")
    let watch = Stopwatch()
    #expect(try project.assay("render").status == 0)
    return watch.seconds
  }

  /// Renders side by side, each killed after its own time.
  private static func render(
    _ project: TestProject, killedAfter delays: [Double]
  ) throws -> [Command.Outcome] {
    let command = try Command.assay()
    let folder = project.folder.url
    let outcomes = Outcomes()
    DispatchQueue.concurrentPerform(iterations: delays.count) { index in
      outcomes.add(
        Result { try command.run(["render"], in: folder, killedAfter: delays[index]) })
    }
    return try outcomes.all.map { try $0.get() }
  }

  /// What threads found, in any order.
  private final class Outcomes: @unchecked Sendable {
    private let lock = NSLock()
    private var found: [Result<Command.Outcome, any Error>] = []

    func add(_ outcome: Result<Command.Outcome, any Error>) {
      lock.withLock { found.append(outcome) }
    }

    var all: [Result<Command.Outcome, any Error>] { lock.withLock { found } }
  }
}

/// A small generator, so that a failing round can be had again.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
  mutating func share() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
