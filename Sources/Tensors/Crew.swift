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

  private final class Worker: Sendable {
    let bell = Doorbell()
    /// Counts calls for help.
    let calls = Atomic<Int>(0)
  }

  /// Looks at memory before a thread goes to sleep: about as long as the gap between two kernels.
  static let checks = 2000

  private let checks: Int
  private let progress = Atomic<UInt64>(0)
  private let unfinished = Atomic<Int>(0)
  private let isDismissed = Atomic<Bool>(false)
  private let finished = Doorbell()
  private var job: ((Int) -> Void)?
  private var workers: [Worker] = []
  /// Whether the system gave no further thread; it is not asked again.
  private var isRefused = false

  /// - Parameter checks: looks before a thread sleeps; 0 where there are more threads than cores.
  init(checks: Int) {
    self.checks = checks
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
    for worker in workers.prefix(helpers) {
      worker.calls.add(1, ordering: .sequentiallyConsistent)
      worker.bell.ring()
    }
    work()
    finished.wait(checks: checks) { unfinished.load(ordering: .sequentiallyConsistent) == 0 }
    self.job = nil
  }

  /// Does parts until none is left to claim.
  private func work() {
    while let part = claim() {
      perform(part)
      if unfinished.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 {
        finished.ring()
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
    for worker in workers { worker.bell.ring() }
  }

  private func hire(_ wanted: Int) {
    while workers.count < wanted, !isRefused {
      let worker = Worker()
      if start(worker) { workers.append(worker) } else { isRefused = true }
    }
  }

  private func start(_ worker: Worker) -> Bool {
    let context = Unmanaged.passRetained(Start(crew: self, worker: worker))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
        start.crew.serve(start.worker)
        return nil
      }, context.toOpaque())
    if failure != 0 {
      context.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private func serve(_ worker: Worker) {
    var seen = 0
    while true {
      worker.bell.wait(checks: checks) {
        worker.calls.load(ordering: .sequentiallyConsistent) != seen
          || isDismissed.load(ordering: .sequentiallyConsistent)
      }
      if isDismissed.load(ordering: .acquiring) { return }
      seen = worker.calls.load(ordering: .acquiring)
      work()
    }
  }

  private final class Start {
    let crew: Crew
    let worker: Worker

    init(crew: Crew, worker: Worker) {
      self.crew = crew
      self.worker = worker
    }
  }
}
