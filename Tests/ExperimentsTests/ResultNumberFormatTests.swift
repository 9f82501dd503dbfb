import Experiments
import Testing

struct ResultNumberFormatTests {
  private static let examples: [(NumberFormat, Double, String)] = [
    (NumberFormat.percent(1), 0.932, "93.2 %"), (.percent(1), 0.9995, "100.0 %"),
    (.percent(1), .nan, "NaN"), (.percent(1), -0.0001, "0.0 %"), (.percent(0), 0.005, "1 %"),
    (.fixed(2), 0.285, "0.29"), (.fixed(2), 1.005, "1.01"), (.fixed(0), 0.5, "1"),
    (.fixed(0), -0.5, "-1"), (.fixed(0), 0.49, "0"), (.fixed(3), 9.9996, "10.000"),
    (.fixed(2), .infinity, "inf"), (.fixed(2), -.infinity, "-inf"), (.fixed(2), -0.0, "0.00"),
    (.fixed(2), .leastNonzeroMagnitude, "0.00"),
    (.scientific(2), .leastNonzeroMagnitude, "5.00e-324"),
    (.scientific(2), 9.999, "1.00e1"), (.scientific(0), 0.00045, "5e-4"),
    (.integer, 2.5, "3"), (.integer, 1e17, "100000000000000000"),
    (.significant(3), 0, "0.00"), (.significant(3), 99.95, "100"),
    (.significant(4), 0.00001, "1.000e-5"), (.significant(2), 0.0001, "0.00010"),
    (.general(4), 1.0 / 3, "0.3333"), (.general(4), 0.001, "0.001"), (.general(4), 1e-9, "1e-9"),
    (.general(4), 1_234_567, "1.235e6"), (.general(4), 0, "0"), (.count, 3, "3"),
    (.count, 10.0 / 3, "3.3"), (.count, 2_000_000, "2000000"),
  ]

  @Test(arguments: examples)
  func formatPrints(_ format: NumberFormat, _ value: Double, _ text: String) {
    #expect(format.text(value) == text)
  }

  /// Rounding is of the printed decimal, so more digits always agree with fewer.
  @Test func fixedTextsAreNeverFurtherThanHalfAUnit() {
    var random = SplitMix(state: 99)
    for _ in 0..<2000 {
      let value = Double(random.below(2_000_000) - 1_000_000) / 1000 / Double(1 + random.below(999))
      for places in 0..<8 {
        let text = NumberFormat.fixed(places).text(value)
        let read = Double(text) ?? .nan
        var half = 0.5
        for _ in 0..<places { half /= 10 }
        #expect(abs(read - value) <= half * (1 + 1e-6), "\(value) as fixed \(places): \(text)")
        #expect(NumberFormat.fixed(places).text(read) == text)
      }
    }
  }

  @Test func everyDoubleSurvivesSeventeenDigits() {
    var random = SplitMix(state: 5)
    for _ in 0..<5000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(Double(NumberFormat.general(17).text(value)) == value)
      #expect(Double(NumberFormat.scientific(16).text(value)) == value)
    }
  }

  @Test func columnsShareTheirDigits() {
    #expect(NumberFormat.common(for: .loss, [0.5, 0.25, 12]) == .fixed(3))
    #expect(NumberFormat.common(for: .loss, [0.0123, 0.5]) == .fixed(4))
    #expect(NumberFormat.common(for: .loss, [1e-9, 0.5]) == .scientific(3))
    #expect(NumberFormat.common(for: .real, [0.1, 0.001]) == .fixed(3))
    #expect(NumberFormat.common(for: .count, [1, 2]) == .integer)
    #expect(NumberFormat.common(for: .count, [1, 2.5]) == .fixed(1))
    #expect(NumberFormat.common(for: .loss, [Double.nan]) == .fixed(4))
  }
}
