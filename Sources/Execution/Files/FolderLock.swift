internal import Glibc

/// Keeps processes that share a folder from changing, or reading, files that belong together at the
/// same time.
///
/// The system holds it for an open descriptor and lets go of it when the process ends, however it
/// ends; nothing of it is on disk. Where it cannot be had (no such folder, a file system without
/// locks, somebody who keeps it too long) the work goes on without: each single file is still replaced
/// whole.
package struct FolderLock: ~Copyable {
  /// Who else may have it at the same time.
  package enum Sharing: Sendable {
    /// Other readers.
    case readers
    /// Nobody.
    case nobody
  }

  /// Seconds after which a lock that others keep is not waited for any longer.
  private static let patience = 10.0

  private let descriptor: Int32

  /// Waits until the lock of a folder can be had, but not for ever.
  package init(_ folder: String, sharing: Sharing) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    let operation = sharing == .readers ? LOCK_SH : LOCK_EX
    let clock = ContinuousClock()
    let start = clock.now
    while flock(descriptor, operation | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR,
        start.duration(to: clock.now) < .seconds(Self.patience)
      else { return }
      usleep(1000)
    }
  }

  /// Lets others have it; so does the end of the value.
  package consuming func release() {}

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }
}
