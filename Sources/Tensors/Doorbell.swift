internal import CKernels
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Lets one thread wait for another: some checks in a loop, then sleep.
///
/// Whoever rings changes the awaited value *before*, with a sequentially consistent operation; so
/// either the waiting thread sees the change, or the ringing one sees it asleep.
final class Doorbell: @unchecked Sendable {
  // Unchecked: the pointers are constant and point to what threads may share.
  private let isAsleep = Atomic<Bool>(false)
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    pthread_cond_destroy(changed)
    lock.deallocate()
    changed.deallocate()
  }

  /// Wakes the waiting thread; costs one load when it is not asleep.
  func ring() {
    guard isAsleep.load(ordering: .sequentiallyConsistent) else { return }
    pthread_mutex_lock(lock)
    pthread_cond_signal(changed)
    pthread_mutex_unlock(lock)
  }

  /// Waits until the condition, a sequentially consistent load, holds.
  ///
  /// - Parameter checks: how often to look before going to sleep.
  func wait(checks: Int, until isReady: () -> Bool) {
    for _ in 0..<checks {
      if isReady() { return }
      assay_pause()
    }
    pthread_mutex_lock(lock)
    isAsleep.store(true, ordering: .sequentiallyConsistent)
    while !isReady() { pthread_cond_wait(changed, lock) }
    isAsleep.store(false, ordering: .relaxed)
    pthread_mutex_unlock(lock)
  }
}
