internal import Dispatch
internal import Synchronization

/// Writes entries beside the computation: syncing a file takes milliseconds of waiting.
package final class StoreWriter: Sendable {
  /// Entries that may wait before a caller has to.
  private static let mostWaiting = 32

  private let store: Store
  private let queue = DispatchQueue(label: "assay.store")
  private let room = DispatchSemaphore(value: StoreWriter.mostWaiting)
  private let failure = Mutex<WriteFailure?>(nil)

  package init(_ store: Store) {
    self.store = store
  }

  /// Hands over an entry; returns at once, save when many are waiting.
  ///
  /// After a failure, entries are dropped: a full or read-only disk is tried once.
  package func write(_ entry: StoreEntry, replacing: Bool = false) {
    guard failure.withLock({ $0 == nil }) else { return }
    room.wait()
    queue.async { [self] in
      defer { room.signal() }
      guard failure.withLock({ $0 == nil }) else { return }
      do throws(WriteFailure) {
        try store.write(entry, replacing: replacing)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
  }

  /// Waits until everything handed over is on disk.
  ///
  /// - Returns: the first failure.
  @discardableResult
  package func finish() -> WriteFailure? {
    queue.sync {}
    return failure.withLock(\.self)
  }
}
