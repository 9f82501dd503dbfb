/// Random numbers that are the same on every run (SplitMix64).
struct SeededGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    let width = UInt64(range.upperBound - range.lowerBound)
    return range.lowerBound + Int(width == .max ? next() : next() % (width + 1))
  }

  mutating func chance(_ probability: Double) -> Bool {
    Double(next() >> 11) < probability * 9_007_199_254_740_992
  }

  /// An element of a list that must not be empty.
  mutating func element<Element>(_ list: [Element]) -> Element {
    list[integer(0...list.count - 1)]
  }
}
