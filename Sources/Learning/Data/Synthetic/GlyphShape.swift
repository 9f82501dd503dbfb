internal import Tensors

/// A point in the unit square; x to the right, y down.
struct GlyphPoint {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// How a digit is written: pen strokes in the unit square, as dense polylines.
struct GlyphShape {
  let strokes: [[GlyphPoint]]

  /// Points closer than this follow a bent field smoothly.
  private static let spacing = 0.09

  /// A piece of a pen stroke.
  private enum Piece {
    case line([GlyphPoint])
    /// Part of an ellipse; angles in half turns, clockwise from the right.
    case arc(center: GlyphPoint, rx: Double, ry: Double, from: Double, to: Double)
  }

  /// The digits 0…9 in order.
  static let digits: [GlyphShape] = pieces.map(GlyphShape.init)

  private init(_ strokes: [[Piece]]) {
    self.strokes = strokes.map { $0.flatMap(Self.points) }
  }

  private static func points(_ piece: Piece) -> [GlyphPoint] {
    switch piece {
    case .line(let corners):
      var points: [GlyphPoint] = []
      for (a, b) in zip(corners, corners.dropFirst()) {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let steps = max(1, Int(((dx * dx + dy * dy).squareRoot() / spacing).rounded(.up)))
        for step in 0...steps {
          let share = Double(step) / Double(steps)
          points.append(GlyphPoint(a.x + share * dx, a.y + share * dy))
        }
      }
      return points
    case .arc(let center, let rx, let ry, let from, let to):
      let steps = max(4, Int((abs(to - from) * 3.2 * max(rx, ry) / spacing).rounded(.up)))
      return (0...steps).map { step in
        let angle = from + (to - from) * Double(step) / Double(steps)
        // sin πx = cos π(x − ½)
        return GlyphPoint(
          center.x + rx * DoubleMath.cospi(angle), center.y + ry * DoubleMath.cospi(angle - 0.5))
      }
    }
  }

  private static let pieces: [[[Piece]]] = [
    [[.arc(center: GlyphPoint(0.5, 0.5), rx: 0.3, ry: 0.45, from: 0, to: 2)]],
    [[.line([GlyphPoint(0.3, 0.25), GlyphPoint(0.52, 0.05), GlyphPoint(0.52, 0.95)])]],
    [
      [
        .arc(center: GlyphPoint(0.5, 0.3), rx: 0.28, ry: 0.25, from: -1.05, to: 0.2),
        .line([GlyphPoint(0.72, 0.44), GlyphPoint(0.2, 0.95), GlyphPoint(0.82, 0.95)]),
      ]
    ],
    [
      [
        .arc(center: GlyphPoint(0.48, 0.28), rx: 0.27, ry: 0.23, from: -0.95, to: 0.5),
        .arc(center: GlyphPoint(0.48, 0.73), rx: 0.3, ry: 0.22, from: -0.5, to: 0.95),
      ]
    ],
    [
      [.line([GlyphPoint(0.6, 0.05), GlyphPoint(0.15, 0.65), GlyphPoint(0.85, 0.65)])],
      [.line([GlyphPoint(0.62, 0.35), GlyphPoint(0.62, 0.95)])],
    ],
    [
      [
        .line([GlyphPoint(0.78, 0.06), GlyphPoint(0.28, 0.06), GlyphPoint(0.24, 0.45)]),
        .arc(center: GlyphPoint(0.47, 0.67), rx: 0.31, ry: 0.27, from: -0.75, to: 0.85),
      ]
    ],
    [
      [
        .line([GlyphPoint(0.66, 0.05), GlyphPoint(0.36, 0.35), GlyphPoint(0.22, 0.65)]),
        .arc(center: GlyphPoint(0.5, 0.69), rx: 0.28, ry: 0.25, from: 1, to: -1),
      ]
    ],
    [[.line([GlyphPoint(0.18, 0.06), GlyphPoint(0.82, 0.06), GlyphPoint(0.4, 0.95)])]],
    [
      [.arc(center: GlyphPoint(0.5, 0.28), rx: 0.23, ry: 0.22, from: 0.5, to: 2.5)],
      [.arc(center: GlyphPoint(0.5, 0.73), rx: 0.29, ry: 0.23, from: -0.5, to: 1.5)],
    ],
    [
      [
        .arc(center: GlyphPoint(0.5, 0.31), rx: 0.27, ry: 0.25, from: 0, to: 2),
        .line([GlyphPoint(0.77, 0.31), GlyphPoint(0.7, 0.65), GlyphPoint(0.42, 0.95)]),
      ]
    ],
  ]
}
