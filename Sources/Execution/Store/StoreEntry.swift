package import Digests
package import Experiments

/// A finished step as the store keeps it.
package struct StoreEntry: Sendable {
  package let fingerprint: Fingerprint
  package let provenance: Provenance
  package let payload: StepPayload
  package let log: StepLog
  /// Of the bytes of `result.json`, where the entry was read and they were compared with it.
  package let resultDigest: SHA256Digest?

  package init(
    fingerprint: Fingerprint, provenance: Provenance, payload: StepPayload, log: StepLog,
    resultDigest: SHA256Digest? = nil
  ) {
    self.fingerprint = fingerprint
    self.provenance = provenance
    self.payload = payload
    self.log = log
    self.resultDigest = resultDigest
  }

  package var kind: Step.Kind { provenance.kind }
}
