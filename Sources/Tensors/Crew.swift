internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The threads of a pool and the job they share; outlives the pool until the last one has left.
///
/// Parts of a job are claimed one by one, by whoever is free: a thread that the system keeps
/// waiting holds up nobody but the part that it has begun.
final class Crew: @unchecked Sendable {
  // Unchecked: `job` is written while nobody can claim a part, and read after claiming one.

  /// The job of the moment: its number, how many parts it has, and how many are claimed.
  private struct Progress {
    var word: UInt64

    static let mostParts = 1 << 20 - 1

    init(word: UInt64) { self.word = word }

    init(job: UInt64, parts: Int) { word = job << 40 | UInt64(parts) << 20 }

    var job: UInt64 { word >> 40 }
    var next: Int { Int(word & 0xfffff) }
    var isClaimed: Bool { next >= Int(word >> 20 & 0xfffff) }
  }

  /// Covers what a training does on one thread between two kernels, so that few wake-ups are paid for.
  static let patience = Alarm.Patience(checks: 2000, nanoseconds: 200_000)

  private let progress = Atomic<UInt64>(0)
  private let unfinished = Atomic<Int>(0)
  private let isDismissed = Atomic<Bool>(false)
  /// Tells workers of a job.
  private let called: Alarm
  /// Workers that the job still wants from their sleep; each one that comes wakes two.
  private let wanted = Atomic<Int>(0)
  private let finished: Alarm
  private var job: ((Int) -> Void)?
  private var workers = 0
  /// Whether the system gave no further thread; it is not asked again.
  private var isRefused = false

  init(_ patience: Alarm.Patience) {
    called = Alarm(patience)
    finished = Alarm(patience)
  }

  /// Runs all parts of a job on the caller's thread and some helpers; one caller at a time.
  func perform(_ parts: Int, helpers: Int, _ job: @escaping (Int) -> Void) {
    for first in stride(from: 0, to: parts, by: Progress.mostParts) {
      let some = min(Progress.mostParts, parts - first)
      performSome(some, helpers: helpers, first == 0 ? job : { job(first + $0) })
    }
  }

  private func performSome(_ parts: Int, helpers: Int, _ job: @escaping (Int) -> Void) {
    hire(helpers)
    self.job = job
    unfinished.store(parts, ordering: .relaxed)
    let last = Progress(word: progress.load(ordering: .relaxed))
    progress.store(
      Progress(job: (last.job + 1) & 0xffffff, parts: parts).word,
      ordering: .sequentiallyConsistent)
    called.announce()
    // Who looks comes by itself.
    let missing = min(helpers, workers) - (workers - called.asleep)
    wanted.store(max(0, missing), ordering: .sequentiallyConsistent)
    wakeSome(1)
    work()
    var seen = finished.count
    while unfinished.load(ordering: .sequentiallyConsistent) > 0 {
      seen = finished.wait(after: seen)
    }
    self.job = nil
  }

  /// Waking costs the one who wakes, so nobody wakes many.
  private func wakeSome(_ most: Int) {
    var seen = wanted.load(ordering: .relaxed)
    while seen > 0 {
      let some = min(seen, most)
      let (exchanged, original) = wanted.compareExchange(
        expected: seen, desired: seen - some, ordering: .acquiringAndReleasing)
      if exchanged { return called.wake(some) }
      seen = original
    }
  }

  /// Does parts until none is left to claim.
  private func work() {
    while let part = claim() {
      perform(part)
      if unfinished.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 {
        finished.announce()
        if finished.asleep > 0 { finished.wake(1) }
      }
    }
  }

  /// Not inlined, so that the job is no longer held when the part counts as finished.
  @inline(never)
  private func perform(_ part: Int) {
    job?(part)
  }

  private func claim() -> Int? {
    var seen = progress.load(ordering: .acquiring)
    while true {
      let current = Progress(word: seen)
      if current.isClaimed { return nil }
      let (exchanged, original) = progress.compareExchange(
        expected: seen, desired: seen + 1, ordering: .acquiringAndReleasing)
      if exchanged { return current.next }
      seen = original
    }
  }

  func dismiss() {
    isDismissed.store(true, ordering: .sequentiallyConsistent)
    called.announce()
    called.wake(.max)
  }

  private func hire(_ wanted: Int) {
    while workers < wanted, !isRefused {
      if start() { workers += 1 } else { isRefused = true }
    }
  }

  private func start() -> Bool {
    let context = Unmanaged.passRetained(Start(crew: self, seen: called.count))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
        start.crew.serve(after: start.seen)
        return nil
      }, context.toOpaque())
    if failure != 0 {
      context.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private func serve(after seen: UInt32) {
    var seen = seen
    while true {
      seen = called.wait(after: seen)
      if isDismissed.load(ordering: .acquiring) { return }
      if !Progress(word: progress.load(ordering: .relaxed)).isClaimed { wakeSome(2) }
      work()
    }
  }

  private final class Start {
    let crew: Crew
    let seen: UInt32

    init(crew: Crew, seen: UInt32) {
      self.crew = crew
      self.seen = seen
    }
  }
}
