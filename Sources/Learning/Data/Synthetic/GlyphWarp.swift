internal import Tensors

/// How one sample bends its digit: an affine map, then a smooth field of displacements.
struct GlyphWarp {
  private let matrix: (Double, Double, Double, Double)
  private let shift: GlyphPoint
  private let waves: [Wave]

  private struct Wave {
    let fx: Double
    let fy: Double
    let phase: Double
    let ax: Double
    let ay: Double

    func displacement(at point: GlyphPoint) -> (Double, Double) {
      let value = DoubleMath.cospi(fx * point.x + fy * point.y + phase)
      return (ax * value, ay * value)
    }
  }

  /// Draws a warp; `distortion` scales every deviation from the plain digit.
  init(distortion: Double, draws: inout SampleDraws) {
    let angle = distortion * 0.045 * draws.symmetric()
    let shear = distortion * 0.14 * draws.symmetric()
    let width = 0.56 * (1 + distortion * 0.12 * draws.symmetric())
    let height = 0.68 * (1 + distortion * 0.09 * draws.symmetric())
    let (cosine, sine) = (DoubleMath.cospi(angle), DoubleMath.cospi(angle - 0.5))
    matrix = (
      cosine * width, (cosine * shear - sine) * height, sine * width,
      (sine * shear + cosine) * height
    )
    let reach = distortion * 0.042
    shift = GlyphPoint(0.5 + reach * draws.symmetric(), 0.5 + reach * draws.symmetric())
    waves = (0..<3).map { _ in
      Wave(
        fx: 2.4 * draws.symmetric(), fy: 2.4 * draws.symmetric(), phase: 2 * draws.uniform(),
        ax: distortion * 0.02 * draws.symmetric(), ay: distortion * 0.02 * draws.symmetric())
    }
  }

  func apply(_ point: GlyphPoint) -> GlyphPoint {
    let (x, y) = (point.x - 0.5, point.y - 0.5)
    var result = GlyphPoint(
      shift.x + matrix.0 * x + matrix.1 * y, shift.y + matrix.2 * x + matrix.3 * y)
    for wave in waves {
      let (dx, dy) = wave.displacement(at: point)
      result.x += dx
      result.y += dy
    }
    return result
  }
}
