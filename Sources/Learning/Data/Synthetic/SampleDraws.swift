internal import Tensors

/// The random numbers of one sample, taken one after the other from its own draw (rule 6).
struct SampleDraws {
  private let stream: RandomStream
  private let draw: UInt64
  private var element = 0

  init(stream: RandomStream, ordinal: Int) {
    self.stream = stream
    draw = UInt64(ordinal)
  }

  /// The next number in 0..<1.
  mutating func uniform() -> Double {
    defer { element += 1 }
    return stream.uniformDouble(draw: draw, element: element)
  }

  /// The next number in −1..<1.
  mutating func symmetric() -> Double { 2 * uniform() - 1 }
}
