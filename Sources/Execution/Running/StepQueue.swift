internal import Glibc

/// Pieces of work, some of which need others first, handed to whoever asks.
///
/// Of several that are ready the first is handed out first.
final class StepQueue: @unchecked Sendable {
  // Unchecked: everything below is touched under the lock.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var ready: [Int] = []
  private var missing: [Int]
  private let followers: [[Int]]
  private var unfinished: Int
  private var isStopped = false

  /// - Parameter needs: for every piece those that must be finished first.
  init(needs: [[Int]]) {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
    var followers = [[Int]](repeating: [], count: needs.count)
    for (piece, needed) in needs.enumerated() {
      for other in Set(needed) { followers[other].append(piece) }
    }
    self.followers = followers
    missing = needs.map { Set($0).count }
    unfinished = needs.count
    ready = missing.indices.filter { missing[$0] == 0 }
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  /// The next piece, as soon as one is ready; nil when all are finished or the queue was stopped.
  func next() -> Int? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while ready.isEmpty, unfinished > 0, !isStopped { pthread_cond_wait(changed, lock) }
    if isStopped || ready.isEmpty { return nil }
    return ready.removeFirst()
  }

  /// Says that a piece is finished, whether it succeeded or not.
  func finish(_ piece: Int) {
    pthread_mutex_lock(lock)
    unfinished -= 1
    for follower in followers[piece] {
      missing[follower] -= 1
      guard missing[follower] == 0 else { continue }
      let place = ready.firstIndex { $0 > follower } ?? ready.endIndex
      ready.insert(follower, at: place)
    }
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }

  /// Hands out nothing more.
  func stop() {
    pthread_mutex_lock(lock)
    isStopped = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }
}
