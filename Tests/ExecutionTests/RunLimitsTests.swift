import Execution
import Experiments
import Tensors
import Testing

/// What is watched while a plan runs.
@Suite struct RunLimitsTests {
  @Test func timeIsExceededWhenItHasPassed() {
    let limits = RunLimits(seconds: 1.5)
    #expect(limits.excess(elapsed: 0) == nil)
    #expect(limits.excess(elapsed: 1.5) == nil)
    #expect(limits.excess(elapsed: 1.6) == .seconds(limit: 1.5))
    #expect(RunLimits().excess(elapsed: 1e9) == nil)
  }

  @Test func memoryIsWhatTheProcessHoldsNow() {
    #expect(RunLimits(bytes: 1 << 50).excess(elapsed: 0) == nil)
    guard case .bytes(limit: 1_000_000, let found) = RunLimits(bytes: 1_000_000).excess(elapsed: 0)
    else {
      Issue.record("this process holds more than a megabyte")
      return
    }
    #expect(found > 1_000_000 && found < 1 << 46)
  }

  @Test func theLimitsOfAPlanAreWatchedAsFarAsTheyCanBe() {
    var limits = PlanLimits()
    #expect(RunLimits(limits) == RunLimits(bytes: 4_000_000_000))
    limits.seconds = 90
    limits.bytes = 5_000_000
    #expect(RunLimits(limits) == RunLimits(seconds: 90, bytes: 5_000_000))
  }

  /// Memory that was given back counts no more, unlike in the largest size so far.
  @Test func memoryThatWasGivenBackDoesNotCount() {
    let size = 256 << 20
    // Other tests take and give back memory meanwhile, so one drop in twenty looks will do.
    let hasDropped = (0..<20).contains { _ in
      let holding = withUnsafeTemporaryAllocation(byteCount: size, alignment: 4096) { buffer in
        buffer.initializeMemory(as: UInt8.self, repeating: 1)
        return TensorMemory.residentBytes
      }
      #expect(holding >= size)
      return holding - TensorMemory.residentBytes > size / 2
    }
    #expect(hasDropped)
    #expect(TensorMemory.peakResidentBytes >= size)
  }

  /// Cheap enough for every few steps of a training.
  @Test func askingTakesMicroseconds() {
    let limits = RunLimits(seconds: 1e9, bytes: 1 << 50)
    let clock = ContinuousClock()
    let fastest = (0..<10).map { _ in
      clock.measure { for _ in 0..<1000 { _ = limits.excess(elapsed: 0) } }
    }.min()
    let microseconds = (fastest ?? .seconds(1)) / .microseconds(1) / 1000
    #expect(microseconds < 50, "\(microseconds) µs")
    print("asking for limits: \(microseconds) µs")
  }
}
