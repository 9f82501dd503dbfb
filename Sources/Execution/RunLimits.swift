package import Experiments
internal import Tensors

/// What a run may take; asked between steps and every few steps of a training.
package struct RunLimits: Sendable, Hashable {
  /// Wall-clock seconds of the whole run; nil: no limit.
  package var seconds: Double?
  /// Bytes that the process may hold; nil: no limit.
  package var bytes: Int?

  package init(seconds: Double? = nil, bytes: Int? = nil) {
    self.seconds = seconds
    self.bytes = bytes
  }

  /// What remains to be watched of the limits that a plan was checked against.
  package init(_ limits: PlanLimits) {
    self.init(seconds: limits.seconds, bytes: limits.bytes)
  }

  /// The limit that a run has gone beyond.
  package enum Excess: Error, Sendable, Hashable {
    case seconds(limit: Double)
    case bytes(limit: Int, found: Int)
  }

  /// The first limit that is exceeded by a run that began `elapsed` seconds ago.
  ///
  /// Costs about a microsecond where memory is limited, nothing otherwise.
  package func excess(elapsed: Double) -> Excess? {
    if let seconds, elapsed > seconds { return .seconds(limit: seconds) }
    if let bytes {
      let found = TensorMemory.residentBytes
      if found > bytes { return .bytes(limit: bytes, found: found) }
    }
    return nil
  }
}
