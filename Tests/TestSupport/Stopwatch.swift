/// How long something takes, whatever is done to the clock on the wall.
package struct Stopwatch: Sendable {
  private let start = ContinuousClock.now

  package init() {}

  package var seconds: Double { start.duration(to: .now) / .seconds(1) }
}
