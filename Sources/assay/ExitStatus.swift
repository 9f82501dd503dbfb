/// How a command ended; the numbers are part of the interface (design §7).
enum ExitStatus: Int32, CaseIterable, Sendable {
  case fine = 0
  /// A region was edited by hand, or a value moved.
  case drifted = 1
  case expectationFailed = 2
  case blockFailed = 3
  case invalidInput = 4
  case limitReached = 5
  case wrongUsage = 64
  case interrupted = 130

  /// Of several endings the one to report: an interruption, then 64, 4, 5, 3, 2, 1.
  static func worst(_ statuses: some Sequence<ExitStatus>) -> ExitStatus {
    let order: [ExitStatus] = [
      .interrupted, .wrongUsage, .invalidInput, .limitReached, .blockFailed, .expectationFailed,
      .drifted,
    ]
    let seen = Set(statuses)
    return order.first(where: seen.contains) ?? .fine
  }

  /// Whether documents may be written: endings 4, 5 and 64 leave every earlier file untouched.
  var permitsWriting: Bool {
    switch self {
    case .invalidInput, .limitReached, .wrongUsage, .interrupted: false
    case .fine, .drifted, .expectationFailed, .blockFailed: true
    }
  }
}
