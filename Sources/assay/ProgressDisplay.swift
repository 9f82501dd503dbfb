internal import Execution
internal import Experiments
internal import Diagnostics

/// Shows on standard error what is being computed: a line that is rewritten on a terminal, a line
/// per step elsewhere, nothing when quiet.
final class ProgressDisplay {
  private enum Style { case live, plain, quiet }

  private let style: Style
  private let columns: Int
  private let notebook: String
  private let clock = ContinuousClock()
  private var stepStart: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant
  private var position = ""
  private var isLineOpen = false

  /// - Parameter notebook: the path that lines begin with.
  init(notebook: String, quiet: Bool) {
    self.notebook = notebook.escapingControlCharacters
    style = quiet ? .quiet : StandardStream.error.isTerminal ? .live : .plain
    columns = StandardStream.error.columns
    stepStart = clock.now
    lastDrawn = clock.now - .seconds(1)
  }

  func show(_ progress: RunProgress) {
    guard style != .quiet else { return }
    switch progress {
    case .began(let step, let index, let count):
      position = "[\(index)/\(count)] "
      stepStart = clock.now
      if style == .live { draw(position + step.description.escapingControlCharacters) }
    case .training(let id, let step, let total, let loss, _):
      let now = clock.now
      guard style == .live, lastDrawn.duration(to: now) > .milliseconds(100) else { return }
      let elapsed = stepStart.duration(to: now) / .seconds(1)
      let left = elapsed / Double(max(1, step)) * Double(max(0, total - step))
      draw(
        "\(position)\(id.description.escapingControlCharacters)  \(Self.bar(step, of: total)) \(step)/\(total)  "
          + "loss \(NumberFormat.significant(4).text(loss))  \(NumberFormat.fixed(1).text(left)) s left"
      )
    case .ended(let step, let seconds):
      guard style == .plain else { return }
      StandardStream.error.write(
        "\(notebook): \(step.description.escapingControlCharacters) (\(NumberFormat.fixed(2).text(seconds)) s)\n"
      )
    }
  }

  /// Says something between steps, on a line of its own.
  func say(_ text: String) {
    guard style != .quiet else { return }
    close()
    StandardStream.error.write(text.escapingControlCharacters + "\n")
  }

  /// Takes the live line away.
  func close() {
    guard isLineOpen else { return }
    StandardStream.error.write("\r\u{1B}[K")
    isLineOpen = false
  }

  private func draw(_ text: String) {
    // The file's name is enough here, and leaves room for the figures.
    let name = notebook.split(separator: "/").last.map(String.init) ?? notebook
    var line = "\(name) \(text)"
    // A line that wraps could not be rewritten.
    while line.displayWidth >= columns, !line.isEmpty { line.removeLast() }
    StandardStream.error.write("\r\u{1B}[K" + line)
    lastDrawn = clock.now
    isLineOpen = true
  }

  private static func bar(_ done: Int, of total: Int) -> String {
    let width = 10
    let filled = total > 0 ? min(width, done * width / total) : width
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: ".", count: width - filled) + "]"
  }
}
