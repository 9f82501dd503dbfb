import JSON
import Testing

/// Numbers of JSON files are the nearest doubles.
@Suite struct JSONNumberTests {
  private func read(_ text: String) -> Double? {
    try? JSONParser.parse(Array(text.utf8), path: "n.json").double()
  }

  @Test func everyDoubleComesBackFromItsShortestText() {
    var random = SplitMix(state: 2024)
    for _ in 0..<200_000 {
      var value = Double(bitPattern: random.next())
      // Half of them where results usually lie.
      if random.below(2) == 0 {
        value = Double.random(in: 0...1, using: &random) * [1, 1e-3, 1e3, 1e-9][random.below(4)]
      }
      guard value.isFinite else { continue }
      #expect(read(value.description)?.bitPattern == value.bitPattern, "\(value)")
    }
    for value in [-0.0, 0, 5e-324, .greatestFiniteMagnitude, .leastNormalMagnitude, 1e22, 1e-27] {
      #expect(read(value.description)?.bitPattern == value.bitPattern, "\(value)")
    }
  }

  @Test func anyDecimalIsReadAsTheStandardLibraryReadsIt() {
    var random = SplitMix(state: 77)
    func digits(_ count: Int) -> String {
      (0..<count).map { _ in String(random.below(10)) }.joined()
    }
    for _ in 0..<100_000 {
      let whole = random.below(3) == 0 ? "0" : "\(1 + random.below(9))" + digits(random.below(20))
      var text = (random.below(2) == 0 ? "-" : "") + whole
      if random.below(4) > 0 { text += "." + digits(1 + random.below(24)) }
      if random.below(3) == 0 {
        text += ["e", "E+", "e-"][random.below(3)] + digits(1 + random.below(3))
      }
      let expected = Double(text)
      #expect(read(text) == (expected?.isFinite == true ? expected : nil), "\(text)")
    }
  }

  @Test func halfwayCasesGoToTheEvenNeighbour() {
    // 2^53 + 1 lies between two doubles, with digits after the point that decide.
    for text in [
      "9007199254740993", "9007199254740993.0", "900719925474099.25", "9007199254740.9925",
      "1.00000000000000011", "1.000000000000000111", "0.500000000000000166", "4503599627370496.5",
      "4503599627370497.5", "2251799813685248.25", "2251799813685248.75",
    ] {
      #expect(read(text) == Double(text), "\(text)")
    }
  }
}
