internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A few threads that sleep until a piece of work can be shared.
///
/// Work is cut into parts that write to different places, so no result depends on the cut or on
/// who does which part. When the pool is busy (work inside work, or two callers at once) the
/// caller does everything itself, so nothing waits for anything that waits for it.
package final class ThreadPool: @unchecked Sendable {
  // Unchecked: what threads share is in `Crew`, which says how.

  /// A pool of one thread: the caller's own.
  package static let serial = ThreadPool(count: 1)

  /// Number of threads that share the work, the caller included.
  package let count: Int

  private let crew: Crew
  private let busy = Atomic<Bool>(false)

  /// - Parameter count: threads including the caller's, 1 to 1024 (clamped); nil: all cores.
  package init(count: Int? = nil) {
    let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    self.count = min(1024, max(1, count ?? cores))
    crew = Crew(self.count <= cores ? Crew.patience : .none)
  }

  deinit {
    crew.dismiss()
  }

  /// Runs the body over ranges that cover 0 ..< total, each a multiple of `grain` but the last.
  ///
  /// - Parameters:
  ///   - grain: the least that is worth handing to another thread.
  ///   - body: may run on any thread, several at once, on disjoint ranges.
  package func split(_ total: Int, grain: Int, _ body: (Range<Int>) -> Void) {
    let grain = max(1, grain)
    let grains = (total + grain - 1) / grain
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
      crew.perform(parts, helpers: min(parts, count) - 1, escaping)
    }
  }
}
