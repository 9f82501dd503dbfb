internal import Glibc

/// Requests on standard input, answers on standard output, a line each.
///
/// An answer is a list of numbers, or words, or `error` and why.
struct Conversation {
  /// A request that was read by a benchmark in progress and is not part of it.
  private var pending: String?

  /// The next request; nil at the end of the input.
  mutating func next() -> String? {
    if let line = pending {
      pending = nil
      return line
    }
    return readLine()
  }

  /// Whether the next request is the same as this one, which is then taken.
  mutating func repeats(_ request: String) -> Bool {
    pending = pending ?? readLine()
    guard pending == request else { return false }
    pending = nil
    return true
  }

  func answer(_ text: String) {
    print(text)
    fflush(nil)
  }

  func refuse(_ reason: String) {
    answer("error \(reason)")
  }
}
