import Dispatch
import Execution
import Synchronization
import Testing

/// Values that several threads want.
@Suite struct OnceEachTests {
  private struct Refusal: Error {}

  @Test func eachIsMadeOnceHoweverManyAskAtOnce() {
    let values = OnceEach<Int, Int>()
    let made = Mutex<[Int: Int]>([:])
    DispatchQueue.concurrentPerform(iterations: 400) { round in
      let key = round % 7
      let value = values.value(of: key) {
        made.withLock { $0[key, default: 0] += 1 }
        return key * key
      }
      #expect(value == key * key)
    }
    #expect(made.withLock { $0 } == Dictionary(uniqueKeysWithValues: (0..<7).map { ($0, 1) }))
    #expect(values.count == 7)
    #expect(values.known(3) == 9 && values.known(8) == nil)
  }

  /// The first cannot be made before the second is: with one lock for both, nobody would get further.
  @Test func whoMakesOneKeepsNobodyFromAnother() {
    let values = OnceEach<String, String>()
    let (begun, other) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let first = DispatchSemaphore(value: 0)
    let outcome = Mutex<DispatchTimeoutResult?>(nil)
    DispatchQueue.global().async {
      _ = values.value(of: "large") {
        begun.signal()
        let waited = other.wait(timeout: .now() + 30)
        outcome.withLock { $0 = waited }
        return "large"
      }
      first.signal()
    }
    begun.wait()
    #expect(values.value(of: "small") { "small" } == "small")
    other.signal()
    first.wait()
    #expect(outcome.withLock { $0 } == .success)
    #expect(values.count == 2)
  }

  @Test func aFailureIsToldAndTheNextOneTriesAgain() throws {
    let values = OnceEach<Int, Int>()
    #expect(throws: Refusal.self) {
      try values.value(of: 1) { () throws(Refusal) in throw Refusal() }
    }
    #expect(values.known(1) == nil && values.count == 0)
    #expect(values.value(of: 1) { 5 } == 5)
  }
}
