internal import CKernels
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Lets threads wait until something was changed: for a while in a loop, then asleep.
///
/// Whoever changes what they wait for does it *before* ``announce()``; so a waiting thread either sees
/// the change, or is counted asleep by the one who announces it.
final class Alarm: @unchecked Sendable {
  // Unchecked: the pointer is constant, and all that it points to is atomic.

  /// How long a thread looks before it sleeps.
  struct Patience: Sendable {
    /// Looks with nothing but a pause between: the gap between two kernels.
    let checks: Int
    /// Nanoseconds of looking after those, in which every other thread that wants the core has it.
    let nanoseconds: UInt64

    /// More threads than cores: whoever looks takes the core from who works.
    static let none = Patience(checks: 0, nanoseconds: 0)
  }

  private let word = UnsafeMutablePointer<Atomic<UInt32>>.allocate(capacity: 1)
  private let sleepers = Atomic<Int>(0)
  private let patience: Patience

  init(_ patience: Patience) {
    self.patience = patience
    word.initialize(to: Atomic(0))
  }

  deinit {
    word.deinitialize(count: 1)
    word.deallocate()
  }

  /// Changes with every announcement.
  var count: UInt32 { word.pointee.load(ordering: .sequentiallyConsistent) }

  /// Threads that sleep, or are about to.
  var asleep: Int { sleepers.load(ordering: .sequentiallyConsistent) }

  /// Shows all who look that there is news; those asleep are not woken.
  func announce() {
    word.pointee.add(1, ordering: .sequentiallyConsistent)
  }

  /// Wakes so many of those asleep.
  func wake(_ count: Int) {
    assay_wake(UnsafeRawPointer(word), Int32(clamping: count))
  }

  /// Waits for an announcement after the one that was seen.
  ///
  /// - Returns: the count to wait for next.
  func wait(after seen: UInt32) -> UInt32 {
    for _ in 0..<patience.checks {
      if count != seen { return count }
      assay_pause()
    }
    if patience.nanoseconds > 0 {
      let end = Self.now + patience.nanoseconds
      repeat {
        if count != seen { return count }
        sched_yield()
      } while Self.now < end
    }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while count == seen { assay_sleep_while(UnsafeRawPointer(word), seen) }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
    return count
  }

  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
