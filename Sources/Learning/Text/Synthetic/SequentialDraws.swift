internal import Tensors

/// Random numbers taken one after the other from a place of a stream, fetched 64 at a time.
struct SequentialDraws {
  private let stream: RandomStream
  private var draw: UInt64 = 0
  private var element = 0
  /// Words of the elements `fetched ..< fetched + 64`.
  private var words = [UInt32](repeating: 0, count: 64)
  private var fetched = Int.max

  init(_ stream: RandomStream) {
    self.stream = stream
  }

  /// Goes on at another place.
  mutating func move(to draw: Int, element: Int = 0) {
    self.draw = UInt64(draw)
    self.element = element
    fetched = .max
  }

  private mutating func word() -> UInt32 {
    if element < fetched || element >= fetched + words.count {
      let (stream, draw, first) = (stream, draw, element & ~63)
      words.withUnsafeMutableBufferPointer { stream.fill($0, draw: draw, first: first) }
      fetched = first
    }
    defer { element += 1 }
    return words[element - fetched]
  }

  /// An integer in 0 ..< bound, as `RandomStream.integer` gives it at this place.
  mutating func integer(below bound: Int) -> Int {
    let bound = UInt32(truncatingIfNeeded: bound)
    let product = word().multipliedFullWidth(by: bound)
    if product.low < bound, product.low < (0 &- bound) % bound {
      return Int(stream.integer(below: bound, draw: draw, element: element - 1))
    }
    return Int(product.high)
  }

  /// True with a probability, up to 2⁻³².
  mutating func chance(_ probability: Double) -> Bool {
    Double(word()) < probability * 0x1p32
  }

  /// Two different numbers below a bound of 2 or more.
  mutating func two(of bound: Int) -> (Int, Int) {
    let first = integer(below: bound)
    return (first, (first + 1 + integer(below: bound - 1)) % bound)
  }

  /// An element, all equally likely; the collection is not empty.
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[integer(below: elements.count)]
  }
}
