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

  /// The limit that a run has gone beyond.
  package enum Excess: Sendable, Hashable {
    case seconds(limit: Double)
    case bytes(limit: Int, found: Int)
  }

  /// The first limit that is exceeded by a run that began `elapsed` seconds ago.
  package func excess(elapsed: Double) -> Excess? {
    if let seconds, elapsed > seconds { return .seconds(limit: seconds) }
    if let bytes {
      let found = TensorMemory.peakResidentBytes
      if found > bytes { return .bytes(limit: bytes, found: found) }
    }
    return nil
  }
}
