package import Tensors

/// Synthetic 28 × 28 drawings of the ten digits: 784 features in 0…1, ten classes.
///
/// Sample `i` shows digit `i mod 10`, and every random number of it is keyed by its purpose and
/// `i` (rule 6), so it is the same however many samples there are.
package struct Glyphs: Sendable, Hashable {
  /// How many drawings; default 4000.
  package var samples: Int
  /// Standard deviation of the noise on every pixel; default 0.2.
  package var noise: Double
  /// How far shapes deviate from the plain digit: 0 not at all, 1 (default) as a hasty hand.
  package var distortion: Double

  package init(samples: Int = 4000, noise: Double = 0.2, distortion: Double = 1) {
    self.samples = samples
    self.noise = noise
    self.distortion = distortion
  }

  /// Share of drawings that are light on dark: what a linear model cannot undo.
  private static let invertedShare = 0.1

  package static let classNames = (0..<10).map(String.init)
  package static let featureCount = GlyphCanvas.pixelCount
  /// Side of a drawing in pixels.
  package static let side = GlyphCanvas.side

  /// Draws them all.
  ///
  /// - Throws: `DatasetError.outOfRange` for fewer than 10 samples, or a noise or distortion
  ///   that is negative or beyond 10.
  package func dataset(
    key: RandomKey, compute: Compute, deadline: ContinuousClock.Instant? = nil
  ) throws(DatasetError) -> Dataset {
    guard (10...10_000_000).contains(samples) else {
      throw .outOfRange(parameter: "samples", allowed: "10 to 10000000")
    }
    guard noise >= 0, noise <= 10 else {
      throw .outOfRange(parameter: "noise", allowed: "0 to 10")
    }
    guard distortion >= 0, distortion <= 10 else {
      throw .outOfRange(parameter: "distortion", allowed: "0 to 10")
    }
    let pixels = drawings(key: key, compute: compute, deadline)
    if deadline.hasPassed { throw .outOfTime }
    let side = Self.side
    return Dataset(
      featureNames: (0..<Self.featureCount).map { "pixel_\($0 / side)_\($0 % side)" },
      features: pixels,
      targets: .classes((0..<samples).map { Int32($0 % 10) }, names: Self.classNames),
      rowCount: samples)
  }

  /// All drawings; threads share them out.
  /// - Parameter deadline: when it has passed, drawing ends and nothing is returned.
  private func drawings(
    key: RandomKey, compute: Compute, _ deadline: ContinuousClock.Instant?
  ) -> [Double] {
    let shapes = RandomStream(key: key, purpose: "glyphs.shape")
    let noises = RandomStream(key: key, purpose: "glyphs.noise")
    let width = Self.featureCount
    return [Double](unsafeUninitializedCapacity: samples * width) { buffer, count in
      let pixels = SharedPixels(buffer)
      compute.threads.split(samples, grain: 16) { ordinals in
        for ordinal in ordinals {
          if deadline.hasPassed { break }
          let drawing = drawing(ordinal, shapes: shapes, noises: noises, compute: compute)
          for (index, value) in drawing.enumerated() {
            pixels.store(value, at: ordinal * width + index)
          }
        }
      }
      // What is over now was over when a drawing was left out.
      count = deadline.hasPassed ? 0 : samples * width
    }
  }

  /// One drawing, row-major.
  private func drawing(
    _ ordinal: Int, shapes: RandomStream, noises: RandomStream, compute: Compute
  ) -> [Double] {
    var draws = SampleDraws(stream: shapes, ordinal: ordinal)
    let warp = GlyphWarp(distortion: distortion, draws: &draws)
    let strokes = GlyphShape.digits[ordinal % 10].strokes.map { $0.map(warp.apply) }
    var canvas = GlyphCanvas()
    let width = 0.075 * (1 + 0.3 * min(1, distortion) * draws.symmetric())
    canvas.draw(strokes, width: width, ink: 0.8 + 0.2 * draws.symmetric())
    occlude(&canvas, &draws)
    clutter(&canvas, &draws)
    let isInverted = draws.uniform() < Self.invertedShare * min(1, distortion)
    if isInverted { canvas.invert() }
    let normals = compute.normal(
      .vector(Self.featureCount), stream: noises, draw: UInt64(ordinal))
    normals.withElements { normals in canvas.disturb { noise * Double(normals[$0]) } }
    return canvas.pixels
  }

  /// Takes a bar of ink away from three drawings of twenty.
  private func occlude(_ canvas: inout GlyphCanvas, _ draws: inout SampleDraws) {
    let chosen = draws.uniform() < 0.15 * min(1, distortion)
    let (x, y) = (0.2 + 0.5 * draws.uniform(), 0.2 + 0.5 * draws.uniform())
    let isTall = draws.uniform() < 0.5
    guard chosen else { return }
    let (width, height) = isTall ? (0.12, 0.3) : (0.3, 0.12)
    canvas.erase(x: x..<x + width, y: y..<y + height)
  }

  /// Adds a stray pen mark to one drawing of five.
  private func clutter(_ canvas: inout GlyphCanvas, _ draws: inout SampleDraws) {
    let chosen = draws.uniform() < 0.2 * min(1, distortion)
    let a = GlyphPoint(draws.uniform(), draws.uniform())
    let b = GlyphPoint(a.x + 0.3 * draws.symmetric(), a.y + 0.3 * draws.symmetric())
    let ink = 0.4 + 0.5 * draws.uniform()
    guard chosen else { return }
    canvas.draw([[a, b]], width: 0.06, ink: ink)
  }
}

/// Pixels that threads write at places of their own.
private struct SharedPixels: @unchecked Sendable {
  // Unchecked: every drawing has its own range, so no two threads write one place.
  private let base: UnsafeMutablePointer<Double>?

  init(_ buffer: UnsafeMutableBufferPointer<Double>) {
    base = buffer.baseAddress
  }

  func store(_ value: Double, at index: Int) {
    (base.map { $0 + index })?.initialize(to: value)
  }
}
