/// What a step is estimated to take; counted from shapes, never measured.
///
/// Sums and products stop at `Int.max`.
package struct Cost: Sendable, Hashable {
  /// Floating point operations; a multiplication and an addition are two.
  package var flop: Int
  /// Numbers that the model learns.
  package var parameters: Int
  /// Bytes of memory held at once.
  package var bytes: Int

  package static let none = Cost(flop: 0, parameters: 0, bytes: 0)

  package init(flop: Int, parameters: Int, bytes: Int) {
    self.flop = flop
    self.parameters = parameters
    self.bytes = bytes
  }
}

/// What a notebook may ask for; raised in `assay.yaml` or by flag, never by the notebook.
package struct PlanLimits: Sendable, Hashable {
  /// Rows of one data set.
  package var rows = 10_000_000
  /// Parameters of one model.
  package var parameters = 200_000_000
  /// Bytes that one step holds.
  package var bytes = 4_000_000_000
  /// Floating point operations of the whole plan.
  package var flop = 1_000_000_000_000_000
  /// Steps of the whole plan.
  package var steps = 10_000

  package init() {}
}

extension Int {
  /// `2.0e8`-style text for limits and estimates: plain up to six digits, then scientific.
  var magnitudeText: String {
    if self == .max { return "more than 9e18" }
    return NumberFormat.general(3).text(Double(self))
  }
}
