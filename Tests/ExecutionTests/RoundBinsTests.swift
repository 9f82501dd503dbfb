import Execution
import Testing

/// Histograms of whatever numbers a file holds.
@Suite struct RoundBinsTests {
  @Test func binsHoldEveryValue() throws {
    for values in [
      [0.5], [1, 2, 3, 10], [-5, 5], [1e-12, 3e-12], [1e14, 1e14 + 100], [-0.0, 0.0],
      [1e17, -1e17],
      [0.1, 0.2, 0.30000000000000004],
    ] as [[Double]] {
      let bins = try #require(RoundBins(values), "\(values)")
      #expect(bins.counts.reduce(0, +) == values.count, "\(values)")
      #expect(bins.edges.count == bins.counts.count + 1 && bins.counts.count <= 64, "\(values)")
      #expect(bins.edges == bins.edges.sorted() && Set(bins.edges).count == bins.edges.count)
      for value in values {
        #expect(bins.edges[0] <= value && value <= bins.edges[bins.edges.count - 1], "\(values)")
      }
    }
  }

  /// Each ends at once: with bins or without.
  @Test func valuesThatCannotBeBinnedHaveNoBins() {
    let tiny = Double.leastNonzeroMagnitude
    for values in [
      [], [1e308], [-1e308], [1e308, 1e308], [1e308, -1e308], [1e308, 9e307], [1e308, 1],
      [tiny, 2 * tiny], [1e-300, 1e-301], [1e18, 1e18 + 256], [1e16, 1e16 + 2], [.infinity],
      [-.infinity, .infinity], [.nan], [1, .infinity], [1e300, 1e300.nextUp],
      [.greatestFiniteMagnitude, -.greatestFiniteMagnitude],
    ] as [[Double]] {
      #expect(RoundBins(values) == nil, "\(values)")
    }
    // Equal ones, and what is not a number beside one that is, are no width to divide.
    for values in [[tiny], [tiny, tiny], [1e-300, 1e-300], [0, 0], [1, .nan], [1e14, 1e14]] {
      #expect(RoundBins(values)?.counts.reduce(0, +) == values.count, "\(values)")
    }
  }
}
