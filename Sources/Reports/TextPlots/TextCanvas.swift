internal import Diagnostics

/// A grid of characters, each a scalar of one column, that a text plot is drawn on.
struct TextCanvas {
  let width: Int
  let height: Int
  private var cells: [Unicode.Scalar]

  /// A blank canvas; sizes below one are taken as one.
  init(width: Int, height: Int) {
    self.width = max(1, width)
    self.height = max(1, height)
    cells = Array(repeating: " ", count: self.width * self.height)
  }

  /// The character at a place, row 0 at the top; places outside read as blank and keep nothing.
  subscript(column: Int, row: Int) -> Unicode.Scalar {
    get { contains(column, row) ? cells[row * width + column] : " " }
    set { if contains(column, row) { cells[row * width + column] = newValue } }
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    column >= 0 && column < width && row >= 0 && row < height
  }

  /// A row's text, full width.
  func line(_ row: Int) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(3 * width)
    for scalar in cells[(row * width)..<((row + 1) * width)] {
      if scalar.isASCII {
        text.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Visits the grid points of the straight line between two points, both included (Bresenham 1965).
func forEachPoint(
  from start: (x: Int, y: Int), to end: (x: Int, y: Int), _ visit: (Int, Int) -> Void
) {
  let (dx, dy) = (abs(end.x - start.x), -abs(end.y - start.y))
  let (stepX, stepY) = (start.x < end.x ? 1 : -1, start.y < end.y ? 1 : -1)
  var (x, y) = start
  var error = dx + dy
  while true {
    visit(x, y)
    if x == end.x, y == end.y { return }
    let twice = 2 * error
    if twice >= dy {
      error += dy
      x += stepX
    }
    if twice <= dx {
      error += dx
      y += stepY
    }
  }
}

/// Lines of a text plot, checked against the width that every plot keeps.
struct TextLines {
  /// Columns that no line of a plot exceeds.
  static let maximalWidth = 80

  private(set) var lines: [String] = []

  /// Appends a line without its trailing blanks; a line of blanks only is left out, because a plot
  /// in a list item must not hold one.
  mutating func append(_ line: String) {
    var line = line.utf8[...]
    while line.last == UInt8(ascii: " ") { line.removeLast() }
    guard !line.isEmpty else { return }
    lines.append(String(Substring(line)).shortened(to: Self.maximalWidth, mark: ".."))
  }

  /// Appends words, wrapped between them.
  mutating func append(words: [String], separator: String, indent: String) {
    var line = indent
    var isEmpty = true
    for word in words {
      let longer = isEmpty ? line + word : line + separator + word
      if !isEmpty, longer.displayWidth > Self.maximalWidth {
        append(line)
        line = indent + word
      } else {
        line = longer
      }
      isEmpty = false
    }
    if !isEmpty { append(line) }
  }

  var text: String { lines.joined(separator: "\n") }
}
