internal import CKernels

extension Compute {
  /// Independent uniform numbers low + (high − low)·u, u in [0, 1) a multiple of 2⁻²⁴.
  package func uniform(
    _ shape: Shape, low: Double, high: Double, stream: RandomStream, draw: UInt64 = 0
  ) -> Tensor {
    var y = Tensor(uninitialized: shape)
    kernels.pointee.random_uniform(
      shape.count, 0, stream.source(draw: draw), Float(low), Float(high - low), y.mutableElements)
    return y
  }

  /// Independent normal numbers mean + deviation·z (Box and Muller 1958).
  package func normal(
    _ shape: Shape, mean: Double = 0, deviation: Double = 1, stream: RandomStream,
    draw: UInt64 = 0
  ) -> Tensor {
    var y = Tensor(uninitialized: shape)
    kernels.pointee.random_normal(
      shape.count, 0, stream.source(draw: draw), Float(mean), Float(deviation), y.mutableElements)
    return y
  }

  /// Normal numbers within two deviations of the mean: what lies outside is drawn again.
  package func truncatedNormal(
    _ shape: Shape, mean: Double = 0, deviation: Double = 1, stream: RandomStream,
    draw: UInt64 = 0
  ) -> Tensor {
    var y = normal(shape, stream: stream, draw: draw)
    let (count, target) = (y.count, y.mutableElements)
    let (center, width) = (Float(mean), Float(deviation))
    for element in 0..<count {
      var attempt = 1
      // Each redraw fails with probability 0.0455; the bound only makes the loop finite.
      while target[element].magnitude > 2 && attempt < 0xffff {
        kernels.pointee.random_normal(
          1, UInt64(element), stream.source(draw: draw, attempt: attempt), 0, 1, target + element)
        attempt += 1
      }
      target[element] = center.addingProduct(width, target[element])
    }
    return y
  }
}

extension RandomStream {
  /// One standard normal number, the same as `Compute.normal` gives at this element.
  package func normal(draw: UInt64 = 0, element: Int) -> Float {
    precondition(element >= 0 && element < 1 << 34, "element \(element)")
    var value: Float = 0
    assay_kernels_for(ASSAY_ISA_SCALAR)?.pointee
      .random_normal(1, UInt64(element), source(draw: draw), 0, 1, &value)
    return value
  }
}
