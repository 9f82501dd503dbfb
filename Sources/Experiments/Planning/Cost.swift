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

extension Cost {
  /// Operations in a second that estimates of time reckon with: small models on one core.
  ///
  /// Stated and not measured, so that a plan says the same on every machine.
  package static let flopPerSecond = 1e10

  /// Seconds that the operations take at ``flopPerSecond``: a size, not a promise.
  package var seconds: Double { Double(flop) / Self.flopPerSecond }
}

extension Int {
  /// `2.0e8`-style text for limits and estimates: plain up to six digits, then scientific.
  var magnitudeText: String {
    if self == .max { return "more than 9e18" }
    return NumberFormat.general(3).text(Double(self))
  }
}
