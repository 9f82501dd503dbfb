internal import CKernels
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A few threads that sleep until a piece of work can be shared.
///
/// Work is cut into ranges that depend only on its size and the number of threads, and no result
/// depends on the cut. When the pool is busy (work inside work, or two callers at once) the
/// caller does everything itself, so nothing waits for anything that waits for it.
package final class ThreadPool: @unchecked Sendable {
  // Unchecked: `job` is written under `lock`, and read by workers after they saw it change there.

  /// A pool of one thread: the caller's own.
  package static let serial = ThreadPool(count: 1)

  /// Number of threads that share the work, the caller included.
  package let count: Int

  private let state: State
  private let busy = Atomic<Bool>(false)

  /// - Parameter count: threads including the caller's, 1 to 1024 (clamped); nil: all cores.
  package init(count: Int? = nil) {
    let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    self.count = min(1024, max(1, count ?? cores))
    state = State()
  }

  deinit {
    state.stop()
  }

  /// Runs the body over ranges that cover 0 ..< total, each a multiple of `grain` but the last.
  ///
  /// - Parameters:
  ///   - grain: the least that is worth handing to another thread.
  ///   - body: may run on any thread, several at once, on disjoint ranges.
  package func split(_ total: Int, grain: Int, _ body: (Range<Int>) -> Void) {
    let grains = (total + grain - 1) / max(1, grain)
    let parts = min(count, grains)
    guard parts > 1 else {
      if total > 0 { body(0..<total) }
      return
    }
    run(parts) { part in
      let start = grains * part / parts * grain
      let end = min(total, grains * (part + 1) / parts * grain)
      if start < end { body(start..<end) }
    }
  }

  /// Runs `body(0)` … `body(parts - 1)`, at most `count` at once.
  package func run(_ parts: Int, _ body: (Int) -> Void) {
    guard parts > 1, count > 1, !busy.exchange(true, ordering: .acquiring) else {
      for part in 0..<max(0, parts) { body(part) }
      return
    }
    defer { busy.store(false, ordering: .releasing) }
    withoutActuallyEscaping(body) { escaping in
      state.perform(parts: parts, threads: count, escaping)
    }
  }
}

extension ThreadPool {
  /// What the threads share; outlives the pool until the last worker has left.
  private final class State: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let work = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let generation = Atomic<Int>(0)
    private let unfinished = Atomic<Int>(0)
    private var job: ((Int) -> Void)?
    private var parts = 0
    private var threads = 1
    private var workers = 0
    private var stopped = false

    init() {
      pthread_mutex_init(lock, nil)
      pthread_cond_init(work, nil)
      pthread_cond_init(done, nil)
    }

    deinit {
      pthread_mutex_destroy(lock)
      pthread_cond_destroy(work)
      pthread_cond_destroy(done)
      lock.deallocate()
      work.deallocate()
      done.deallocate()
    }

    func perform(parts: Int, threads: Int, _ job: @escaping (Int) -> Void) {
      startWorkers(threads - 1)
      pthread_mutex_lock(lock)
      self.job = job
      self.parts = parts
      self.threads = workers + 1
      unfinished.store(workers, ordering: .relaxed)
      generation.add(1, ordering: .releasing)
      pthread_cond_broadcast(work)
      pthread_mutex_unlock(lock)

      share(0)

      for _ in 0..<ThreadPool.spins where unfinished.load(ordering: .acquiring) > 0 {
        assay_pause()
      }
      pthread_mutex_lock(lock)
      while unfinished.load(ordering: .acquiring) > 0 { pthread_cond_wait(done, lock) }
      self.job = nil
      pthread_mutex_unlock(lock)
    }

    func stop() {
      pthread_mutex_lock(lock)
      stopped = true
      generation.add(1, ordering: .releasing)
      pthread_cond_broadcast(work)
      pthread_mutex_unlock(lock)
    }

    /// The fixed share of one thread: every `threads`-th part.
    private func share(_ thread: Int) {
      guard let job else { return }
      for part in stride(from: thread, to: parts, by: threads) { job(part) }
    }

    private func startWorkers(_ wanted: Int) {
      guard workers < wanted else { return }
      for index in (workers + 1)...wanted {
        let start = WorkerStart(state: self, index: index)
        let context = Unmanaged.passRetained(start).toOpaque()
        var thread = pthread_t()
        let failure = pthread_create(
          &thread, nil,
          { context in
            guard let context else { return nil }
            let start = Unmanaged<WorkerStart>.fromOpaque(context).takeRetainedValue()
            start.state.serve(start.index, since: start.generation)
            return nil
          }, context)
        guard failure == 0 else {
          Unmanaged<WorkerStart>.fromOpaque(context).release()
          return
        }
        pthread_detach(thread)
        workers = index
      }
    }

    private func serve(_ index: Int, since first: Int) {
      var seen = first
      while true {
        for _ in 0..<ThreadPool.spins where generation.load(ordering: .acquiring) == seen {
          assay_pause()
        }
        pthread_mutex_lock(lock)
        while generation.load(ordering: .acquiring) == seen { pthread_cond_wait(work, lock) }
        seen = generation.load(ordering: .acquiring)
        let leave = stopped
        pthread_mutex_unlock(lock)
        if leave { return }
        share(index)
        if unfinished.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
          pthread_mutex_lock(lock)
          pthread_cond_signal(done)
          pthread_mutex_unlock(lock)
        }
      }
    }

    private final class WorkerStart {
      let state: State
      let index: Int
      let generation: Int

      init(state: State, index: Int) {
        self.state = state
        self.index = index
        generation = state.generation.load(ordering: .acquiring)
      }
    }
  }

  /// Checks before a thread goes to sleep: some microseconds, the gap between kernels of a step.
  private static let spins = 2000
}
