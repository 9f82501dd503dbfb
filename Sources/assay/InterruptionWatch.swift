internal import Dispatch
internal import Glibc
internal import Synchronization

/// Clears something away when the program is told to end, and ends it then as it would have ended.
///
/// Hardly anything may be done in a signal's handler: it wakes a thread through a pipe. One watch at a
/// time; what `kill -9` leaves is for others to find.
final class InterruptionWatch {
  /// The end of the pipe that a handler writes to; negative where nobody would read.
  private static let wake = Atomic<Int32>(-1)
  private static let signals = [SIGINT, SIGTERM]

  private let writing: Int32
  private let earlier: [sighandler_t?]

  /// - Parameter clear: called on a thread of its own, while the others go on working.
  /// - Returns: nil where the system has no pipe left.
  init?(_ clear: @escaping @Sendable () -> Void) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let reading = ends[0]
    writing = ends[1]
    DispatchQueue(label: "assay.interruption").async {
      var number: UInt8 = 0
      var count = 0
      repeat { count = read(reading, &number, 1) } while count < 0 && errno == EINTR
      if count == 1 {
        // A second interruption does not wait.
        Self.wake.store(-1, ordering: .releasing)
        clear()
        Self.end(Int32(number))
      }
      close(reading)
    }
    Self.wake.store(writing, ordering: .releasing)
    earlier = Self.signals.map { number in
      signal(number) { number in
        let code = errno
        var byte = UInt8(truncatingIfNeeded: number)
        let pipe = InterruptionWatch.wake.load(ordering: .acquiring)
        if pipe < 0 || write(pipe, &byte, 1) != 1 { InterruptionWatch.end(number) }
        errno = code
      }
    }
  }

  /// Watches no longer.
  func stop() {
    for (number, handler) in zip(Self.signals, earlier) { signal(number, handler) }
    Self.wake.store(-1, ordering: .releasing)
    close(writing)
  }

  /// Ends the program: an interruption by the status of the interface, anything else as by the signal.
  private static func end(_ number: Int32) {
    if number == SIGINT { _exit(ExitStatus.interrupted.rawValue) }
    signal(number, SIG_DFL)
    kill(getpid(), number)
  }
}
