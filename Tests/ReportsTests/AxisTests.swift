import Experiments
import Reports
import Testing

@Suite struct AxisTests {
  @Test func ticksAreShortExactDecimals() {
    let axis = AxisScale.fitting([0, 0.7], kind: .linear, tickLimit: 8, extended: true)
    #expect(
      axis.ticks.map(\.label) == ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"])
    #expect(axis.ticks.map(\.value) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
  }

  @Test func largeAndSmallTicksAreScientific() {
    let large = AxisScale.fitting([0, 4e6], kind: .linear, tickLimit: 6, extended: true)
    #expect(large.ticks.map(\.label) == ["0", "1e6", "2e6", "3e6", "4e6"])
    let small = AxisScale.fitting([0, 5e-6], kind: .linear, tickLimit: 6, extended: true)
    #expect(small.ticks.map(\.label) == ["0", "1e-6", "2e-6", "3e-6", "4e-6", "5e-6"])
    let offset = AxisScale.fitting(
      [1_000_000.1, 1_000_000.3], kind: .linear, tickLimit: 6, extended: true)
    #expect(offset.ticks.first?.label == "1000000.10")
  }

  @Test func wholeAxesHaveWholeTicks() {
    let axis = AxisScale.fitting([1, 2], kind: .linear, tickLimit: 8, extended: false, whole: true)
    #expect(axis.ticks.map(\.label) == ["1", "2"])
  }

  @Test func logarithmicTicksAreDecades() {
    let axis = AxisScale.fitting(
      [1e-9, 1e-3], kind: .logarithmic, tickLimit: 6, extended: true)
    #expect(axis.ticks.map(\.label) == ["1e-9", "1e-7", "1e-5", "0.001"])
    let short = AxisScale.fitting([0.3, 4], kind: .logarithmic, tickLimit: 6, extended: true)
    #expect(short.ticks.map(\.label) == ["0.2", "0.5", "1", "2", "5"])
  }

  @Test(arguments: AxisScale.Kind.allCases)
  func axesOfAnyValuesHaveFewAscendingTicksWithinTheirEnds(_ kind: AxisScale.Kind) {
    let seed: UInt64 = 11
    var generator = SeededGenerator(seed: seed)
    for round in 0..<1500 {
      let values = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
        anyDouble(&generator)
      }
      let limit = Int.random(in: 3...9, using: &generator)
      let axis = AxisScale.fitting(
        values, kind: kind, tickLimit: limit, extended: Bool.random(using: &generator),
        whole: Bool.random(using: &generator))
      let note = "seed \(seed) round \(round): \(values) \(axis)"
      #expect(axis.low < axis.high && axis.low.isFinite && axis.high.isFinite, "\(note)")
      #expect(axis.ticks.count <= max(limit, 3), "\(note)")
      #expect(zip(axis.ticks, axis.ticks.dropFirst()).allSatisfy { $0.value < $1.value }, "\(note)")
      for tick in axis.ticks {
        #expect(tick.value >= axis.low && tick.value <= axis.high, "\(note)")
        #expect(Double(tick.label) == tick.value, "\(note)")
        #expect(tick.label.utf8.count <= 20, "\(note)")
      }
      for value in values where value.isFinite && (kind == .linear || value > 0) {
        let fraction = axis.fraction(of: value) ?? -1
        #expect((0...1).contains(fraction), "\(note)")
      }
    }
  }

  @Test func placesOfUndrawableValuesAreNil() {
    let linear = AxisScale.fitting([0, 1], kind: .linear, tickLimit: 5, extended: true)
    #expect(linear.fraction(of: .nan) == nil)
    #expect(linear.fraction(of: .infinity) == 1)
    let logarithmic = AxisScale.fitting([1, 10], kind: .logarithmic, tickLimit: 5, extended: true)
    #expect(logarithmic.fraction(of: 0) == nil)
    #expect(logarithmic.fraction(of: -1) == nil)
  }
}

/// Numbers of every magnitude and kind.
func anyDouble(_ generator: inout SeededGenerator) -> Double {
  switch Int.random(in: 0...9, using: &generator) {
  case 0: Double(bitPattern: generator.next())
  case 1: .nan
  case 2: .infinity
  case 3: 0
  case 4: Double(Int.random(in: -5...5, using: &generator))
  case 5: 1_000_000 + Double.random(in: 0...1e-6, using: &generator)
  case 6: 5e-324
  case 7: -.greatestFiniteMagnitude
  default: Double.random(in: -3...1000, using: &generator)
  }
}
