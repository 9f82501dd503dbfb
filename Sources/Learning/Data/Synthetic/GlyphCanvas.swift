/// A 28 × 28 drawing: ink by distance to pen strokes, with soft edges.
struct GlyphCanvas {
  static let side = 28
  static let pixelCount = side * side

  /// Ink 0…1, row-major.
  private(set) var pixels = [Double](repeating: 0, count: pixelCount)

  /// Draws polylines with a pen of `width` (1 = the whole side) and an ink of 0…1.
  mutating func draw(_ strokes: [[GlyphPoint]], width: Double, ink: Double) {
    let side = Self.side
    let scale = Double(side)
    let radius = width * scale / 2
    // Squared distance in pixels to the nearest segment, where one is near.
    let far = Double.greatestFiniteMagnitude
    var nearest = [Double](repeating: far, count: Self.pixelCount)
    nearest.withUnsafeMutableBufferPointer { nearest in
      for stroke in strokes {
        for (a, b) in zip(stroke, stroke.dropFirst()) {
          Self.mark(
            GlyphPoint(a.x * scale, a.y * scale), GlyphPoint(b.x * scale, b.y * scale),
            reach: radius + 1, in: nearest)
        }
      }
    }
    for index in 0..<Self.pixelCount where nearest[index] < far {
      let cover = min(1, max(0, radius + 0.5 - nearest[index].squareRoot()))
      pixels[index] = max(pixels[index], ink * cover)
    }
  }

  private static func mark(
    _ a: GlyphPoint, _ b: GlyphPoint, reach: Double,
    in nearest: UnsafeMutableBufferPointer<Double>
  ) {
    let rows = pixelRange(min(a.y, b.y) - reach, max(a.y, b.y) + reach)
    let columns = pixelRange(min(a.x, b.x) - reach, max(a.x, b.x) + reach)
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = dx * dx + dy * dy
    for row in rows {
      let y = Double(row) + 0.5 - a.y
      for column in columns {
        let x = Double(column) + 0.5 - a.x
        let share = length > 0 ? min(1, max(0, (x * dx + y * dy) / length)) : 0
        let (ex, ey) = (x - share * dx, y - share * dy)
        let index = row * side + column
        nearest[index] = min(nearest[index], ex * ex + ey * ey)
      }
    }
  }

  /// The pixels whose centres lie in a range of coordinates; clamped before it is converted.
  private static func pixelRange(_ low: Double, _ high: Double) -> Range<Int> {
    let limit = Double(side)
    let first = Int(min(limit, max(0, low.rounded(.down))))
    let last = Int(min(limit, max(0, high.rounded(.up))))
    return first..<max(first, last)
  }

  /// Takes the ink off a rectangle given in shares of the side.
  mutating func erase(x: Range<Double>, y: Range<Double>) {
    let scale = Double(Self.side)
    for row in Self.pixelRange(y.lowerBound * scale, y.upperBound * scale) {
      for column in Self.pixelRange(x.lowerBound * scale, x.upperBound * scale) {
        pixels[row * Self.side + column] = 0
      }
    }
  }

  /// Makes ink paper and paper ink.
  mutating func invert() {
    for index in pixels.indices { pixels[index] = 1 - pixels[index] }
  }

  /// Adds to every pixel what `offset` gives for it, kept within 0…1.
  mutating func disturb(_ offset: (Int) -> Double) {
    for index in pixels.indices {
      pixels[index] = min(1, max(0, pixels[index] + offset(index)))
    }
  }
}
