/// Results of blocks, ready for expressions: made once, used by every inline value and expectation.
package struct ResultScope: Sendable {
  /// Names and shapes of what is there.
  package let outlines: ResultOutlines
  private let results: [String: RunResult]
  private let indices: [String: Index]

  /// Where in a result each name stands.
  private struct Index: Sendable {
    var scalars: [ScalarName: Int] = [:]
    var series: [String: Int] = [:]
    var matrices: [String: Int] = [:]
  }

  private struct ScalarName: Sendable, Hashable {
    let name: String
    let key: String?
  }

  /// - Parameters:
  ///   - blockNames: all blocks that can be named, in order; one without a result has failed or
  ///     was not run, which an expression over it reports.
  ///   - results: results by block.
  /// - Complexity: O(names of results)
  package init(blockNames: [String], results: [String: RunResult]) {
    self.results = results
    outlines = ResultOutlines(
      blockNames: blockNames, outlines: results.mapValues(ResultOutline.init(of:)))
    indices = results.mapValues { result in
      var index = Index()
      // The first of two equal names wins, as in the outline.
      for (i, scalar) in result.scalars.enumerated().reversed() {
        index.scalars[ScalarName(name: scalar.name, key: scalar.key)] = i
      }
      for (i, series) in result.series.enumerated().reversed() { index.series[series.name] = i }
      for (i, matrix) in result.matrices.enumerated().reversed() {
        index.matrices[matrix.name] = i
      }
      return index
    }
  }

  func scalar(_ block: String, _ name: String, _ key: String?) -> Scalar? {
    indices[block]?.scalars[ScalarName(name: name, key: key)].flatMap {
      results[block]?.scalars[$0]
    }
  }

  func series(_ block: String, _ name: String) -> Series? {
    indices[block]?.series[name].flatMap { results[block]?.series[$0] }
  }

  func matrix(_ block: String, _ name: String) -> Matrix? {
    indices[block]?.matrices[name].flatMap { results[block]?.matrices[$0] }
  }
}
