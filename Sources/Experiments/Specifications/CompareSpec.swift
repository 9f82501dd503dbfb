/// Several runs side by side: those named, or the variants of one.
package struct CompareSpec: Sendable, Hashable {
  /// Names of blocks; empty when `base` and `over` make the runs.
  package var runs: [String] = []
  package var base: String?
  package var over: [VariationAxis] = []
  /// Result paths such as `test.accuracy`; empty: every metric that all runs have.
  package var metrics: [String] = []

  package init() {}
}

/// A field of the base run and the values to try in it.
package struct VariationAxis: Sendable, Hashable {
  /// Such as `train.schedule` or `train.model.init`.
  package var path: String
  /// As written; the variants hold them decoded.
  package var values: [FieldValue]

  package init(path: String, values: [FieldValue]) {
    self.path = path
    self.values = values
  }
}
